import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runTasks, type Task } from './schedule.ts'

const recorded = (log: string[], name: string, after: readonly string[], fails = false): Task => ({
  name,
  after,
  async run() {
    log.push(`start ${name}`)
    await Promise.resolve()
    if (fails) throw new Error(name)
    log.push(`end ${name}`)
  },
})

describe('runTasks', () => {
  it('starts a task only when all it waits for has ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(20), { maxLength: 3 }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 4 }), async (graph, parallel) => {
        const log: string[] = []
        const tasks = graph.map((before, index) => recorded(log, `${index}`, before.filter((other) => other < index).map(String)))
        await runTasks(tasks, parallel)
        for (const task of tasks) for (const before of task.after) expect(log.indexOf(`end ${before}`)).toBeLessThan(log.indexOf(`start ${task.name}`))
        expect(log).toHaveLength(2 * tasks.length)
      }),
    )
  })

  it('never runs more than it may at a time', async () => {
    let now = 0
    let most = 0
    const tasks = Array.from({ length: 12 }, (_, index): Task => ({ name: `${index}`, after: [], run: async () => { most = Math.max(most, ++now); await Promise.resolve(); now-- } }))
    await runTasks(tasks, 3)
    expect(most).toBe(3)
  })

  it('skips what waits for a failure and does the rest', async () => {
    const log: string[] = []
    const outcomes = await runTasks([recorded(log, 'a', [], true), recorded(log, 'b', ['a']), recorded(log, 'c', ['b']), recorded(log, 'd', [])], 2)
    expect(outcomes.map(({ name, state }) => `${name} ${state}`)).toEqual(['a failed', 'b skipped', 'c skipped', 'd done'])
  })

  it('refuses tasks that wait for each other', async () => {
    await expect(runTasks([recorded([], 'a', ['b']), recorded([], 'b', ['a'])], 2)).rejects.toThrow('wait for each other')
  })
})
