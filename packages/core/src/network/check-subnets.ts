import { findFirstOverlaps } from '../address/overlap.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { Subnet } from '../provider/site.ts'
import { checkRanges, proposedFact } from './check-blocks.ts'
import { isForWorkloads, surplusGateways } from './check-gateway-subnet.ts'
import { listOf } from './list-of.ts'
import { type NetworkInput, readRanges } from './network-input.ts'
import type { Proposals } from './proposals.ts'
import { clampPrefix, prefixForHosts, workloadBounds } from './subnet-size.ts'
import { nameGiver } from './unique-name.ts'

/** Checks subnets: at least one for workloads, size, usable addresses, place in the network, overlaps and names. */
export function checkSubnets(input: NetworkInput, proposals: Proposals): Finding[] {
  const overlapped = new Map(findFirstOverlaps(input.subnets.map((subnet) => subnet.cidr)).map(([first, later]) => [later, first]))
  return [
    ...checkPresence(input, proposals),
    ...checkNames(input),
    ...input.subnets.flatMap((subnet, index) => [
      ...checkSize(input, subnet, index, proposals),
      ...checkPlace(input, subnet, index, proposals),
      ...checkOverlap(input, subnet, index, input.subnets[overlapped.get(index) ?? -1], proposals),
    ]),
  ]
}

function checkPresence(input: NetworkInput, proposals: Proposals): Finding[] {
  if (input.subnets.some((subnet) => isForWorkloads(input.facts, subnet))) return []
  const proposed = proposals.forWorkload()
  return [finding('SUBNET_MISSING', `${input.path}.subnets`, {
    title: 'The network has no subnet for workloads.',
    hint: proposed ? `Add a subnet, such as ${proposed}, or leave subnets out to get them by default.` : proposals.noRoom('a subnet for workloads'),
    facts: proposedFact(proposed),
  })]
}

function checkNames(input: NetworkInput): Finding[] {
  const giveName = nameGiver(input.subnets.map((subnet) => subnet.name))
  const firsts = new Map<string, number>()
  const surplus = surplusGateways(input)
  return input.subnets.flatMap(({ name }, index) => {
    // A surplus gateway subnet is to be removed, and its name with it.
    if (surplus.has(index)) return []
    const first = firsts.get(name)
    if (first === undefined) {
      firsts.set(name, index)
      return []
    }
    const proposed = giveName(name)
    return [finding('SUBNET_DUPLICATE_NAME', `${input.path}.subnets[${index}].name`, {
      title: `The name ${name} is already that of subnets[${first}].`,
      hint: `Use another name, such as ${proposed}.`,
      facts: { name, first, proposed },
    })]
  })
}

function checkSize(input: NetworkInput, subnet: Subnet, index: number, proposals: Proposals): Finding[] {
  const { cidr, name } = subnet
  const { allowed } = readRanges(input.facts)
  if (!allowed.some((range) => range.family === cidr.family)) return []
  const { min, max } = input.facts.subnet.prefix.value
  const reserved = input.facts.subnet.reservedAddresses.value
  const outside = clampPrefix(cidr.prefix, { min, max }) !== cidr.prefix
  if (!outside && cidr.prefix <= prefixForHosts(cidr.family, 1, reserved)) return []
  const usable = workloadBounds(input.facts)
  const proposed = proposals.forSubnet(index)
  const wanted = `a subnet of /${usable.min} to /${usable.max}`
  return [finding('PREFIX_LENGTH', `${input.path}.subnets[${index}].cidr`, {
    title: outside
      ? `${cidr} (${name}) is too ${cidr.prefix < min ? 'large' : 'small'}: a subnet of ${input.cloudTitle} is a /${min} to /${max}.`
      : `${cidr} (${name}) has no usable address: ${input.cloudTitle} keeps ${reserved} of its ${cidr.size} to itself.`,
    hint: proposed ? `Use ${proposed}.` : proposals.noRoom(wanted),
    facts: { cidr: `${cidr}`, min: usable.min, max: usable.max, reservedAddresses: reserved, ...proposedFact(proposed) },
  })]
}

function checkPlace(input: NetworkInput, subnet: Subnet, index: number, proposals: Proposals): Finding[] {
  const path = `${input.path}.subnets[${index}].cidr`
  const { cidr, name } = subnet
  // Where the network has no addresses of its own, it is the subnets that the cloud's ranges are about.
  const ranges = input.facts.vnet.hasCidr.value ? [] : checkRanges(input, path, cidr, () => proposals.forSubnet(index))
  if (input.cidrs.some((block) => block.contains(cidr))) return ranges
  const proposed = proposals.forSubnet(index)
  return [...ranges, finding('SUBNET_OUTSIDE', path, {
    title: `${cidr} (${name}) is not inside ${listOf(input.cidrs)}.`,
    hint: proposed ? `Use ${proposed}, which is free in the network.` : proposals.noRoom(`a /${cidr.prefix}`),
    facts: { cidr: `${cidr}`, network: input.cidrs.map(String), ...proposedFact(proposed) },
  })]
}

function checkOverlap(input: NetworkInput, subnet: Subnet, index: number, earlier: Subnet | undefined, proposals: Proposals): Finding[] {
  if (!earlier) return []
  const proposed = proposals.forSubnet(index)
  return [finding('SUBNET_OVERLAP', `${input.path}.subnets[${index}].cidr`, {
    title: `${subnet.cidr} (${subnet.name}) overlaps ${earlier.cidr} (${earlier.name}).`,
    hint: proposed ? `Use ${proposed}, which is free in the network.` : proposals.noRoom(`a second /${subnet.cidr.prefix}`),
    facts: { cidr: `${subnet.cidr}`, overlaps: { name: earlier.name, cidr: `${earlier.cidr}` }, ...proposedFact(proposed) },
  })]
}
