import { z } from 'zod'
import type { ProblemBody } from '../http/answer-problem.ts'
import type { Dialect } from '../http/operation.ts'

/** One thing that is wrong, as `docs/findings.md` explains it. */
export const findingModel = z.object({
  code: z.string().describe('For programs; never changes its meaning'),
  severity: z.enum(['error', 'warning', 'info']).describe('An error stops the plan, the others do not'),
  path: z.string().describe('Field that it is about, such as `sites.north.cidr`; empty for the whole'),
  title: z.string().describe('What is wrong, with the values'),
  why: z.string().describe('Why it matters'),
  hint: z.string().describe('What to do next'),
  facts: z.record(z.string(), z.unknown()).optional().describe('The values behind the texts, for programs'),
  docs: z.string().describe('Page and anchor that explain the code'),
}).meta({ id: 'Finding' })

/** RFC 9457. */
const problemModel = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What is wrong, for people'),
  instance: z.string().describe('The request, by its `x-request-id`'),
  code: z.string().describe('What is wrong, for programs'),
  findings: z.array(findingModel).optional().describe('Everything that is wrong with what was sent'),
  run: z.string().optional().describe('Run that is in the way'),
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
