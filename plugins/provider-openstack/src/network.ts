import { type Fragment, ref, type Reference, type Resource, type Site, type Subnet, type Value } from '@isthmus/core'
import { type OpenstackOptions, uuid } from './options.ts'

/** The site's network, its subnets and the router that joins them to the outside, or the ids of what exists. */
export function network(site: Site<OpenstackOptions>): Fragment {
  const { existing } = site.options
  if (existing) return existingNetwork(site, existing)
  const address = `openstack_networking_network_v2.${site.name}`
  const own: Resource[] = [
    { type: 'openstack_networking_network_v2', name: site.name, body: { name: site.label, admin_state_up: true, ...tagged(site) } },
    ...site.subnets.map((subnet) => subnetResource(site, subnet)),
  ]
  const subnets = [...site.subnets].sort((a, b) => (a.name < b.name ? -1 : 1))
  if (site.unlinked) return { resources: own, exports: { network_id: ref(address, 'id'), subnet_ids: subnets.map((subnet) => ref(subnetAddress(site, subnet), 'id')) } }
  return {
    resources: [...own, ...router(site), ...site.subnets.map((subnet) => routerInterface(site, nameOf(site, subnet), ref(subnetAddress(site, subnet), 'id')))],
    exports: { network_id: ref(address, 'id'), ...routerExports(site, subnets.map((subnet) => nameOf(site, subnet))) },
  }
}

/** Nothing is made in a network that exists but a router, where it has none and is linked. */
function existingNetwork(site: Site<OpenstackOptions>, { network: id, router: given, subnets }: NonNullable<OpenstackOptions['existing']>): Fragment {
  if (given !== undefined) return { resources: [], exports: { network_id: id, router_id: given, subnet_ids: [...subnets] } }
  if (site.unlinked) return { resources: [], exports: { network_id: id, subnet_ids: [...subnets] } }
  const interfaces = [...subnets].sort().map((subnet) => routerInterface(site, `${site.name}--${subnet}`, subnet))
  return { resources: [...router(site), ...interfaces], exports: { network_id: id, ...routerExports(site, interfaces.map(({ name }) => name)) } }
}

/** The router, and the subnets by way of their interfaces: a site connection is refused while a subnet is not attached to the router. */
function routerExports(site: Site<OpenstackOptions>, interfaces: readonly string[]): Fragment['exports'] {
  return {
    router_id: ref(`openstack_networking_router_v2.${site.name}`, 'id'),
    subnet_ids: interfaces.map((name): Value => ref(`openstack_networking_router_interface_v2.${name}`, 'subnet_id')),
  }
}

/** `tags` where the user gave some. */
export function tagged(site: Site<OpenstackOptions>): Readonly<Record<string, Value>> {
  return site.options.tags ? { tags: site.options.tags } : {}
}

function nameOf(site: Site<OpenstackOptions>, subnet: Subnet): string {
  return `${site.name}--${subnet.name}`
}

function subnetAddress(site: Site<OpenstackOptions>, subnet: Subnet): string {
  return `openstack_networking_subnet_v2.${nameOf(site, subnet)}`
}

/** A subnet has no zone, so a zone of the order has no place here. */
function subnetResource(site: Site<OpenstackOptions>, subnet: Subnet): Resource {
  return {
    type: 'openstack_networking_subnet_v2',
    name: nameOf(site, subnet),
    body: {
      name: subnet.name, network_id: ref(`openstack_networking_network_v2.${site.name}`, 'id'), cidr: subnet.cidr.toString(), ip_version: subnet.cidr.family, ...tagged(site),
    },
  }
}

/** The router with its external gateway, and before it the external network where it has to be looked up. */
function router(site: Site<OpenstackOptions>): Resource[] {
  const { externalNetwork } = site.options
  const isId = externalNetwork !== undefined && uuid.test(externalNetwork)
  const lookup: Resource = {
    type: 'openstack_networking_network_v2', name: `${site.name}--external`, mode: 'data', body: { external: true, ...(externalNetwork === undefined ? {} : { name: externalNetwork }) },
  }
  const external: string | Reference = isId ? externalNetwork : ref(`data.${lookup.type}.${lookup.name}`, 'id')
  return [
    ...(isId ? [] : [lookup]),
    { type: 'openstack_networking_router_v2', name: site.name, body: { name: site.label, admin_state_up: true, external_network_id: external, ...tagged(site) } },
  ]
}

function routerInterface(site: Site<OpenstackOptions>, name: string, subnet: Value): Resource {
  return { type: 'openstack_networking_router_interface_v2', name, body: { router_id: ref(`openstack_networking_router_v2.${site.name}`, 'id'), subnet_id: subnet } }
}
