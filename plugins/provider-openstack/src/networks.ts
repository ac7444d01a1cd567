import { inAddressOrder, knownText, nameInSite, parseCidr, textOf, textsOf, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'
import { askedName, attachment } from './lookup.ts'

/** The networks of a set, made or looked up; an external network that a router was given is none of them. */
export function networks(resources: ResourceSet): NetworkView[] {
  return ['', 'data.'].flatMap((mode) => resources.ofType(`${mode}openstack_networking_network_v2`).filter(({ values }) => values['external'] !== true).map((network) => {
    const own = resources.ofType(`${mode}openstack_networking_subnet_v2`).filter(({ name, values }) => name !== askedName(network.name) && resources.follow(values['network_id'], network.type) === network)
    const subnets = inAddressOrder(own.flatMap((subnet) => subnetOf(resources, subnet, network)))
    return {
      cloud: 'openstack',
      site: network.name,
      address: network.address,
      id: knownText(resources, network, 'id'),
      name: knownText(resources, network, 'name'),
      cidrs: subnets.map(({ cidr }) => cidr),
      subnets,
      details: { routers: routersOf(resources, network, mode), attached: attachedOf(resources, network, subnets) },
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

/** Nothing but their names says that routers belong to a network: its own, or its own and a kind of router. */
function routersOf(resources: ResourceSet, network: ResourceView, mode: string): Record<string, string> {
  const own = resources.ofType(`${mode}openstack_networking_router_v2`).filter(({ name }) => name === network.name || name.startsWith(`${network.name}--`))
  return Object.fromEntries(own.flatMap(({ values }): [string, string][] => {
    const id = textOf(values['id'])
    return id === undefined ? [] : [[id, textOf(values['external_network_id']) ?? '']]
  }))
}

/** Subnets that ports of routers have addresses in, as {@link attachment}. */
function attachedOf(resources: ResourceSet, network: ResourceView, subnets: readonly SubnetView[]): string[] {
  const ports = resources.ofType('data.openstack_networking_port_v2').filter(({ name }) => name.startsWith(`${network.name}--`))
  return ports.flatMap(({ values }) => textsOf(values['all_fixed_ips']).flatMap((address) => {
    const [id, router] = [textOf(subnets.find(({ cidr }) => holds(cidr, address))?.id), textOf(values['device_id'])]
    return id === undefined || router === undefined ? [] : [attachment(id, router)]
  }))
}

/** Only IPv4 subnets are asked about, so an address is one of theirs with all its bits. */
function holds(cidr: string, address: string): boolean {
  const [block, host] = [parseCidr(cidr), parseCidr(`${address}/32`)]
  return block.ok && host.ok && block.cidr.contains(host.cidr)
}
