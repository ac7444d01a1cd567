import { addressBits, type Family } from '../address/text.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { NetworkFacts, PrefixBounds } from '../provider/facts.ts'
import { customaryReserved } from './split.ts'
import { gatewayBounds, prefixForHosts } from './subnet-size.ts'

/** One network to design: its subnets with the hosts each must hold, and the rules of its cloud. */
export interface WantedNetwork {
  readonly name: string
  readonly subnets: readonly { readonly name: string; readonly hosts: number }[]
  /** Without facts any private block will do, and each subnet loses its network and broadcast address. */
  readonly facts?: NetworkFacts | undefined
  /** Zones to deal the subnets over in turn, where the cloud's subnets live in one zone. */
  readonly zones?: readonly string[] | undefined
  /** True to add the subnet that the cloud's VPN gateway needs, where it needs one. */
  readonly needsGatewaySubnet?: boolean | undefined
}

/** Prefix lengths that hold what a network was asked to hold. */
export interface NetworkSize {
  /** Of the network itself. */
  readonly prefix: number
  /** Of each subnet, in the order they were asked for. */
  readonly subnets: readonly number[]
  readonly gateway: number | undefined
}

/** Sizes a network: a power of two per subnet with the addresses that the cloud keeps, and one that holds them all. */
export function sizeNetwork(wanted: WantedNetwork, family: Family, path: string): NetworkSize | { readonly findings: Finding[] } {
  const findings: Finding[] = []
  const subnets = wanted.subnets.map(({ hosts }, index) => {
    const prefix = subnetPrefix(wanted, hosts, family, `${path}.subnets[${index}].hosts`)
    if (typeof prefix === 'number') return prefix
    findings.push(prefix)
    return addressBits[family]
  })
  if (wanted.subnets.length === 0) {
    findings.push(finding('SUBNET_MISSING', `${path}.subnets`, { title: `${wanted.name} is asked to have no subnet.`, hint: 'Ask for at least one subnet.' }))
  }
  if (findings.length > 0) return { findings }
  const gateway = wanted.needsGatewaySubnet && wanted.facts ? gatewayBounds(wanted.facts)?.preferred : undefined
  const prefix = networkPrefix(wanted, family, [...subnets, ...(gateway === undefined ? [] : [gateway])], path)
  return typeof prefix === 'number' ? { prefix, subnets, gateway } : { findings: [prefix] }
}

function subnetPrefix(wanted: WantedNetwork, hosts: number, family: Family, path: string): number | Finding {
  if (!Number.isSafeInteger(hosts) || hosts < 1) {
    return finding('ORDER_INVALID', path, {
      title: `${hosts} is not a number of hosts.`,
      why: 'A subnet can only be sized for a whole number of hosts.',
      hint: 'Use a whole number of at least 1.',
      facts: { value: `${hosts}`, min: 1 },
    })
  }
  const reserved = wanted.facts?.subnet.reservedAddresses.value ?? customaryReserved[family]
  const prefix = prefixForHosts(family, hosts, reserved)
  const bounds = wanted.facts?.subnet.prefix.value ?? { min: 0, max: addressBits[family] }
  if (prefix >= bounds.min) return Math.min(prefix, bounds.max)
  const most = 2n ** BigInt(addressBits[family] - bounds.min) - BigInt(reserved)
  return finding('PREFIX_LENGTH', path, {
    title: `${hosts} hosts do not fit into one subnet; the largest, a /${bounds.min}, holds ${most}.`,
    hint: `Ask for at most ${most} hosts, or spread them over several subnets.`,
    facts: { hosts, most: `${most}`, ...boundFacts(bounds) },
  })
}

function networkPrefix(wanted: WantedNetwork, family: Family, subnets: readonly number[], path: string): number | Finding {
  const bits = addressBits[family]
  const needed = subnets.reduce((sum, prefix) => sum + (1n << BigInt(bits - prefix)), 0n)
  const prefix = bits - (needed <= 1n ? 0 : (needed - 1n).toString(2).length)
  const bounds = wanted.facts?.vnet.hasCidr.value ? wanted.facts.vnet.prefix.value : { min: 0, max: bits }
  if (prefix >= bounds.min) return Math.min(prefix, bounds.max)
  return finding('PREFIX_LENGTH', path, {
    title: `The subnets of ${wanted.name} need ${needed} addresses; its largest network, a /${bounds.min}, has ${1n << BigInt(bits - bounds.min)}.`,
    hint: 'Ask for fewer hosts, or split the network into several.',
    facts: { network: wanted.name, needed: `${needed}`, ...boundFacts(bounds) },
  })
}

function boundFacts({ min, max }: PrefixBounds): { readonly min: number; readonly max: number } {
  return { min, max }
}
