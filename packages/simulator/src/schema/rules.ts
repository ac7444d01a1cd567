import { Cidr, IpAddress, parseCidr } from '@isthmus/core'
import type { ValueRules } from './schema.ts'

/** What a value breaks, as a sentence in the manner of the real providers, or undefined where it breaks nothing. */
export function brokenRule(rules: ValueRules, value: unknown): string | undefined {
  for (const check of checks) {
    const problem = check(rules, value)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Like {@link brokenRule}, for the rules that only the cloud itself checks. */
export function brokenCloudRule(rules: ValueRules, value: unknown): string | undefined {
  return brokenRule({ ...(rules.apiValues ? { values: rules.apiValues } : {}), ...(rules.apiRanges ? { ranges: rules.apiRanges } : {}) }, value)
}

type Check = (rules: ValueRules, value: unknown) => string | undefined

const checks: readonly Check[] = [checkNonZero, checkValues, checkBounds, checkRanges, checkLength, checkPattern, checkFormat, checkBlock]

function checkNonZero({ nonZero }: ValueRules, value: unknown): string | undefined {
  return nonZero && (value === '' || value === 0) ? 'must not be empty' : undefined
}

function checkValues({ values }: ValueRules, value: unknown): string | undefined {
  if (!values || values.some((allowed) => String(allowed) === String(value))) return undefined
  return `expected one of [${values.join(', ')}], got ${String(value)}`
}

function checkBounds({ min, max }: ValueRules, value: unknown): string | undefined {
  if ((min === undefined && max === undefined) || value === '') return undefined
  const number = Number(value)
  const inside = Number.isFinite(number) && number >= (min ?? -Infinity) && number <= (max ?? Infinity)
  return inside ? undefined : `expected a number in the range (${min ?? 'any'} - ${max ?? 'any'}), got ${String(value)}`
}

function checkRanges({ ranges }: ValueRules, value: unknown): string | undefined {
  if (!ranges || value === '') return undefined
  const number = Number(value)
  if (ranges.some(([first, last]) => number >= first && number <= last)) return undefined
  return `expected a number in ${ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(', ')}, got ${String(value)}`
}

function checkLength({ minLength, maxLength }: ValueRules, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (value.length >= (minLength ?? 0) && value.length <= (maxLength ?? Infinity)) return undefined
  return `expected a length in the range (${minLength ?? 0} - ${maxLength ?? 'any'}), got ${value.length}`
}

/** The value stays out of the sentence: patterns also guard keys. */
function checkPattern({ pattern, notPattern }: ValueRules, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (pattern !== undefined && !new RegExp(pattern).test(value)) return `must match ${pattern}`
  if (notPattern !== undefined && new RegExp(notPattern).test(value)) return `must not match ${notPattern}`
  return undefined
}

function checkFormat({ format }: ValueRules, value: unknown): string | undefined {
  if (format === undefined || typeof value !== 'string' || value === '') return undefined
  const family = format.endsWith('4') ? 4 : format.endsWith('6') ? 6 : undefined
  if (format.startsWith('cidr')) {
    const parsed = parseCidr(value)
    if (!parsed.ok) return `"${value}" is not a valid CIDR block: ${parsed.reason}`
    return family && parsed.cidr.family !== family ? `"${value}" is not a valid IPv${family} CIDR block` : undefined
  }
  if (format.startsWith('ip')) return addressFamily(value) === family ? undefined : `"${value}" is not a valid IPv${family} address`
  if (format === 'base64') return /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? undefined : 'must be base64-encoded'
  if (format === 'regexp') return undefined
  if (format === 'arn') return value.startsWith('arn:') ? undefined : `"${value}" is an invalid ARN`
  if (format === 'asn') return /^\d+$/.test(value) && Number(value) < 2 ** 32 ? undefined : `"${value}" is not a valid autonomous system number`
  return Number.isNaN(Date.parse(value)) ? `"${value}" is not a valid RFC 3339 time` : undefined
}

function addressFamily(text: string): number | undefined {
  try {
    return IpAddress.of(text).family
  } catch {
    return undefined
  }
}

function checkBlock(rules: ValueRules, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  if (rules.notIn?.includes(value)) return `"${value}" is reserved and cannot be used`
  const { prefix, prefix4, prefix6, within, notWithin } = rules
  if (!prefix && !prefix4 && !prefix6 && within === undefined && notWithin === undefined) return undefined
  const parsed = parseCidr(value)
  if (!parsed.ok) return `"${value}" is not a valid CIDR block: ${parsed.reason}`
  const { cidr } = parsed
  const bounds = prefix ?? (cidr.family === 4 ? prefix4 : prefix6)
  if (bounds && (cidr.prefix < bounds[0] || cidr.prefix > bounds[1])) {
    return `expected "${value}" to contain a network prefix length between ${bounds[0]} and ${bounds[1]}`
  }
  if (within !== undefined && !Cidr.of(within).contains(cidr)) return `"${value}" must be within ${within}`
  return notWithin !== undefined && Cidr.of(notWithin).overlaps(cidr) ? `"${value}" must not be within ${notWithin}` : undefined
}
