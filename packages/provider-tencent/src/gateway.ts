import { networkExport, ref, type Fragment, type GatewayNeeds, type Resource, type RoutingMode, type Site } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import { tagged } from './network.ts'
import type { TencentOptions } from './options.ts'

/** A gateway has one address, so there are two for each routing mode. */
export const slots = [0, 1] as const

/** What sets names of one routing mode apart: BGP and static tunnels never share a gateway. */
const markOf: Readonly<Record<RoutingMode, { readonly name: string; readonly export: string }>> = {
  bgp: { name: '', export: '' },
  static: { name: 'static-', export: 'static_' },
}

/** Name of the exported address of a gateway. */
export function addressExport(mode: RoutingMode, slot: number): string {
  return `${markOf[mode].export}address_${slot}`
}

/** Name of the exported id of a gateway. */
export function gatewayIdExport(mode: RoutingMode, slot: number): string {
  return `${markOf[mode].export}gateway_id_${slot}`
}

/** The site's VPN gateways: two for BGP, two for static routing, or both pairs. */
export function gateway(site: Site<TencentOptions>, needs: GatewayNeeds): Fragment {
  const pairs = needs.modes.flatMap((mode) => slots.map((slot) => ({ mode, slot, resource: vpnGateway(site, mode, slot) })))
  return {
    resources: pairs.map(({ resource }) => resource),
    exports: Object.fromEntries(pairs.flatMap(({ mode, slot, resource }) => {
      const address = `${resource.type}.${resource.name}`
      return [[addressExport(mode, slot), ref(address, 'public_ip_address')], [gatewayIdExport(mode, slot), ref(address, 'id')]]
    })),
  }
}

function vpnGateway(site: Site<TencentOptions>, mode: RoutingMode, slot: number): Resource {
  const suffix = `${markOf[mode].name}${slot}`
  return {
    type: 'tencentcloud_vpn_gateway',
    name: `${site.name}--${suffix}`,
    body: {
      name: cloudName(`${site.label}--${suffix}`),
      vpc_id: networkExport(site, 'vpc_id'),
      type: 'IPSEC',
      charge_type: 'POSTPAID_BY_HOUR',
      bandwidth: site.options.bandwidth,
      ...(mode === 'bgp' ? { bgp_asn: site.asn } : {}),
      ...tagged(site),
    },
  }
}
