import { Cidr } from '../address/cidr.ts'
import { firstFree, lastFree } from '../address/free-space.ts'
import { maskAddress } from '../address/text.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { PrefixBounds } from '../provider/facts.ts'
import type { Subnet } from '../provider/site.ts'
import { defaultGatewaySubnetName, isForWorkloads, isMeantAsGateway } from './check-gateway-subnet.ts'
import { listOf } from './list-of.ts'
import { cidrPath, intersect, type NetworkInput, readRanges } from './network-input.ts'
import { gatewayBounds, prefixesFrom, prefixForHosts, workloadBounds } from './subnet-size.ts'
import { nameGiver } from './unique-name.ts'

/** What a network's subnets are designed from. `zones` are those to spread over, in order. */
export type SubnetDesignInput = Pick<NetworkInput, 'path' | 'facts' | 'cidrs' | 'subnets' | 'needsGatewaySubnet' | 'cloudTitle'> & {
  readonly zones: readonly string[]
}

/** Subnets that fit, or why none do. */
export type SubnetDesign = { readonly subnets: Subnet[] } | { readonly findings: Finding[] }

interface Placed {
  readonly workloads: readonly Cidr[]
  readonly gateway: Cidr | undefined
}

/**
 * Completes the subnets of a network: those given, in their order, and what is missing behind them.
 *
 * Without a workload subnet there will be two, each a quarter of the network and in a zone of its own, or smaller where bounds
 * or space ask for it, or only one where two do not fit. A missing gateway subnet goes to the last free block, so that it
 * never stands in the way of growth.
 */
export function designSubnets(input: SubnetDesignInput): SubnetDesign {
  const { facts, subnets } = input
  const bounds = gatewayBounds(facts)
  const gateway = input.needsGatewaySubnet && bounds && !subnets.some((subnet) => isMeantAsGateway(facts, subnet)) ? bounds : undefined
  const wantsWorkloads = !subnets.some((subnet) => isForWorkloads(facts, subnet))
  if (!gateway && !wantsWorkloads) return { subnets: [...subnets] }
  const placed = place(input, wantsWorkloads, gateway)
  if (!placed) return { findings: [noRoom(input, wantsWorkloads, gateway)] }
  return { subnets: [...subnets, ...nameSubnets(input, placed)] }
}

/** Tries sizes from the wanted one down, and two workload subnets before one. */
function place(input: SubnetDesignInput, wantsWorkloads: boolean, gateway: (PrefixBounds & { preferred: number }) | undefined): Placed | undefined {
  const { allowed, reserved } = readRanges(input.facts)
  const inside = intersect(input.cidrs, allowed)
  // Blocks out of range are validateNetwork's to report; a design in them shows whatever else there is to say.
  const places = inside.length > 0 ? inside : input.cidrs
  const taken = [...input.subnets.map((subnet) => subnet.cidr), ...reserved]
  const gatewayPrefixes = gateway ? prefixesFrom(gateway.preferred, gateway) : [undefined]
  for (const count of wantsWorkloads ? [2, 1] : [0]) {
    for (const gatewayPrefix of gatewayPrefixes) {
      const block = gatewayPrefix === undefined ? undefined : placeLast(places, taken, gatewayPrefix)
      if (gatewayPrefix !== undefined && !block) continue
      const workloads = placeWorkloads(input, places, block ? [...taken, block] : taken, count)
      if (workloads) return { workloads, gateway: block }
    }
  }
  return undefined
}

function placeWorkloads(input: SubnetDesignInput, places: readonly Cidr[], taken: readonly Cidr[], count: number): Cidr[] | undefined {
  if (count === 0) return []
  const bounds = workloadBounds(input.facts)
  for (const prefix of prefixesFrom((places[0]?.prefix ?? 0) + 2, bounds)) {
    const found: Cidr[] = []
    for (const cidr of places) {
      for (let block = firstFree(cidr, [...taken, ...found], prefix); block && found.length < count; block = firstFree(cidr, [...taken, ...found], prefix)) {
        found.push(block)
      }
    }
    if (found.length === count) return found
  }
  return undefined
}

function placeLast(places: readonly Cidr[], taken: readonly Cidr[], prefix: number): Cidr | undefined {
  for (const cidr of places) {
    const block = lastFree(cidr, taken, prefix)
    if (block) return block
  }
  return undefined
}

function nameSubnets(input: SubnetDesignInput, placed: Placed): Subnet[] {
  const giveName = nameGiver(input.subnets.map((subnet) => subnet.name))
  const [first, second = first] = input.zones
  const inZone = (zone: string | undefined) => (input.facts.subnet.scope.value === 'zone' && zone !== undefined ? { zone } : {})
  const workloads = placed.workloads.map((cidr, index): Subnet => ({
    name: giveName(index === 0 ? 'workload-a' : 'workload-b'),
    cidr,
    ...inZone(index === 0 ? first : second),
    purpose: 'workload',
  }))
  if (!placed.gateway) return workloads
  const name = input.facts.gatewaySubnet?.value.name ?? giveName(defaultGatewaySubnetName)
  return [...workloads, { name, cidr: placed.gateway, ...inZone(first), purpose: 'gateway' }]
}

function noRoom(input: SubnetDesignInput, wantsWorkloads: boolean, gateway: PrefixBounds | undefined): Finding {
  const workload = workloadBounds(input.facts)
  const wanted = [
    ...(wantsWorkloads ? [{ text: `a workload subnet of /${workload.max}`, prefix: workload.max }] : []),
    ...(gateway ? [{ text: `a gateway subnet of /${gateway.max}`, prefix: gateway.max }] : []),
  ]
  const given = input.subnets.map((subnet) => subnet.cidr.prefix)
  const needed = [...wanted.map((item) => item.prefix), ...given].reduce((sum, prefix) => sum + 2 ** (32 - Math.min(prefix, 32)), 0)
  const beside = given.length > 0 ? ' beside the subnets that are there' : ''
  const [cidr] = input.cidrs
  const prefix = Math.min(prefixForHosts(4, needed, 0), (cidr?.prefix ?? 32) - 1)
  const larger = cidr?.family === 4 && prefix >= 0 ? Cidr.from(4, maskAddress(4, cidr.first, prefix), prefix) : undefined
  return finding('ADDRESS_SPACE_EXHAUSTED', cidrPath(input, 0), {
    title: `There is no room for ${listOf(wanted.map((item) => item.text))} in ${listOf(input.cidrs)}${beside}.`,
    hint: larger && !readRanges(input.facts).reserved.some((block) => block.overlaps(larger)) ? `Use a larger block for the network, such as ${larger}.` : 'Use a larger block for the network.',
    facts: { network: input.cidrs.map(String), wanted: wanted.map((item) => item.text), ...(larger ? { proposed: `${larger}` } : {}) },
  })
}
