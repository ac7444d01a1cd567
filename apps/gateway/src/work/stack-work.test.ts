import { IsthmusError } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import type { Run, RunContext } from '../runs/index.ts'
import { StoreError } from '../store/index.ts'
import type { StackOutcome } from '../stacks/index.ts'
import { isTriedAgain, locksOf, onStacks, requireDone } from './stack-work.ts'

const run: Run = { id: 'r', kind: 'k', target: 't', payload: {}, state: 'leased', attempts: 1, maxAttempts: 10, fence: 1, createdAt: '2026-11-24T12:00:00.000Z' }
const done: StackOutcome = { ok: true, stacks: [], findings: [], rebuild: [] }
const failed: StackOutcome = { ok: false, stacks: [{ stack: 'network-a', outcome: 'failed', error: 'no room' }, { stack: 'gateway-a', outcome: 'skipped' }], findings: [], rebuild: [] }

/** The context of a run that keeps which locks were held at a time. */
function contextOf(signal: AbortSignal, held: (readonly string[])[]): RunContext {
  return {
    run, attempt: 1, fence: 1, signal, earlier: [],
    emit: () => {},
    transaction: () => Promise.reject(new Error('no store here')),
    locks: {
      withStacks: async (names, work) => {
        held.push([...names])
        return work()
      },
      lookAt: (_, work) => work(),
    },
  }
}

describe('onStacks', () => {
  it('takes the locks of links that are in the way as well, and does the work again with all', async () => {
    const held: (readonly string[])[] = []
    const asked: (readonly string[])[] = []
    await onStacks(contextOf(new AbortController().signal, held), 'n1', ['gateway-a'], async (stacks) => {
      asked.push(stacks)
      return asked.length === 1 ? { ...done, ok: false, rebuild: ['link-a--b'] } : done
    })
    expect(asked).toEqual([['gateway-a'], ['gateway-a', 'link-a--b']])
    expect(held).toEqual([['n1/gateway-a'], ['n1/gateway-a', 'n1/link-a--b']])
  })

  it('gives up when links come and go faster than it works', async () => {
    let round = 0
    const endless = onStacks(contextOf(new AbortController().signal, []), 'n1', ['gateway-a'], async () => ({ ...done, ok: false, rebuild: [`link-${(round += 1)}`] }))
    await expect(endless).rejects.toThrow('links of gateway-a keep changing')
  })
})

describe('requireDone', () => {
  it('says what each stack said', () => {
    expect(() => requireDone(done, new AbortController().signal)).not.toThrow()
    expect(() => requireDone(failed, new AbortController().signal)).toThrow('network-a: no room')
    expect(() => requireDone({ ...failed, stacks: [] }, new AbortController().signal)).toThrow('the run was stopped before it was done')
  })

  it('throws the reason of the signal when the run was stopped', () => {
    const reason = new StoreError('RUN_HANDED_ON', 'the gateway stops')
    expect(() => requireDone(failed, AbortSignal.abort(reason))).toThrow(reason)
  })
})

it.each([
  [new StoreError('STORE_UNAVAILABLE', 'away'), true],
  [new StoreError('RECORD_INVALID', 'wrong'), false],
  [new IsthmusError('WORKSPACE_BUSY', 'not now', { retryable: true }), true],
  [new Error('any'), false],
])('tells what is tried again: %s', (error, again) => expect(isTriedAgain(error)).toBe(again))

it('tells stacks of two orders apart', () => expect([locksOf('a', ['network-x']), locksOf('b', ['network-x'])]).toEqual([['a/network-x'], ['b/network-x']]))
