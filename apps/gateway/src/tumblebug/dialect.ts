import { z } from 'zod'
import type { Dialect } from '../http/operation.ts'
import type { ProblemBody } from '../http/answer-problem.ts'
import type { Problem } from '../http/problem.ts'

/** `{"message": …}`, the answer of many operations and the body of every error. */
export const simpleMessage = z.object({ message: z.string() }).meta({ id: 'SimpleMsg' })

/** Bodies with keys in any case, and errors as one message. */
export const tumblebugDialect: Dialect = { title: 'Tumblebug', lenient: true, error: simpleMessage, errorType: 'application/json', errors: [400, 401, 403, 404, 409, 413, 429, 500, 501, 503] }

/** Errors as this API's clients know them: findings and unreadable bodies are 400. */
export const tumblebugProblem: ProblemBody = (problem) => ({ status: statusOf(problem), type: 'application/json', body: { message: messageOf(problem) } })

function statusOf({ code, status }: Problem): Problem['status'] {
  return code === 'FINDINGS' || code === 'MEDIA_TYPE' ? 400 : status
}

/** Texts in the form of the framework that clients of this API were written against. */
function messageOf({ code, message }: Problem): string {
  if (code === 'BODY_UNREADABLE') return `code=400, message=Syntax error: ${message}`
  if (code === 'BODY_INVALID') return `code=400, message=Unmarshal type error: ${message}`
  if (code === 'MEDIA_TYPE') return `code=415, message=Unsupported Media Type: ${message}`
  return message
}
