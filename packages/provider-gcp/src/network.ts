import { ref, type Fragment, type Resource, type Site } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import { lastSegment, type GcpOptions } from './options.ts'

/** VPC network and subnetworks of a site; with `existing` only what stands for them. */
export function network(site: Site<GcpOptions>): Fragment {
  const { existing } = site.options
  if (existing) {
    return {
      resources: (existing.subnetworks ?? []).map((subnetwork) => lookUp(site, subnetwork)),
      exports: { network_id: existing.network, network_name: lastSegment(existing.network) },
    }
  }
  const address = `google_compute_network.${site.name}`
  const vpc: Resource = {
    type: 'google_compute_network',
    name: site.name,
    body: { name: site.label, auto_create_subnetworks: false, routing_mode: 'GLOBAL' },
  }
  return {
    resources: [vpc, ...site.subnets.filter((subnet) => subnet.purpose === 'workload').map((subnet): Resource => ({
      type: 'google_compute_subnetwork',
      name: `${site.name}--${subnet.name}`,
      body: {
        name: cloudName(`${site.label}--${subnet.name}`),
        network: ref(address, 'id'),
        region: site.region,
        ip_cidr_range: subnet.cidr.toString(),
      },
    }))],
    exports: { network_id: ref(address, 'id'), network_name: ref(address, 'name') },
  }
}

function lookUp(site: Site<GcpOptions>, subnetwork: string): Resource {
  return {
    type: 'google_compute_subnetwork',
    name: `${site.name}--${lastSegment(subnetwork)}`,
    mode: 'data',
    body: subnetwork.includes('/') ? { self_link: subnetwork } : { name: subnetwork, region: site.region },
  }
}
