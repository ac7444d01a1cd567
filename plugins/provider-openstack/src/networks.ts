import { inAddressOrder, knownText, nameInSite, textOf, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'

/** The networks of a set, made or looked up; an external network that a router was given is none of them. */
export function networks(resources: ResourceSet): NetworkView[] {
  return ['', 'data.'].flatMap((mode) => resources.ofType(`${mode}openstack_networking_network_v2`).filter(({ values }) => values['external'] !== true).map((network) => {
    const own = resources.ofType(`${mode}openstack_networking_subnet_v2`).filter(({ values }) => resources.follow(values['network_id'], network.type) === network)
    const subnets = inAddressOrder(own.flatMap((subnet) => subnetOf(resources, subnet, network)))
    return {
      cloud: 'openstack',
      site: network.name,
      address: network.address,
      id: knownText(resources, network, 'id'),
      name: knownText(resources, network, 'name'),
      cidrs: subnets.map(({ cidr }) => cidr),
      subnets,
      details: routerDetails(resources, network, mode),
    }
  }))
}

/** Only networks with IPv4 subnets can be linked, so others are not shown. */
function subnetOf(resources: ResourceSet, subnet: ResourceView, network: ResourceView): SubnetView[] {
  const cidr = textOf(subnet.values['cidr'])
  if (cidr === undefined || cidr.includes(':')) return []
  const name = nameInSite(subnet, network) ?? textOf(subnet.values['name']) ?? subnet.name
  return [{ name, id: knownText(resources, subnet, 'id'), cidr, purpose: 'workload' }]
}

/** Nothing but their common name says that a router belongs to a network. */
function routerDetails(resources: ResourceSet, network: ResourceView, mode: string): NetworkView['details'] {
  const router = resources.ofType(`${mode}openstack_networking_router_v2`).find(({ name }) => name === network.name)
  const [id, external] = [textOf(router?.values['id']), textOf(router?.values['external_network_id'])]
  return { ...(id === undefined ? {} : { router: id }), ...(external === undefined ? {} : { externalNetwork: external }) }
}
