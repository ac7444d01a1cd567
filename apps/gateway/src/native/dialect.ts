import { z } from 'zod'
import type { ProblemBody } from '../http/answer-problem.ts'
import type { Dialect } from '../http/operation.ts'

/** One thing that is wrong, as `docs/findings.md` explains it. */
export const findingModel = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  path: z.string(),
  title: z.string(),
  why: z.string(),
  hint: z.string(),
  facts: z.record(z.string(), z.unknown()).optional(),
  docs: z.string(),
}).meta({ id: 'Finding' })

/** RFC 9457. */
const problemModel = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  findings: z.array(findingModel).optional(),
  run: z.string().optional(),
}).meta({ id: 'Problem' })

/** Bodies exactly as documented, and errors as problem details. */
export const nativeDialect: Dialect = { title: 'Isthmus', lenient: false, error: problemModel, errorType: 'application/problem+json', errors: [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503] }

export const nativeProblem: ProblemBody = ({ status, code, message, detail }, context) => ({
  status,
  type: 'application/problem+json',
  body: {
    type: `urn:isthmus:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: code.toLowerCase().replaceAll('_', ' '),
    status,
    detail: message,
    instance: `urn:isthmus:request:${context.var.requestId}`,
    code,
    ...(detail.findings ? { findings: detail.findings } : {}),
    ...(detail.extra?.['run'] === undefined ? {} : { run: detail.extra['run'] }),
  },
})
