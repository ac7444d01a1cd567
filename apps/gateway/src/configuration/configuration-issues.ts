import { nearestName } from '@isthmus/core'
import type { z } from 'zod'
import { configurationSchema, credentialFields } from './configuration.ts'

const kinds: Readonly<Record<string, string>> = { string: 'text', int: 'a whole number', number: 'a number', boolean: 'true or false', array: 'a list', object: 'an object with fields' }

/** What a field should be, where its schema does not say it itself. Never quotes what was written: it may be a secret. */
export function sayIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': return `give ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value': return `give ${issue.values.map(String).join(' or ')}`
    case 'too_small': return limit(issue.origin, issue.inclusive === false ? `more than ${issue.minimum}` : `at least ${issue.minimum}`)
    case 'too_big': return limit(issue.origin, `at most ${issue.maximum}`)
    case 'invalid_format': return issue.format === 'url' ? 'give a URL' : undefined
    default: return undefined
  }
}

/** An issue as sentences, each with the place in front: `credentials[0].hash: …`. */
export function sentencesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [`${placeOf(issue.path)}: ${issue.message}`]
  const fields = issue.path.length === 0 ? Object.keys(configurationSchema.shape) : credentialFields
  return issue.keys.map((key) => {
    const nearest = nearestName(key, fields)
    return `${placeOf([...issue.path, key])}: there is no such field; ${nearest === undefined ? `there are ${fields.join(', ')}` : `did you mean ${nearest}?`}`
  })
}

function limit(origin: string, text: string): string {
  return origin === 'string' || origin === 'array' ? `give ${text} ${origin === 'string' ? 'character' : 'item'}` : `give ${text}`
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('')
}
