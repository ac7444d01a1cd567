import type { z } from 'zod'
import { finding, type Finding } from '../finding/finding.ts'
import { nearestName } from '../finding/nearest-name.ts'

/**
 * Turns what a schema says into findings.
 *
 * @param prefix path of the checked value in the order; empty for the order itself
 * @param known field names that a misspelt one may have meant
 */
export function findingsOfIssues(issues: readonly z.core.$ZodIssue[], prefix: string, known: readonly string[]): Finding[] {
  return issues.flatMap((issue) => {
    const path = join(prefix, issue.path)
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(path, key, known))
    if (issue.code === 'invalid_union') return closestUnion(issue, path, known)
    if (issue.code === 'invalid_key' || (issue.code === 'invalid_format' && isNamePath(path))) return [invalidName(path)]
    if (issue.code === 'too_big' && isNamePath(path)) return [invalidName(path)]
    return [finding('ORDER_INVALID', path, { title: `${path || 'the order'}: ${lowerFirst(issue.message)}.`, hint: hintFor(issue, path) })]
  })
}

function unknownField(path: string, key: string, known: readonly string[]): Finding {
  const proposal = nearestName(key, known)
  return finding('ORDER_UNKNOWN_FIELD', path ? `${path}.${key}` : key, {
    title: `${path ? `${path} has` : 'the order has'} a field ${key}, which means nothing here.`,
    hint: proposal ? `write ${proposal} instead, if that is what was meant; otherwise remove it.` : `remove ${key}.`,
    facts: { field: key, ...(proposal ? { proposal } : {}) },
  })
}

/** Of a union only the branch that came closest is worth telling. */
function closestUnion(issue: z.core.$ZodIssueInvalidUnion, path: string, known: readonly string[]): Finding[] {
  const branches = issue.errors.filter((branch) => branch.some((item) => item.path.length > 0 || item.code === 'unrecognized_keys'))
  const [closest] = [...branches].sort((a, b) => a.length - b.length)
  if (closest) return findingsOfIssues(closest, path, known)
  return [finding('ORDER_INVALID', path, { title: `${path} has none of the allowed forms.`, hint: `see the schema of ${path} (isthmus schema).` })]
}

function invalidName(path: string): Finding {
  const name = path.split('.').at(-1) ?? path
  return finding('NAME_INVALID', path, {
    title: `${name === 'name' ? 'the name of the order' : name} is not a usable name.`,
    hint: 'use lower-case letters, digits and single hyphens, starting with a letter; at most 16 characters for an order and 20 for a site.',
  })
}

function isNamePath(path: string): boolean {
  return path === 'name' || /^sites\.[^.]+$/.test(path)
}

function hintFor(issue: z.core.$ZodIssue, path: string): string {
  if (issue.code === 'invalid_value') return `use one of ${issue.values.map(String).join(', ')}.`
  if (issue.code === 'invalid_type' && issue.input === undefined) return `add ${path || 'it'} (${issue.expected}).`
  return `correct ${path || 'the order'}; isthmus schema describes every field.`
}

function join(prefix: string, path: readonly PropertyKey[]): string {
  const own = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return prefix ? prefix + own : own.replace(/^\./, '')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
