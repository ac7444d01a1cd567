import { describe, expect, it } from 'vitest'
import { StateLock } from './state-lock.ts'
import { TofuError } from './tofu-error.ts'

const locked = () => new TofuError({ command: 'plan', stopped: false, diagnostics: [{ severity: 'error', summary: 'Error acquiring the state lock', detail: 'Workspace is already locked: default' }] })
const database = { kind: 'postgres', url: 'postgresql://db/isthmus', schema: 'stack_a' } as const

/** Work that finds the state locked so many times, and then does what it is told. */
function lockedTimes(times: number, end: () => string): () => Promise<string> {
  let calls = 0
  return async () => {
    calls += 1
    if (calls <= times) throw locked()
    return end()
  }
}

describe('a state that another OpenTofu has', () => {
  it('is waited for in a database, and each turn of waiting is told', async () => {
    let told = 0
    expect(await new StateLock(database, () => { told += 1 }).waited(undefined, lockedTimes(3, () => 'done'))).toBe('done')
    expect(told).toBe(3)
  })

  it('is waited for until the signal aborts', async () => {
    const controller = new AbortController()
    const lock = new StateLock(database, () => controller.abort())
    await expect(lock.waited(controller.signal, lockedTimes(9, () => 'done'))).rejects.toMatchObject({ code: 'TOFU_FAILED', retryable: true })
  })

  it('ends the work at once in files, whose OpenTofu is known otherwise', async () => {
    await expect(new StateLock({ kind: 'files' }, undefined).waited(undefined, lockedTimes(1, () => 'done'))).rejects.toMatchObject({ code: 'TOFU_FAILED' })
  })

  it('is not confused with another failure', async () => {
    await expect(new StateLock(database, undefined).waited(undefined, async () => { throw new Error('other') })).rejects.toThrow('other')
  })
})
