import { z } from 'zod'
import type { ProblemBody } from '../http/answer-problem.ts'
import type { Dialect } from '../http/operation.ts'

/** The body of nearly every answer. */
export const envelope = z.object({
  success: z.boolean().describe('Whether what was asked was done; `false` in every error'),
  status: z.int().optional(),
  message: z.string().describe('One sentence; never empty'),
  details: z.string().optional().describe('More, line by line: the run that did the work, what a plan came to, which wishes were passed over and why'),
  object: z.record(z.string(), z.unknown()).optional().describe('Refined resources: one member for each end, by the key of its cloud, with the resources under the names that clients of the peer know'),
  list: z.array(z.record(z.string(), z.unknown())).optional().describe('Raw resources: as their clouds show them, without keys'),
}).meta({ id: 'TerrariumResponse' })

export const terrariumDialect: Dialect = { title: 'Terrarium', lenient: true, error: envelope, errorType: 'application/json', errors: [400, 401, 403, 404, 409, 413, 429, 500, 503] }

/** Errors in the envelope, with a message always: the peer loses most of them. A terrarium that is not there is a 400, as there. */
export const terrariumProblem: ProblemBody = ({ status, code, message }, { req }) => ({
  status: code === 'FINDINGS' || code === 'MEDIA_TYPE' || (code === 'NOT_FOUND' && req.path.startsWith('/terrarium/tr/')) ? 400 : status,
  type: 'application/json',
  body: { success: false, message },
})
