import { networkExport, ref, type Fragment, type Site } from '@isthmus/core'
import { tagged } from './network.ts'
import type { AlibabaOptions } from './options.ts'

/** The site's VPN gateway in dual-tunnel mode. It is the same for both routing modes: its ASN belongs to the connections. */
export function gateway(site: Site<AlibabaOptions>): Fragment {
  const address = `alicloud_vpn_gateway.${site.name}`
  return {
    resources: [{
      type: 'alicloud_vpn_gateway',
      name: site.name,
      body: {
        vpn_gateway_name: site.label,
        vpc_id: networkExport(site, 'vpc_id'),
        vswitch_id: networkExport(site, 'vswitch_0'),
        disaster_recovery_vswitch_id: networkExport(site, 'vswitch_1'),
        vpn_type: 'Normal',
        network_type: 'public',
        bandwidth: site.options.bandwidth,
        // A gateway of a subscription cannot be destroyed.
        payment_type: 'PayAsYouGo',
        enable_ipsec: true,
        enable_ssl: false,
        // Routes that BGP learns reach the system route table only with this.
        auto_propagate: true,
        ...tagged(site),
        timeouts: { create: '30m', update: '30m', delete: '30m' },
      },
    }],
    exports: {
      gateway_id: ref(address, 'id'),
      address_0: ref(address, 'internet_ip'),
      address_1: ref(address, 'disaster_recovery_internet_ip'),
    },
  }
}
