import { adoptedFields, eachValue, lacking, notApplied, ref, textOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkReference, type NetworkView } from '@isthmus/core'
import type { OpenstackOptions } from './options.ts'

/** Nothing of a network says which router joins it to the outside, so the id names both. */
const networkAndRouter = /^([0-9a-f-]{36})\/([0-9a-f-]{36})$/

/** Networks that are there already. */
export const existing: ExistingNetworks<OpenstackOptions> = {
  id: { pattern: networkAndRouter, example: '6b1c7f2e-93a4-4d0e-8c55-0f1f6a2f9a10/2f0d6c1b-7f6e-4b1f-9d0a-51c3a4d7be33, the ids of the network and of its router' },
  lookup,
  adopt,
}

function lookup({ name, id }: NetworkReference<OpenstackOptions>): Fragment {
  const [, network = '', router = ''] = networkAndRouter.exec(id) ?? []
  const address = `data.openstack_networking_network_v2.${name}`
  return {
    resources: [
      { type: 'openstack_networking_network_v2', name, mode: 'data', body: { network_id: network } },
      { type: 'openstack_networking_router_v2', name, mode: 'data', body: { router_id: router } },
      { type: 'openstack_networking_subnet_v2', name, mode: 'data', forEach: ref(address, 'subnets'), body: { subnet_id: eachValue } },
    ],
    exports: { network_id: ref(address, 'id'), router_id: ref(`data.openstack_networking_router_v2.${name}`, 'id') },
  }
}

function adopt(view: NetworkView): Adopted {
  const [network, router] = [textOf(view.id), textOf(view.details['router'])]
  const subnets = view.subnets.map(({ id }) => textOf(id))
  if (network === undefined || router === undefined || !subnets.every((id) => id !== undefined)) return notApplied(view)
  if (subnets.length === 0) return lacking(view, 'no IPv4 subnet', 'add one and attach it to the router')
  if (textOf(view.details['externalNetwork']) === undefined) return lacking(view, `the router ${router} without an external gateway`, `run openstack router set --external-gateway <network> ${router}`)
  return adoptedFields(view, { existing: { network, router, subnets } })
}
