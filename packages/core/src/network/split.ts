import type { Cidr } from '../address/cidr.ts'
import { addressBits, type Family } from '../address/text.ts'
import { finding, type Finding } from '../finding/finding.ts'
import { prefixForHosts } from './subnet-size.ts'

/** How a block is cut: into at least so many equal parts, or into the smallest equal parts that hold so many hosts. */
export interface SplitRule {
  readonly type: 'minSubnets' | 'minHosts'
  /** Whole number, at least 1. */
  readonly value: number
}

/** Equal parts of a block in order, or why it cannot be cut that way. */
export type Split = { readonly subnets: Cidr[] } | { readonly findings: Finding[] }

/** A block with the parts that the rules made of it. */
export interface SplitBlock {
  readonly cidr: Cidr
  /** Absent at the last level. */
  readonly subnets?: readonly SplitBlock[]
}

/** Most blocks that one answer holds, over all levels: more are never read by a person and fill the memory. */
export const maximumBlocks = 65_536

/**
 * Addresses of a block that no host can have where no cloud says otherwise: network and broadcast address of IPv4 (RFC 919),
 * the subnet-router anycast address of IPv6 (RFC 4291, section 2.6.1).
 */
export const customaryReserved: Readonly<Record<Family, number>> = { 4: 2, 6: 1 }

/** Cuts a block into at least `minSubnets` equal parts: the next power of two. Findings carry `path`. */
export function splitBySubnets(cidr: Cidr, minSubnets: number, path = ''): Split {
  return splitByRule(cidr, { type: 'minSubnets', value: minSubnets }, path)
}

/** Cuts a block into the smallest equal parts with room for `minHosts` hosts beside `reserved` addresses. One part is an answer. */
export function splitByHosts(cidr: Cidr, minHosts: number, path = '', reserved = customaryReserved[cidr.family]): Split {
  return splitByRule(cidr, { type: 'minHosts', value: minHosts }, path, reserved)
}

/** Applies the rules level by level: each rule to every part that the one before it made. */
export function splitByRules(cidr: Cidr, rules: readonly SplitRule[], path = ''): SplitBlock | { readonly findings: Finding[] } {
  const prefixes: number[] = []
  let total = 1n
  for (const [index, rule] of rules.entries()) {
    const at = `${path}[${index}].value`
    const parent = prefixes.at(-1) ?? cidr.prefix
    const prefix = prefixByRule(cidr.family, parent, rule, at, customaryReserved[cidr.family])
    if (typeof prefix !== 'number') return { findings: [prefix] }
    total += 1n << BigInt(prefix - cidr.prefix)
    if (total > maximumBlocks) return { findings: [tooMany(at, total)] }
    prefixes.push(prefix)
  }
  return nest(cidr, prefixes)
}

function splitByRule(cidr: Cidr, rule: SplitRule, path: string, reserved = customaryReserved[cidr.family]): Split {
  const prefix = prefixByRule(cidr.family, cidr.prefix, rule, path, reserved)
  if (typeof prefix !== 'number') return { findings: [prefix] }
  const count = 1n << BigInt(prefix - cidr.prefix)
  return count > maximumBlocks ? { findings: [tooMany(path, count)] } : { subnets: parts(cidr, prefix) }
}

/** Prefix length of the parts that a rule makes of blocks of `parent` bits. */
function prefixByRule(family: Family, parent: number, rule: SplitRule, path: string, reserved: number): number | Finding {
  if (!Number.isSafeInteger(rule.value) || rule.value < 1) return notCountable(path, rule)
  if (rule.type === 'minHosts') {
    const prefix = prefixForHosts(family, rule.value, reserved)
    return prefix < parent ? tooManyHosts(family, parent, rule.value, reserved, path) : prefix
  }
  const prefix = parent + (rule.value === 1 ? 0 : (BigInt(rule.value) - 1n).toString(2).length)
  return prefix > addressBits[family] ? tooManySubnets(family, parent, rule.value, path) : prefix
}

function nest(cidr: Cidr, prefixes: readonly number[]): SplitBlock {
  const [prefix, ...rest] = prefixes
  return prefix === undefined ? { cidr } : { cidr, subnets: parts(cidr, prefix).map((part) => nest(part, rest)) }
}

function parts(cidr: Cidr, prefix: number): Cidr[] {
  return Array.from({ length: 2 ** (prefix - cidr.prefix) }, (_, index) => cidr.child(prefix, index))
}

function notCountable(path: string, rule: SplitRule): Finding {
  return finding('ORDER_INVALID', path, {
    title: `${rule.value} is not a number of ${rule.type === 'minHosts' ? 'hosts' : 'subnets'}.`,
    why: 'A block can only be cut into a whole number of parts.',
    hint: 'Use a whole number of at least 1.',
    facts: { value: `${rule.value}`, min: 1 },
  })
}

function tooManyHosts(family: Family, parent: number, hosts: number, reserved: number, path: string): Finding {
  const capacity = (1n << BigInt(addressBits[family] - parent)) - BigInt(reserved)
  const needed = prefixForHosts(family, hosts, reserved)
  const held = capacity > 0n ? capacity : 0n
  return finding('ADDRESS_SPACE_EXHAUSTED', path, {
    title: `A /${parent} holds ${held} hosts, and ${hosts} are wanted.`,
    hint: needed >= 0 ? `Start from a /${needed} or larger, or ask for at most ${held} hosts.` : `Ask for at most ${held} hosts.`,
    facts: { prefix: parent, capacity: `${held}`, wanted: hosts, ...(needed >= 0 ? { neededPrefix: needed } : {}) },
  })
}

function tooManySubnets(family: Family, parent: number, subnets: number, path: string): Finding {
  const capacity = 1n << BigInt(addressBits[family] - parent)
  return finding('ADDRESS_SPACE_EXHAUSTED', path, {
    title: `A /${parent} has ${capacity} addresses, too few for ${subnets} subnets.`,
    hint: `Start from a larger block, or ask for at most ${capacity} subnets.`,
    facts: { prefix: parent, capacity: `${capacity}`, wanted: subnets },
  })
}

function tooMany(path: string, count: bigint): Finding {
  return finding('ORDER_INVALID', path, {
    title: `The design would have ${count} blocks; one answer holds ${maximumBlocks}.`,
    why: 'An answer of that size helps nobody and would take the memory of everyone else.',
    hint: 'Ask for fewer or larger parts, or start from a smaller block and cut each part in a design of its own.',
    facts: { count: `${count}`, max: maximumBlocks },
  })
}
