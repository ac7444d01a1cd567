import { Cidr, IsthmusError, lastFree, type Site, type Subnet } from '@isthmus/core'
import { facts } from './facts.ts'
import type { AlibabaOptions } from './options.ts'

/** A vSwitch in its zone. */
export interface Vswitch {
  readonly name: string
  readonly cidr: Cidr
  readonly zone: string | undefined
}

/** The two vSwitches that the gateway takes an address in each of, and the one of them that is made only for that. */
export interface GatewayVswitches {
  readonly pair: readonly [Vswitch, Vswitch]
  readonly spare?: Vswitch
}

/** Size of a vSwitch that only the gateway uses: it needs one address, and the cloud keeps four. */
const sparePrefix = 29

/**
 * The gateway wants two vSwitches in two zones. Where all subnets are in one zone, a small one is added in another zone at the
 * end of the network, unless the site gets no gateway. Only a region with a single zone may have both in it, or one vSwitch twice
 * (https://www.alibabacloud.com/help/en/vpn/sub-product-ipsec-vpn/user-guide/ipsec-vpn-connections-support-the-dual-tunnel-mode).
 */
export function gatewayVswitches(site: Site<AlibabaOptions>): GatewayVswitches {
  const vswitches = workloads(site)
  const [first, second = first] = vswitches
  if (!first || !second) throw new IsthmusError('CONTRACT_BROKEN', `Site ${site.name} reached the provider without a subnet.`)
  const elsewhere = vswitches.find((vswitch) => vswitch.zone !== first.zone)
  if (elsewhere) return { pair: [first, elsewhere] }
  const spare = site.unlinked ? undefined : spareVswitch(site, first)
  return spare ? { pair: [first, spare], spare } : { pair: [first, second] }
}

/** The subnets of a site as vSwitches; a subnet without a zone goes to the site's first. */
export function workloads(site: Site<AlibabaOptions>): Vswitch[] {
  return site.subnets.filter((subnet) => subnet.purpose === 'workload').map(({ name, cidr, zone }: Subnet): Vswitch => ({ name, cidr, zone: zone ?? site.zones[0] }))
}

function spareVswitch(site: Site<AlibabaOptions>, first: Vswitch): Vswitch | undefined {
  const zone = [...site.zones, ...(facts.network.regions.value[site.region] ?? [])].find((candidate) => candidate !== first.zone)
  if (zone === undefined) return undefined
  const taken = site.subnets.map((subnet) => subnet.cidr)
  for (const cidr of site.cidrs) {
    const free = lastFree(cidr, taken, sparePrefix)
    if (free) return { name: spareName(site), cidr: free, zone }
  }
  return undefined
}

/** Names of the vSwitch that only the gateway uses; the second where a subnet has the first. */
const spareNames = ['vpn', 'vpn-gateway-only'] as const

function spareName(site: Site<AlibabaOptions>): string {
  const names = new Set(site.subnets.map((subnet) => subnet.name))
  return names.has(spareNames[0]) ? spareNames[1] : spareNames[0]
}

/** Whether a vSwitch of Isthmus is one that only the gateway uses. */
export function isSpare(name: string, cidr: string): boolean {
  return spareNames.some((spare) => spare === name) && cidr.endsWith(`/${sparePrefix}`)
}
