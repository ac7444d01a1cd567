import { Cidr } from '../address/cidr.ts'
import { firstFree, freeBlocks } from '../address/free-space.ts'
import { maskAddress } from '../address/text.ts'
import type { PrefixBounds } from '../provider/facts.ts'
import { isMeantAsGateway } from './check-gateway-subnet.ts'
import { intersect, type NetworkInput, readRanges } from './network-input.ts'
import { clampPrefix, gatewayBounds, prefixesFrom, workloadBounds } from './subnet-size.ts'

/**
 * Free blocks to propose for one network. No two proposals overlap, and what has several problems gets one proposal for all
 * of them, so that following every hint at once gives a valid network.
 */
export interface Proposals {
  /** A block for the network's own block at `index`. */
  forBlock(index: number): Cidr | undefined
  /** A block for the subnet at `index`, of its own size where the cloud allows that and there is room. */
  forSubnet(index: number): Cidr | undefined
  /** A block for a gateway subnet that is not there yet. */
  forGateway(): Cidr | undefined
  /** A block for a workload subnet that is not there yet. */
  forWorkload(): Cidr | undefined
  /** What to do where no subnet can be proposed. */
  noRoom(what: string): string
}

// Nobody follows more than these one by one, and each costs a look at all subnets.
const mostProposals = 100

export function makeProposals(input: NetworkInput): Proposals {
  const blocks = new Map<number, Cidr | undefined>()
  const subnets = new Map<string, Cidr | undefined>()
  const { allowed, reserved } = readRanges(input.facts)
  const places = intersect(input.cidrs, allowed)
  const workload = workloadBounds(input.facts)
  const gateway = gatewayBounds(input.facts)

  function subnet(key: string, prefixes: readonly number[], index?: number): Cidr | undefined {
    if (!subnets.has(key) && subnets.size < mostProposals) subnets.set(key, firstOf(places, takenBySubnets(index), prefixes))
    return subnets.get(key)
  }

  function takenBySubnets(except?: number): Cidr[] {
    const others = input.subnets.filter((_, index) => index !== except).map((item) => item.cidr)
    return [...others, ...known(subnets), ...reserved]
  }

  return {
    forBlock(index) {
      const cidr = input.cidrs[index]
      if (cidr && !blocks.has(index) && blocks.size < mostProposals) {
        const taken = [...input.cidrs.filter((_, other) => other !== index), ...known(blocks), ...reserved]
        blocks.set(index, proposeBlock(cidr, input.facts.vnet.prefix.value, allowed, taken))
      }
      return blocks.get(index)
    },
    forSubnet(index) {
      const wanted = input.subnets[index]
      if (!wanted) return undefined
      const bounds = (isMeantAsGateway(input.facts, wanted) ? gateway : undefined) ?? workload
      return subnet(`subnet ${index}`, prefixesFrom(wanted.cidr.prefix, bounds), index)
    },
    forGateway: () => (gateway ? subnet('gateway', prefixesFrom(gateway.preferred, gateway)) : undefined),
    forWorkload: () => subnet('workload', prefixesFrom((places[0]?.prefix ?? 0) + 2, workload)),
    noRoom(what) {
      if (subnets.size >= mostProposals) return 'Correct the subnets that are reported first, then check again.'
      if (places.length === 0) return 'Give the network a block that its cloud accepts first, then a subnet inside it.'
      const [largest] = places.flatMap((cidr) => freeBlocks(cidr, takenBySubnets())).sort((a, b) => a.prefix - b.prefix)
      const space = largest ? `the largest free block is ${largest}` : 'no address is free'
      return `Give the network a larger block or make other subnets smaller, because ${what} does not fit: ${space}.`
    },
  }
}

/** The block itself at a size that is allowed, or else the first free block of that size inside the allowed ranges. */
function proposeBlock(cidr: Cidr, bounds: PrefixBounds, allowed: readonly Cidr[], taken: readonly Cidr[]): Cidr | undefined {
  const sameFamily = allowed.some((range) => range.family === cidr.family)
  // A /16 is what most people give a network; a prefix of the other family says nothing about the size.
  const prefix = clampPrefix(sameFamily ? cidr.prefix : 16, bounds)
  if (sameFamily) {
    const inPlace = Cidr.from(cidr.family, maskAddress(cidr.family, cidr.first, prefix), prefix)
    if (allowed.some((range) => range.contains(inPlace)) && !taken.some((other) => other.overlaps(inPlace))) return inPlace
  }
  return firstOf(allowed, taken, prefixesFrom(prefix, bounds))
}

function firstOf(places: readonly Cidr[], taken: readonly Cidr[], prefixes: readonly number[]): Cidr | undefined {
  for (const prefix of prefixes) {
    for (const place of places) {
      const block = firstFree(place, taken, prefix)
      if (block) return block
    }
  }
  return undefined
}

function known(proposed: ReadonlyMap<unknown, Cidr | undefined>): Cidr[] {
  return [...proposed.values()].flatMap((cidr) => cidr ?? [])
}
