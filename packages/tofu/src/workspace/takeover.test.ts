import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { filesWith, installTime, open, realTofu, scratchFolder, scripted, stackOf } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import { nextRunFolder, readRecord, runFolders, writeRecord } from '../process/run-record.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)

const stateKey = randomBytes(32)
const isthmus = fileURLToPath(new URL('../../test-kit/apply-until-killed.mjs', import.meta.url))

/** Lets another process apply a stack with one slow resource, and kills it while that is being made. */
async function abandon(dir: string, script: string): Promise<void> {
  const before = open({ binary, dir, stateKey })
  await before.write(stackOf({ slow: scripted(script), last: { depends_on: ['terraform_data.slow'] } }))
  await before.close()
  const other = spawn(process.execPath, [isthmus, dir, binary.path, stateKey.toString('hex')], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  await expect(open({ binary, dir, stateKey }).plan()).rejects.toMatchObject({ code: 'WORKSPACE_BUSY', retryable: true })
  other.kill('SIGKILL')
  await once(other, 'exit')
}

describe.skipIf(process.platform === 'win32')('after Isthmus was killed', () => {
  it('OpenTofu works on to the end, and a new Isthmus follows it instead of starting a second one', async () => {
    const dir = await scratchFolder()
    await abandon(dir, 'sleep 2')
    const workspace = open({ binary, dir, stateKey })
    expect(await workspace.interrupted()).toMatchObject({ command: 'apply', state: 'running', unfinished: [{ address: 'terraform_data.slow', action: 'create' }] })
    await expect(workspace.plan()).rejects.toMatchObject({ code: 'WORKSPACE_BUSY', retryable: true })

    const seen: string[] = []
    const end = await workspace.waitForRunning((event) => seen.push('address' in event ? `${event.type} ${event.address}` : event.type))
    expect(end).toMatchObject({ command: 'apply', state: 'completed', unfinished: [] })
    expect(seen).toEqual(expect.arrayContaining(['version', 'apply_start terraform_data.slow', 'apply_complete terraform_data.last', 'change_summary']))
    expect(await workspace.interrupted()).toBeUndefined()
    expect(await workspace.waitForRunning()).toBeUndefined()
    expect(await workspace.plan()).toMatchObject({ hasChanges: false, changes: { noop: 2 } })
  })

  it('before OpenTofu was started, the next run goes on as if nothing had been begun', async () => {
    const dir = await scratchFolder()
    const workspace = open({ binary, dir, stateKey })
    await workspace.write(stackOf({ quick: scripted('true') }))
    const folder = await nextRunFolder(join(dir, '.isthmus', 'runs'), 'apply')
    writeRecord(folder, { command: 'apply', args: [], startedAt: '2026-11-24T12:00:00.000Z' })
    expect(await workspace.interrupted()).toMatchObject({ command: 'apply', state: 'cut-off', unfinished: [], finished: [] })
    expect(await workspace.waitForRunning()).toMatchObject({ state: 'cut-off', unfinished: [] })
    expect(await workspace.interrupted()).toBeUndefined()
    await workspace.init()
    expect((await workspace.plan()).changes).toMatchObject({ create: 1 })
  })

  it('a new Isthmus can stop the OpenTofu it found', async () => {
    const dir = await scratchFolder()
    await abandon(dir, 'exec sleep 60')
    const workspace = open({ binary, dir, stateKey })
    const waiting = workspace.waitForRunning()
    await sleep(300)
    expect(workspace.stop()).toBe('interrupted')
    expect(await waiting).toMatchObject({ state: 'failed', unfinished: [] })
    expect((await workspace.plan()).changes).toMatchObject({ replace: 1, create: 1 })
  })

  it('and OpenTofu with it, the changes it had begun are named', async () => {
    const dir = await scratchFolder()
    await abandon(dir, 'exec sleep 60')
    const folders = await runFolders(join(dir, '.isthmus', 'runs'))
    const apply = folders.at(-1)
    const pid = apply && readRecord(apply)?.process?.pid
    if (pid === undefined) throw new Error('no record')
    process.kill(-pid, 'SIGKILL')
    await sleep(200)
    const workspace = open({ binary, dir, stateKey })
    const left = { command: 'apply', state: 'cut-off', unfinished: [{ address: 'terraform_data.slow', action: 'create' }] }
    expect(await workspace.interrupted()).toMatchObject(left)
    expect(await workspace.waitForRunning()).toMatchObject(left)
    await workspace.plan()
    expect(await workspace.interrupted()).toMatchObject(left)
    await workspace.write(stackOf({ last: {} }))
    await workspace.plan()
    await workspace.apply()
    expect(await workspace.interrupted()).toBeUndefined()
    expect(await filesWith(dir, stateKey.toString('base64'))).toEqual([])
  })
})

describe('the lock of a workspace', () => {
  it('keeps others out until it is closed', async () => {
    const dir = await scratchFolder()
    const [first, second] = [open({ binary, dir }), open({ binary, dir })]
    await first.write(stackOf({}))
    await expect(second.write(stackOf({ a: {} }))).rejects.toMatchObject({ code: 'WORKSPACE_BUSY', retryable: true })
    await first.close()
    expect(await second.write(stackOf({ a: {} }))).toEqual(['main.tf.json'])
  })

  it('of a process that no longer runs is taken over', async () => {
    const dir = await scratchFolder()
    const first = open({ binary, dir })
    await first.write(stackOf({}))
    writeFileSync(join(dir, '.isthmus', 'lock'), JSON.stringify({ pid: process.pid, started: 'another time', token: 'x' }))
    expect(await open({ binary, dir }).write(stackOf({ a: {} }))).toEqual(['main.tf.json'])
  })
})
