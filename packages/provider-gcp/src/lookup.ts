import { adoptedFields, eachValue, lacking, notApplied, ref, textOf, textsOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkReference, type NetworkView } from '@isthmus/core'
import { lastSegment, networkLink, type GcpOptions } from './options.ts'

/** VPC networks that are there already. */
export const existing: ExistingNetworks<GcpOptions> = {
  id: { pattern: networkLink, example: 'projects/my-project/global/networks/my-network, or my-network in the project of the credentials' },
  lookup,
  // terraform-provider-google@2238904, google/services/compute/data_source_google_compute_network.go: HandleDataSourceNotFoundError.
  missing: /global\/networks\/\S+ not found/,
  adopt,
}

function lookup({ name, id }: NetworkReference<GcpOptions>): Fragment {
  const network = `data.google_compute_network.${name}`
  const project = /projects\/([^/]+)\//.exec(id)?.[1]
  return {
    resources: [
      { type: 'google_compute_network', name, mode: 'data', body: { name: lastSegment(id), ...(project === undefined ? {} : { project }) } },
      { type: 'google_compute_subnetwork', name, mode: 'data', forEach: ref(network, 'subnetworks_self_links'), body: { self_link: eachValue } },
    ],
    exports: { network_id: ref(network, 'id'), network_name: ref(network, 'name') },
  }
}

function adopt(view: NetworkView): Adopted {
  const network = textOf(view.id)
  if (network === undefined) return notApplied(view)
  if (view.subnets.length === 0) return lacking(view, 'no subnetwork', 'add one, because a network has no addresses of its own')
  return adoptedFields(view, { existing: { network, subnetworks: textsOf(view.details['subnetworks']) } })
}
