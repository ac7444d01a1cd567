import { ref, type Fragment, type Resource, type Site } from '@isthmus/core'
import type { AcmeOptions } from './options.ts'

/** A yard with its beds. */
export function network(site: Site<AcmeOptions>): Fragment {
  const id = ref(`acme_network.${site.name}`, 'id')
  const subnets = site.subnets.map((subnet): Resource => ({
    type: 'acme_subnet',
    name: `${site.name}--${subnet.name}`,
    body: { network_id: id, name: subnet.name, cidr: subnet.cidr.toString(), ...(subnet.zone === undefined ? {} : { zone: subnet.zone }) },
  }))
  return { resources: [{ type: 'acme_network', name: site.name, body: { name: site.label, cidrs: site.cidrs.map(String) } }, ...subnets], exports: { network_id: id } }
}
