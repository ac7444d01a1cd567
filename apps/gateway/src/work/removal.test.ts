import { describe, expect, it } from 'vitest'
import { Problem, type ProblemCode } from '../http/problem.ts'
import type { RunContext } from '../runs/index.ts'
import { removal } from './removal.ts'

const failing = (code: ProblemCode) => removal({ execute: () => Promise.reject(new Problem(code, 'the reason')) })

/** What a removal looks at of its run. */
function contextOf(fence: number): RunContext {
  const run = { id: 'run', kind: 'vnet.remove', target: 'vnet/default/one', payload: {}, state: 'leased' as const, attempts: fence, maxAttempts: 10, fence, createdAt: '2026-11-24T12:00:00Z' }
  return { run, attempt: fence, earlier: [], fence, signal: new AbortController().signal, emit: () => undefined, transaction: () => Promise.reject(new Error('unused')), locks: { withStacks: (_, work) => work(), lookAt: (_, work) => work() } }
}

describe('a removal whose record is gone', () => {
  it('is done where an earlier attempt may have removed it', async () => {
    await expect(failing('NOT_FOUND').execute(contextOf(2))).resolves.toEqual({})
  })

  it('fails at its first attempt', async () => {
    await expect(failing('NOT_FOUND').execute(contextOf(1))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('fails of anything else', async () => {
    await expect(failing('RUN_FAILED').execute(contextOf(2))).rejects.toMatchObject({ code: 'RUN_FAILED' })
  })
})
