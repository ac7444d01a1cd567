import { Cidr } from '../address/cidr.ts'
import type { NetworkFacts } from '../provider/facts.ts'
import type { Subnet } from '../provider/site.ts'

/** One network as a user asked for it, with its addresses read already, and what is known of its cloud. */
export interface NetworkInput {
  /** Path of the network in the order, in front of every finding's path: `sites.north-1`. */
  readonly path: string
  readonly facts: NetworkFacts
  readonly region: string
  /** Zones the user wrote; left out where the region's own are meant. */
  readonly zones?: readonly string[] | undefined
  readonly cidrs: readonly Cidr[]
  readonly subnets: readonly Subnet[]
  /** True when the network gets a VPN gateway, which some clouds put into a subnet of its own. */
  readonly needsGatewaySubnet: boolean
  /** The cloud's name for people, used in texts. */
  readonly cloudTitle: string
}

/** Path of one of the network's blocks: `sites.a.cidr`, or `sites.a.cidrs[1]` among several. */
export function cidrPath(input: Pick<NetworkInput, 'path' | 'cidrs'>, index: number): string {
  return input.cidrs.length > 1 ? `${input.path}.cidrs[${index}]` : `${input.path}.cidr`
}

interface Ranges {
  readonly allowed: readonly Cidr[]
  readonly reserved: readonly Cidr[]
}

/** Facts never change, and every subnet is held against them. */
const rangesOf = new WeakMap<NetworkFacts, Ranges>()

/** Blocks that the cloud accepts addresses from, and blocks it keeps to itself. */
export function readRanges(facts: NetworkFacts): Ranges {
  const known = rangesOf.get(facts)
  if (known) return known
  const ranges = {
    allowed: facts.vnet.ranges.value.map((text) => Cidr.of(text)),
    reserved: facts.vnet.reserved.value.map((text) => Cidr.of(text)),
  }
  rangesOf.set(facts, ranges)
  return ranges
}

/** The parts of `blocks` that lie in one of `ranges`. */
export function intersect(blocks: readonly Cidr[], ranges: readonly Cidr[]): Cidr[] {
  return blocks.flatMap((block) => {
    if (ranges.some((range) => range.contains(block))) return [block]
    return ranges.filter((range) => block.contains(range))
  })
}
