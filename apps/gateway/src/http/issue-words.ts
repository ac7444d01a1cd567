import type { z } from 'zod'

const kinds: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object', record: 'an object' }

/** What is wrong with a value, in words for whoever sent it. Where a schema has words of its own, those stand. */
export const issueWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = kinds[issue.expected]
      return wanted && (issue.input === undefined ? `it is missing; give ${wanted}` : `give ${wanted}, not ${kindOf(issue.input)}`)
    }
    case 'invalid_value': {
      const values = issue.values.map((value) => (typeof value === 'string' && value !== '' ? value : JSON.stringify(value) ?? String(value)))
      return `${issue.input === undefined ? 'it is missing; ' : ''}use ${listed(values)}`
    }
    case 'too_small':
      return `${has(issue.origin)} ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${counted(issue.origin, issue.minimum)}`
    case 'too_big':
      return `${has(issue.origin)} ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${counted(issue.origin, issue.maximum)}`
    case 'unrecognized_keys':
      return `there is no field ${listed(issue.keys)} here`
    default:
      return undefined
  }
}

const counts: Readonly<Record<string, readonly [one: string, many: string]>> = { string: ['character', 'characters'], array: ['entry', 'entries'] }

function has(origin: string): string {
  return Object.hasOwn(counts, origin) ? 'it must have' : 'it must be'
}

function counted(origin: string, count: number | bigint): string {
  const words = counts[origin]
  return words ? ` ${Number(count) === 1 ? words[0] : words[1]}` : ''
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return String(value)
  return (Array.isArray(value) ? kinds['array'] : kinds[typeof value]) ?? typeof value
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}
