import type { z } from 'zod'
import { issueWords } from './issue-words.ts'
import { Problem } from './problem.ts'

/** Issues that are said of one value; more would be read by nobody. */
const mostSaid = 20

/**
 * A value as its schema parses it.
 *
 * @param what what the value is, in front of each place; empty for a body
 * @throws Problem that says all that is wrong at once, each with its place
 */
export function parseValue<S extends z.ZodType>(schema: S, value: unknown, code: 'PARAMETER_INVALID' | 'BODY_INVALID', what: string): z.output<S> {
  const result = schema.safeParse(value, { error: issueWords, reportInput: true })
  if (result.success) return result.data
  const all = result.error.issues.flatMap(plain)
  const issues = all.slice(0, mostSaid).map((issue) => {
    const place = [what, pathText(issue.path)].filter(Boolean).join(' ')
    return place === '' ? issue.message : `${place}: ${issue.message}`
  })
  throw new Problem(code, [...issues, ...(all.length > mostSaid ? [`and ${all.length - mostSaid} more`] : [])].join('; '))
}

/** What is wrong with a value that may have one of several shapes is what it lacks of the one it is most like. */
function plain(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  const shapes = issue.code === 'invalid_union' ? issue.errors.map((issues) => issues.flatMap(plain)) : []
  const [closest] = shapes.sort((a, b) => lackOf(a) - lackOf(b) || ownOf(a).length - ownOf(b).length || a.length - b.length)
  return closest ? closest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue]
}

/** Issues of the value itself: a shape that only misses something further inside is the one that is meant. */
function ownOf(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return issues.filter(({ path }) => path.length < 2)
}

/** Fields that are not there: a shape of which a field is there and wrong is rather meant. */
function lackOf(issues: readonly z.core.$ZodIssue[]): number {
  return ownOf(issues).filter(({ code, input }) => code === 'invalid_type' && input === undefined).length
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('')
}
