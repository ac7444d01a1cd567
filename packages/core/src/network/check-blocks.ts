import type { Cidr } from '../address/cidr.ts'
import { finding, type Finding } from '../finding/finding.ts'
import { listOf } from './list-of.ts'
import { cidrPath, type NetworkInput, readRanges } from './network-input.ts'
import type { Proposals } from './proposals.ts'
import { clampPrefix } from './subnet-size.ts'

/** Checks the blocks of a network against the cloud's allowed and reserved ranges and bounds of size. */
export function checkBlocks(input: NetworkInput, proposals: Proposals): Finding[] {
  if (!input.facts.vnet.hasCidr.value) return []
  return input.cidrs.flatMap((cidr, index) => [
    ...checkRanges(input, cidrPath(input, index), cidr, () => proposals.forBlock(index)),
    ...checkBlockSize(input, index, cidr, proposals),
  ])
}

/** Checks one block against the cloud's allowed ranges, which must contain it, and reserved ones, which it must not touch. */
export function checkRanges(input: NetworkInput, path: string, cidr: Cidr, propose: () => Cidr | undefined): Finding[] {
  const { allowed, reserved } = readRanges(input.facts)
  const outside = !allowed.some((range) => range.contains(cidr))
  const touched = reserved.filter((range) => range.overlaps(cidr))
  if (!outside && touched.length === 0) return []
  const proposed = propose()
  const clear = touched.length > 0 ? ` and clear of ${listOf(reserved)}` : ''
  const hint = `Use ${proposed ? `${proposed}, or another block` : 'a block'} inside ${listOf(allowed)}${clear}.`
  const facts = { cidr: `${cidr}`, allowed: allowed.map(String), reserved: reserved.map(String), ...proposedFact(proposed) }
  // Nobody has seen the cloud refuse a block that is only said to be reserved.
  const weight = input.facts.vnet.reserved.unverified ? { severity: 'warning' as const } : {}
  const findings = touched.map((range) => finding('CIDR_RESERVED', path, {
    title: `${cidr} touches ${range}, which ${input.cloudTitle} keeps to itself.`,
    hint,
    facts: { ...facts, touches: `${range}` },
    ...weight,
  }))
  if (outside) {
    const title = `${cidr} is not inside the ranges that ${input.cloudTitle} accepts.`
    findings.unshift(finding('CIDR_OUT_OF_RANGE', path, { title, hint, facts }))
  }
  return findings
}

/** The proposed block as a fact, where there is one. */
export function proposedFact(proposed: Cidr | undefined): { readonly proposed?: string } {
  return proposed ? { proposed: `${proposed}` } : {}
}

function checkBlockSize(input: NetworkInput, index: number, cidr: Cidr, proposals: Proposals): Finding[] {
  const bounds = input.facts.vnet.prefix.value
  const { allowed } = readRanges(input.facts)
  // The bounds are those of the ranges' family; a block of the other one is out of range already.
  if (!allowed.some((range) => range.family === cidr.family) || clampPrefix(cidr.prefix, bounds) === cidr.prefix) return []
  const proposed = proposals.forBlock(index)
  return [finding('PREFIX_LENGTH', cidrPath(input, index), {
    title: `${cidr} is too ${cidr.prefix < bounds.min ? 'large' : 'small'}: a network of ${input.cloudTitle} is a /${bounds.min} to /${bounds.max}.`,
    hint: proposed ? `Use ${proposed}.` : `Use a block of /${bounds.min} to /${bounds.max} inside ${listOf(allowed)}.`,
    facts: { cidr: `${cidr}`, min: bounds.min, max: bounds.max, ...proposedFact(proposed) },
  })]
}
