import { IsthmusError } from '@isthmus/core'
import pino from 'pino'
import { expect, it } from 'vitest'
import { Metrics } from '../http/metrics.ts'
import { Problem } from '../http/problem.ts'
import { StoreError } from '../store/index.ts'
import type { Run, RunContext } from '../runs/index.ts'
import { observed } from './make-worker.ts'

const run: Run = { id: 'r1', kind: 'vnet.apply', target: 'vnet/default/one', payload: {}, state: 'leased', attempts: 1, maxAttempts: 3, fence: 1, createdAt: '2026-11-24T12:00:00.000Z' }

/** The line that ends a run which throws. */
async function lastLine(thrown: Error, signal: AbortSignal = new AbortController().signal): Promise<object> {
  const lines: string[] = []
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) })
  const context: RunContext = { run, attempt: 1, earlier: [], fence: 1, signal, emit: () => undefined, transaction: () => Promise.reject(thrown), locks: { withStacks: () => Promise.reject(thrown), lookAt: () => Promise.reject(thrown) } }
  await expect(observed('vnet.apply', { execute: () => Promise.reject(thrown) }, new Metrics(), log).execute(context)).rejects.toBe(thrown)
  return Object(JSON.parse(lines.at(-1) ?? '{}'))
}

it.each<[what: string, error: Error, line: object]>([
  ['what a user or a cloud caused', new Problem('RUN_FAILED', 'the VPC is busy'), { level: 40, error: { code: 'RUN_FAILED', message: 'the VPC is busy' } }],
  ['what OpenTofu says of a cloud', new IsthmusError('TOFU_FAILED', 'no quota'), { level: 40, error: { code: 'TOFU_FAILED', message: 'no quota' } }],
  ['what the machine lacks', new IsthmusError('TOFU_NOT_FOUND', 'there is none'), { level: 50, error: { code: 'TOFU_NOT_FOUND', message: 'there is none' } }],
  ['a mistake of ours, without its text', new TypeError('x is not a function'), { level: 50, error: { code: 'INTERNAL', message: 'internal error' } }],
])('the end of a failed run is logged with its reason: %s', async (_, error, line) => {
  expect(await lastLine(error)).toMatchObject({ msg: 'run ends', run: 'r1', outcome: 'failed', ...line })
})

it('a run that goes on elsewhere has not failed', async () => {
  const reason = new StoreError('RUN_HANDED_ON', 'the gateway stops')
  expect(await lastLine(reason, AbortSignal.abort(reason))).toMatchObject({ level: 30, msg: 'run ends', outcome: 'RUN_HANDED_ON' })
})
