import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { installTime, open, realTofu, scratchFolder, scripted, stackOf } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import type { Workspace } from './workspace.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)

const posix = process.platform !== 'win32'

/** Begins an apply of one quick and one slow resource; resolves when the slow one is at work. */
async function begin(workspace: Workspace, script: string, signal?: AbortSignal): Promise<{ end: Promise<unknown> }> {
  await workspace.write(stackOf({ quick: {}, slow: { ...scripted(script), depends_on: ['terraform_data.quick'] } }))
  await workspace.init()
  await workspace.plan()
  return new Promise((resolve, reject) => {
    const running = workspace.apply((event) => {
      if (event.type === 'provision_progress') resolve({ end })
    }, signal ? { signal } : {})
    const end = running.then(() => undefined, (error: unknown) => error)
    running.then(() => reject(new Error('it ended early')), () => {})
  })
}

describe.skipIf(!posix)('stopping a run', () => {
  it('once interrupts the whole group, saves the state, and leaves no process behind', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    const { end } = await begin(workspace, 'echo begun; exec sleep 98.7654')
    expect(workspace.stop()).toBe('interrupted')
    expect(await end).toMatchObject({ code: 'TOFU_INTERRUPTED', retryable: true })
    expect(workspace.stop()).toBeUndefined()
    expect(await workspace.interrupted()).toBeUndefined()
    expect(() => execFileSync('pgrep', ['-f', '^sleep 98.7654$'])).toThrow()
    expect((await workspace.plan()).changes).toMatchObject({ noop: 1, replace: 1 })
  })

  it('is what an abort signal does', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    const controller = new AbortController()
    const { end } = await begin(workspace, 'echo begun; exec sleep 60', controller.signal)
    controller.abort()
    expect(await end).toMatchObject({ code: 'TOFU_INTERRUPTED' })
    await expect(workspace.plan({ signal: controller.signal })).rejects.toMatchObject({ code: 'TOFU_INTERRUPTED' })
  })

  it('three times kills it, and tells what may have been left over', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    const { end } = await begin(workspace, "trap '' INT; echo begun; exec sleep 60")
    const steps = [workspace.stop(), workspace.stop(), workspace.stop()]
    expect(steps).toEqual(['interrupted', 'interrupted-again', 'killed'])
    expect(await end).toMatchObject({ code: 'TOFU_INTERRUPTED' })
    expect(await workspace.interrupted()).toMatchObject({
      command: 'apply',
      state: 'cut-off',
      unfinished: [{ address: 'terraform_data.slow', action: 'create' }],
      finished: [{ address: 'terraform_data.quick', action: 'create', id: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    })
  })

  it('refuses a second call meanwhile', async () => {
    const workspace = open({ binary, dir: await scratchFolder() })
    const { end } = await begin(workspace, 'echo begun; exec sleep 60')
    await expect(workspace.plan()).rejects.toMatchObject({ code: 'WORKSPACE_BUSY', retryable: true })
    workspace.stop()
    await end
  })
})
