import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { identityOf, isRunning, ownIdentity } from './process-identity.ts'

describe('the identity of a process', () => {
  it('stays the same while it runs, and belongs to nobody afterwards', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' })
    await once(child, 'spawn')
    const identity = await identityOf(child.pid ?? 0)
    expect(identity).toBeDefined()
    expect(identity && (await isRunning(identity))).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(identity && (await isRunning(identity))).toBe(false)
    expect(await identityOf(child.pid ?? 0)).toBeUndefined()
  })

  it('tells a process from a later one with its number', async () => {
    const own = await ownIdentity()
    expect(await isRunning(own)).toBe(true)
    expect(await isRunning({ ...own, started: 'earlier' })).toBe(false)
  })
})
