import { nearestName } from '@isthmus/core'
import { elementOf, spellingsOf } from './fold-keys.ts'

/** Unknown fields that are compared, and questions that are asked: more would be read by nobody, and take time. */
const [mostFields, mostQuestions] = [100, 5]
/** Letters that two names share at least where one is short for the other. */
const fewestLetters = 4

/** Fields of a value that its schema does not know and that look like ones that are missing beside them, as questions to whoever sent them. */
export function misspelt(schema: unknown, value: unknown): string[] {
  const questions: string[] = []
  let left = mostFields
  const look = (shape: unknown, found: unknown, place: string): void => {
    if (Array.isArray(found)) {
      const element = elementOf(shape)
      if (element) for (const [index, item] of found.entries()) look(element, item, `${place}[${index}]`)
      return
    }
    if (typeof found !== 'object' || found === null) return
    const { shape: fields, spellings } = spellingsOf(shape)
    const members = Object.entries(found).map(([key, member]): [string, string | undefined, unknown] => [key, spellings.get(key.toLowerCase()), member])
    const given = new Set(members.map(([, field]) => field))
    const missing = Object.keys(fields).filter((field) => !given.has(field))
    for (const [key, field, member] of members) {
      if (left === 0 || questions.length === mostQuestions) return
      const at = place === '' ? '' : `${place}.`
      if (field !== undefined) {
        look(fields[field], member, `${at}${field}`)
        continue
      }
      left -= 1
      const meant = likeliest(key, missing)
      if (meant !== undefined) questions.push(`${at}${key} is not read: is ${meant} meant?`)
    }
  }
  look(schema, value, '')
  return questions
}

function likeliest(key: string, fields: readonly string[]): string | undefined {
  return nearestName(key, fields) ?? fields.find((field) => isShortFor(key.toLowerCase(), field.toLowerCase()))
}

/** `cidr` for `cidrBlock` and for `ipv4_CIDR`, `subnets` for `subnetInfoList`. */
function isShortFor(key: string, field: string): boolean {
  if (key.length < fewestLetters) return false
  return field.includes(key) || field.startsWith(key.slice(0, Math.max(fewestLetters, key.length - 1)))
}
