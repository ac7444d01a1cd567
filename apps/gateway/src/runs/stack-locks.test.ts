import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { engineNames } from '../testing/store.fixture.ts'
import { WorkerLab } from '../testing/worker-lab.fixture.ts'
import type { Executor } from './index.ts'

const quick = { lease: 60_000, heartbeat: 200, poll: 30, gather: 10, backoff: 20 }

describe.each(engineNames)('runs lock stacks on %s', (engine) => {
  const lab = WorkerLab.forSuite(engine, quick)

  it('for one run at a time, in whatever order they are named', async () => {
    const users = new Map<string, number>()
    let most = 0
    const executor: Executor = {
      execute: async ({ run, locks }) => {
        const names = z.array(z.string()).parse(run.payload)
        await locks.withStacks(names, async () => {
          for (const name of new Set(names)) {
            users.set(name, (users.get(name) ?? 0) + 1)
            most = Math.max(most, users.get(name) ?? 0)
          }
          await sleep(5)
          for (const name of new Set(names)) users.set(name, (users.get(name) ?? 0) - 1)
        })
      },
    }
    for (const _ of [1, 2]) lab.start(executor, { timing: { ...quick, lease: 5_000 } })
    const names = [['a', 'b'], ['b', 'a'], ['c', 'b', 'c'], ['a', 'c'], ['b'], []]
    const made = await Promise.all(Array.from({ length: 24 }, (_, index) => lab.submit({ target: `t${index}`, payload: names[index % names.length] })))
    const ended = await Promise.all(made.map((run) => lab.runs.wait(run.id)))
    expect(ended.map((run) => run.state)).toEqual(ended.map(() => 'done'))
    expect(most).toBe(1)
    expect(await lab.store.database.engine.read.selectFrom('stack_lock').selectAll().execute()).toEqual([])
  })

  it('without waiting for a run that changes them, where they only look; for others that look they wait', async () => {
    const goOn = new Map<string, () => void>()
    const begun: string[] = []
    const held = async (name: string): Promise<string> => {
      begun.push(name)
      await new Promise<void>((resolve) => goOn.set(name, resolve))
      return name
    }
    const change: Executor = { execute: ({ run, locks }) => locks.withStacks(['b'], () => held(run.target)) }
    const look: Executor = { execute: async ({ run, locks }) => (await locks.lookAt(['a', 'b'], () => held(run.target))) ?? 'busy' }
    lab.start(change, { executors: { work: change, look }, readingKinds: ['look'] })
    const changing = await lab.submit({ target: 'change' })
    await expect.poll(() => begun).toEqual(['change'])
    const looks = [await lab.submit({ kind: 'look', target: 'first' })]
    expect(await lab.runs.wait(looks[0]?.id ?? '')).toMatchObject({ state: 'done', result: 'busy' })
    goOn.get('change')?.()
    await lab.runs.wait(changing.id)
    for (const target of ['second', 'third']) looks.push(await lab.submit({ kind: 'look', target }))
    for (const count of [2, 3]) {
      await expect.poll(() => begun.length).toBe(count)
      await sleep(quick.poll * 3)
      expect(begun).toHaveLength(count)
      goOn.get(begun.at(-1) ?? '')?.()
    }
    for (const { id, target } of looks.slice(1)) expect(await lab.runs.wait(id)).toMatchObject({ state: 'done', result: target })
  })

  it('not inside of each other', async () => {
    lab.start({ execute: ({ locks }) => locks.withStacks(['a'], () => locks.withStacks(['b'], async () => undefined)) })
    expect(await lab.runs.wait((await lab.submit()).id)).toMatchObject({ state: 'failed', error: { code: 'LOCK_NESTED' } })
  })

  it('again that the same run could not free, because the database was away', async () => {
    lab.start({
      execute: async ({ run, fence, locks }) => {
        await lab.store.database.engine.write.insertInto('stack_lock').values({ name: 'a', run_id: run.id, fence }).execute()
        return locks.withStacks(['a'], async () => 'mine')
      },
    })
    expect(await lab.runs.wait((await lab.submit()).id, { signal: AbortSignal.timeout(15_000) })).toMatchObject({ state: 'done', result: 'mine' })
    expect(await lab.store.database.engine.read.selectFrom('stack_lock').selectAll().execute()).toEqual([])
  })

  it('until their run is claimed by somebody else, who may lock them again', async () => {
    const order: string[] = []
    let waiting: AbortSignal | undefined
    lab.start({
      execute: ({ run, fence, locks, signal }) => locks.withStacks(['a'], async () => {
        order.push(`${run.target} ${fence}`)
        if (run.target !== 'first' || fence > 1) return
        waiting = signal
        await once(signal, 'abort')
      }),
    })
    const first = await lab.submit({ target: 'first' })
    await expect.poll(() => waiting).toBeDefined()
    const second = await lab.submit({ target: 'second' })
    await sleep(100)
    expect(order).toEqual(['first 1'])
    await lab.store.database.engine.write.updateTable('run').set((is) => ({ owner: 'thief', fence: is('fence', '+', 1), lease_until: Date.now() + 3_600_000 })).where('id', '=', first.id).execute()
    expect(await lab.runs.wait(second.id)).toMatchObject({ state: 'done' })
    await lab.store.database.engine.write.updateTable('run').set({ lease_until: 0 }).where('id', '=', first.id).execute()
    expect(await lab.runs.wait(first.id)).toMatchObject({ state: 'done', fence: 3 })
    expect(order).toEqual(['first 1', 'second 1', 'first 3'])
  })
})
