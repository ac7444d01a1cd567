import { type Fragment, type GatewayNeeds, networkExport, ref, type Site } from '@isthmus/core'
import { grouped, tagged } from './network.ts'
import type { IbmOptions } from './options.ts'
import { transit } from './transit.ts'

/** The route-based gateway of a site with its two members; with BGP also the transit gateway that its routes go through. */
export function gateway(site: Site<IbmOptions>, needs: GatewayNeeds): Fragment {
  const address = `ibm_is_vpn_gateway.${site.name}`
  return {
    resources: [
      {
        type: 'ibm_is_vpn_gateway',
        name: site.name,
        body: {
          name: site.label,
          subnet: networkExport(site, 'gateway_subnet_id'),
          mode: 'route',
          // It cannot change any more once the gateway is attached to a transit gateway.
          local_asn: site.asn,
          ...grouped(site),
          ...tagged(site),
          // 5 to 10 minutes, and the provider's own patience ends at 10.
          timeouts: { create: '30m', delete: '30m' },
        },
      },
      ...(needs.modes.includes('bgp') ? transit(site, address) : []),
    ],
    exports: {
      gateway_id: ref(address, 'id'),
      address_0: ref(address, 'public_ip_address'),
      address_1: ref(address, 'public_ip_address2'),
    },
  }
}
