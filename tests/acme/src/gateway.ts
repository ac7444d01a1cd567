import { networkExport, ref, type Fragment, type Site } from '@isthmus/core'
import type { AcmeOptions } from './options.ts'

/** Names under which the gateway exports its addresses, in slot order. */
export const addressExports: readonly string[] = ['address_0', 'address_1']

/** One gateway, with two addresses, however many links use it. */
export function gateway(site: Site<AcmeOptions>): Fragment {
  const address = `acme_gateway.${site.name}`
  return {
    resources: [{ type: 'acme_gateway', name: site.name, body: { name: site.label, network_id: networkExport(site, 'network_id'), asn: site.asn, size: site.options.size } }],
    exports: { gateway_id: ref(address, 'id'), ...Object.fromEntries(addressExports.map((name, slot) => [name, ref(address, 'addresses', slot)])) },
  }
}
