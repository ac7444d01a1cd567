import { z } from 'zod'
import type { Run, RunError } from '../runs/index.ts'
import { findingModel } from './dialect.ts'

export const stateWords = '`ready` waits, `leased` is executed, `done` has ended well, `failed` has not, `dead` was given up after too many tries'

/** A run as answers show it. Its payload is not shown: what it is about is its target. */
export const runModel = z.object({
  id: z.string(),
  kind: z.string().describe('What is done, such as `order.apply`'),
  target: z.string().describe('What it is done to, such as `order/seoul-mesh`'),
  state: z.enum(['ready', 'leased', 'done', 'failed', 'dead']).describe(stateWords),
  attempts: z.int().describe('How often it was begun'),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  result: z.unknown().optional().describe('What it came to, of a run that is done'),
  error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean().describe('Whether the same can succeed without a change by a person'), findings: z.array(findingModel).optional().describe('What the run found, such as objects that may be left over') }).optional().describe('Why it failed, or why it will be tried again'),
}).meta({ id: 'Run' })

export function runOf({ id, kind, target, state, attempts, createdAt, startedAt, endedAt, result, error }: Run): z.input<typeof runModel> {
  return {
    id,
    kind,
    target,
    state,
    attempts,
    createdAt,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error: errorOf(error) }),
  }
}

function errorOf({ code, message, retryable, detail }: RunError): NonNullable<z.input<typeof runModel>['error']> {
  const findings = z.array(findingModel).safeParse(detail)
  return { code, message, retryable, ...(findings.success && findings.data.length > 0 ? { findings: findings.data } : {}) }
}

/** Answer to what a run was made of. */
export const accepted = z.object({ run: runModel }).meta({ id: 'Accepted' })

export function acceptedAs(run: Run): { readonly status: 202; readonly body: z.input<typeof accepted>; readonly headers: Readonly<Record<string, string>> } {
  return { status: 202, body: { run: runOf(run) }, headers: { location: `/isthmus/v1/runs/${run.id}` } }
}
