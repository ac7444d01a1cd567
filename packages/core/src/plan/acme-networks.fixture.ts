import { knownText } from '../agreement/attribute-value.ts'
import type { ResourceSet, ResourceView } from '../agreement/end-view.ts'
import { adoptedFields, lacking } from '../provider/adopted.ts'
import { inAddressOrder, type ExistingNetworks, type NetworkView } from '../provider/network-view.ts'
import { ref } from '../stack/value.ts'

/** Reads the networks of an invented cloud, those it made and those it looked up. */
export function acmeNetworks(id: string, resources: ResourceSet): NetworkView[] {
  return [...resources.ofType(`${id}_network`), ...resources.ofType(`data.${id}_network`)].map((network) => {
    const subnets = resources.ofType(`${id}_subnet`).filter((subnet) => resources.follow(subnet.values['network_id'], network.type)?.address === network.address)
    const cidrs: unknown = network.values['cidrs']
    return {
      cloud: id,
      site: network.name,
      address: network.address,
      id: knownText(resources, network, 'id'),
      name: knownText(resources, network, 'label'),
      cidrs: Array.isArray(cidrs) ? cidrs.map(String) : [],
      subnets: inAddressOrder(subnets.map((subnet) => subnetOf(resources, subnet))),
      details: {},
    }
  })
}

/** Networks of an invented cloud have ids such as `n-7`, and need a block to be used. */
export function acmeExisting(id: string): ExistingNetworks {
  return {
    id: { pattern: /^n-\d+$/, example: 'n-7' },
    lookup: ({ name, id: network }) => ({
      resources: [{ type: `${id}_network`, name, mode: 'data', body: { id: network } }],
      exports: { network_id: ref(`data.${id}_network.${name}`, 'id') },
    }),
    adopt: (view) => (view.cidrs.length > 0 ? adoptedFields(view, {}) : lacking(view, 'no address block', 'add one')),
  }
}

function subnetOf(resources: ResourceSet, subnet: ResourceView): NetworkView['subnets'][number] {
  return { name: String(subnet.values['name']), id: knownText(resources, subnet, 'id'), cidr: String(subnet.values['cidr']) }
}
