import type { Plan } from '@isthmus/core'
import { CloudCatalogue } from '../cloud/catalogue.ts'
import { builtInProviders } from '../start/built-in-providers.ts'
import { newVnet, type VnetOrder } from '../vnet/vnet-records.ts'
import type { Vnet } from '../vnet/vnet.ts'
import { planVpn, type VpnPlan } from '../vpn/vpn-plan.ts'
import type { Vpn } from '../vpn/vpn.ts'

/** The clouds that the gateway brings along, and one holder of credentials besides the default one. */
export const clouds: CloudCatalogue = new CloudCatalogue(builtInProviders, [], ['alice'])

/** Connections in Seoul, or as near as a cloud comes to it, by cloud. */
export const connectionIn = { aws: 'aws-ap-northeast-2', azure: 'azure-koreacentral', gcp: 'gcp-asia-northeast3', alibaba: 'alibaba-ap-northeast-2', tencent: 'tencent-ap-seoul', ibm: 'ibm-jp-tok' } as const

export const noon = '2026-11-24T12:00:00.000Z'

/** A vNet on record with a /16 and two subnets in two zones. */
export function vnetOf(name: string, connection: string, second: number, more: Partial<VnetOrder> = {}): Vnet {
  const zones = clouds.connection(connection)?.zones ?? []
  const subnets = ['a', 'b'].map((letter, index) => ({ name: `${name}-${letter}`, cidr: `10.${second}.${index}.0/24`, zone: zones[index] }))
  return newVnet({ name, connection, cidr: `10.${second}.0.0/16`, subnets, ...more }, noon)
}

/** A VPN on record. */
export function vpnOf(name: string, one: Vnet, other: Vnet, settings: readonly [object, object] = [{}, {}]): Vpn {
  const siteOf = ({ name: vnet, uid, connection }: Vnet, given: object): Vpn['sites'][0] => ({ vnet, uid, connection, settings: { ...given }, resources: [] })
  return { name, uid: `tb${name.padStart(18, '0')}`, description: '', sites: [siteOf(one, settings[0]), siteOf(other, settings[1])], generation: 'vnet', tunnels: [], conditions: [], message: '' }
}

/** One of several VPNs, planned. */
export function planned(vpn: Vpn, vpns: readonly Vpn[], vnets: readonly Vnet[], agreed: Plan['agreed'] = { asns: {}, inside: {} }): VpnPlan {
  return planVpn({ order: 'n0123456789a', vpn, vpns, vnets, agreed, clouds })
}
