import { Cidr } from '../address/cidr.ts'
import { firstFree, freeBlocks, lastFree, supernet } from '../address/free-space.ts'
import { addressBits } from '../address/text.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { Subnet } from '../provider/site.ts'
import { defaultGatewaySubnetName } from './check-gateway-subnet.ts'
import { listOf } from './list-of.ts'
import { intersect, readRanges } from './network-input.ts'
import { type NetworkSize, sizeNetwork, type WantedNetwork } from './size-network.ts'
import { nameGiver } from './unique-name.ts'

/** Several networks, in any clouds, to be given addresses together. */
export interface NetworksInput {
  /** Private network that all must come from; the private ranges of RFC 1918 when left out. */
  readonly supernet?: Cidr | undefined
  readonly networks: readonly WantedNetwork[]
  /** Blocks that none may touch, such as those of networks that exist already. */
  readonly taken?: readonly Cidr[] | undefined
  /** In front of every finding's path. */
  readonly path?: string | undefined
}

/** A network with its addresses. */
export interface DesignedNetwork {
  readonly name: string
  readonly cidr: Cidr
  readonly subnets: Subnet[]
}

/** Networks in the order asked for, and the smallest block that covers them; that is absent where they do not share a range. */
export interface NetworksDesign {
  readonly supernet?: Cidr
  readonly networks: DesignedNetwork[]
}

/** Limits of one design. */
export const designLimits = { networks: 1_000, subnets: 10_000 } as const

// RFC 1918.
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => Cidr.of(text))

interface Placing {
  readonly wanted: WantedNetwork
  readonly path: string
  readonly size: NetworkSize
  readonly pools: readonly Cidr[]
  readonly avoid: readonly Cidr[]
}

/**
 * Gives networks and their subnets addresses that do not overlap, inside what each cloud accepts. Every subnet is a power of two
 * that holds its hosts beside the addresses that its cloud keeps. Larger networks are placed first, so that blocks stay aligned
 * without gaps, and whatever fits at all is found where the networks' clouds accept the same addresses. Findings name each
 * network that does not fit.
 */
export function designNetworks(input: NetworksInput): NetworksDesign | { readonly findings: Finding[] } {
  const path = input.path ?? ''
  const limit = checkLimits(input, path)
  if (limit) return { findings: [limit] }
  const pools = input.supernet ? [input.supernet] : privateRanges
  const family = pools[0]?.family ?? 4
  const findings: Finding[] = []
  const placings = input.networks.flatMap((wanted, index) => {
    const at = `${path === '' ? '' : `${path}.`}networks[${index}]`
    findings.push(...checkNames(wanted, at))
    const size = sizeNetwork(wanted, family, at)
    if ('findings' in size) findings.push(...size.findings)
    return 'findings' in size ? [] : [{ wanted, path: at, size, ...placesFor(wanted, pools, input.taken ?? []) }]
  })
  const blocks = placeAll(placings, findings)
  if (findings.length > 0) return { findings }
  const networks = placings.flatMap((placing) => {
    const cidr = blocks.get(placing)
    return cidr ? [{ name: placing.wanted.name, cidr, subnets: placeSubnets(placing, cidr) }] : []
  })
  return { ...coverOf(networks, pools), networks }
}

function checkLimits(input: NetworksInput, path: string): Finding | undefined {
  const subnets = input.networks.reduce((sum, network) => sum + network.subnets.length, 0)
  if (input.networks.length <= designLimits.networks && subnets <= designLimits.subnets) return undefined
  return finding('ORDER_INVALID', path === '' ? 'networks' : `${path}.networks`, {
    title: `${input.networks.length} networks with ${subnets} subnets are more than one design holds.`,
    why: 'A design of that size helps nobody and would take the time of everyone else.',
    hint: `Design at most ${designLimits.networks} networks with ${designLimits.subnets} subnets at once.`,
    facts: { networks: input.networks.length, subnets, max: designLimits },
  })
}

function checkNames(wanted: WantedNetwork, path: string): Finding[] {
  const giveName = nameGiver(wanted.subnets.map((subnet) => subnet.name))
  const forGateway = wanted.facts?.gatewaySubnet?.value.name
  const seen = new Set<string>()
  return wanted.subnets.flatMap(({ name }, index) => {
    const at = `${path}.subnets[${index}].name`
    if (forGateway !== undefined && name.toLowerCase() === forGateway.toLowerCase()) {
      return [finding('GATEWAY_SUBNET_NAME', at, {
        title: `The cloud of ${wanted.name} keeps the name ${forGateway} for its gateway subnet.`,
        hint: 'Give the subnet another name; needsGatewaySubnet adds the one for the gateway.',
        facts: { name },
      })]
    }
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const proposed = giveName(name)
    return [finding('SUBNET_DUPLICATE_NAME', at, {
      title: `${wanted.name} has two subnets named ${name}.`,
      hint: `Use another name, such as ${proposed}.`,
      facts: { name, proposed },
    })]
  })
}

function placesFor(wanted: WantedNetwork, pools: readonly Cidr[], taken: readonly Cidr[]): Pick<Placing, 'pools' | 'avoid'> {
  if (!wanted.facts) return { pools, avoid: taken }
  const { allowed, reserved } = readRanges(wanted.facts)
  return { pools: intersect(pools, allowed), avoid: [...taken, ...reserved] }
}

/** Places the largest networks first; among equals those with the fewest places to go. */
function placeAll(placings: readonly Placing[], findings: Finding[]): Map<Placing, Cidr> {
  const room = new Map(placings.map((placing) => [placing, roomFor(placing)]))
  const order = [...placings].sort((a, b) => a.size.prefix - b.size.prefix || Number((room.get(a) ?? 0n) - (room.get(b) ?? 0n)))
  const blocks = new Map<Placing, Cidr>()
  for (const placing of order) {
    const taken = [...placing.avoid, ...blocks.values()]
    const pool = placing.pools.find((block) => firstFree(block, taken, placing.size.prefix))
    const cidr = pool && firstFree(pool, taken, placing.size.prefix)
    if (cidr) blocks.set(placing, cidr)
    else findings.push(noRoom(placing))
  }
  return blocks
}

function roomFor(placing: Placing): bigint {
  return placing.pools.flatMap((pool) => freeBlocks(pool, placing.avoid)).reduce((sum, block) => sum + (block.prefix <= placing.size.prefix ? block.size : 0n), 0n)
}

function noRoom({ wanted, path, size, pools }: Placing): Finding {
  const title = pools.length === 0
    ? `${wanted.name} has no place: its cloud accepts no address of the private network that is wanted.`
    : `${wanted.name} needs a /${size.prefix}, and none is left in ${listOf(pools)}.`
  return finding('ADDRESS_SPACE_EXHAUSTED', path, {
    title,
    hint: pools.length === 0
      ? `Use a private network inside ${listOf(wanted.facts?.vnet.ranges.value ?? privateRanges)}.`
      : 'Use a larger private network, or ask for fewer hosts, subnets or networks.',
    facts: { network: wanted.name, prefix: size.prefix, pools: pools.map(String) },
  })
}

/** Subnets inside a block that is known to hold them: the largest first, the gateway's at the end. */
function placeSubnets({ wanted, size }: Placing, network: Cidr): Subnet[] {
  const order = size.subnets.map((prefix, index) => ({ prefix, index })).sort((a, b) => a.prefix - b.prefix || a.index - b.index)
  const cidrs = new Map<number, Cidr>()
  let next = network.first
  for (const { prefix, index } of order) {
    cidrs.set(index, Cidr.from(network.family, next, prefix))
    next += 1n << BigInt(addressBits[network.family] - prefix)
  }
  const zones = wanted.facts?.subnet.scope.value === 'zone' ? wanted.zones ?? [] : []
  const subnets = wanted.subnets.flatMap(({ name }, index): Subnet[] => {
    const [cidr, zone] = [cidrs.get(index), zones[index % zones.length]]
    return cidr ? [{ name, cidr, ...(zone === undefined ? {} : { zone }), purpose: 'workload' }] : []
  })
  const gateway = size.gateway === undefined ? undefined : lastFree(network, [...cidrs.values()], size.gateway)
  if (!gateway) return subnets
  const name = wanted.facts?.gatewaySubnet?.value.name ?? nameGiver(subnets.map((subnet) => subnet.name))(defaultGatewaySubnetName)
  return [...subnets, { name, cidr: gateway, ...(zones[0] === undefined ? {} : { zone: zones[0] }), purpose: 'gateway' }]
}

function coverOf(networks: readonly DesignedNetwork[], pools: readonly Cidr[]): { readonly supernet?: Cidr } {
  if (networks.length === 0) return {}
  const cover = supernet(networks.map((network) => network.cidr))
  return pools.some((pool) => pool.contains(cover)) ? { supernet: cover } : {}
}
