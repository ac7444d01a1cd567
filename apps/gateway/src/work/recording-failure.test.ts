import { describe, expect, it } from 'vitest'
import { Problem } from '../http/problem.ts'
import { StoreError } from '../store/index.ts'
import { recordingFailure } from './recording-failure.ts'

const going = new AbortController().signal

/** What comes of work that fails, and what is then on record. */
async function failing(failure: unknown, signal: AbortSignal, said?: (failure: unknown) => unknown): Promise<{ readonly thrown: unknown; readonly recorded: readonly string[] }> {
  const recorded: string[] = []
  const work = recordingFailure({ signal }, { work: () => Promise.reject(failure), ...(said ? { said } : {}), record: async (message) => void recorded.push(message) })
  return { thrown: await work.then(() => undefined, (thrown: unknown) => thrown), recorded }
}

describe('work whose failure is put on record', () => {
  const full = new Problem('RUN_FAILED', 'tb1 is full')

  it('answers what it comes to, and records nothing', async () => {
    const record = (): Promise<void> => Promise.reject(new Error('there is nothing to record'))
    expect(await recordingFailure({ signal: going }, { work: async () => 'made', record })).toBe('made')
  })

  it('is recorded and thrown as it was, or in the words of users', async () => {
    expect(await failing(full, going)).toEqual({ thrown: full, recorded: ['tb1 is full'] })
    const readable = new Problem('RUN_FAILED', 'east is full')
    expect(await failing(full, going, async () => readable)).toEqual({ thrown: readable, recorded: ['east is full'] })
  })

  it('leaves everything as it is where another attempt follows', async () => {
    const away = new StoreError('STORE_UNAVAILABLE', 'away')
    expect(await failing(away, going)).toEqual({ thrown: away, recorded: [] })
    const reason = new StoreError('RUN_HANDED_ON', 'the gateway stops')
    expect(await failing(full, AbortSignal.abort(reason))).toEqual({ thrown: reason, recorded: [] })
  })
})
