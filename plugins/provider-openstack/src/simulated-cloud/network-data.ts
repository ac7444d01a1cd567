import { having, Refusal, text, type Attributes, type CloudObject, type Context, type DataBehaviour } from '@isthmus/provider-kit/simulated-cloud'
import { externalNetwork } from './network.ts'

/** A network of the project or the external one, by id, name and whether it is external. */
export const networkData: DataBehaviour = (config, context) => {
  const own = context.list('openstack_networking_network_v2').map((network) => shownNetwork(network, context))
  const { found, answer } = single([...own, externalNetwork(context)], config, { network_id: 'id', name: 'name', external: 'external' }, ['Your query returned no results', 'Your query returned more than one result'])
  return { ...answer, network_id: found['id'] }
}

/** A subnet of the project by id, name and network. */
export const subnetData: DataBehaviour = (config, context) => {
  const { found, answer } = single(context.list('openstack_networking_subnet_v2').map(shown), config, { subnet_id: 'id', name: 'name', network_id: 'network_id' }, ['Your query returned no openstack_networking_subnet_v2', 'Your query returned more than one openstack_networking_subnet_v2'])
  return { ...answer, subnet_id: found['id'], allocation_pools: found['allocation_pool'], dhcp_enabled: found['enable_dhcp'], host_routes: [], dns_nameservers: found['dns_nameservers'] ?? [] }
}

/** A router of the project by id and name. */
export const routerData: DataBehaviour = (config, context) => {
  const { found, answer } = single(context.list('openstack_networking_router_v2').map(shown), config, { router_id: 'id', name: 'name' }, ['No Router found', 'More than one Router found'])
  return { ...answer, router_id: found['id'], routes: [], status: 'ACTIVE' }
}

function shown({ id, attributes }: CloudObject): Attributes {
  return { ...attributes, id }
}

/** A data source spells two of its flags as text. */
function shownNetwork(network: CloudObject, context: Context): Attributes {
  const subnets = having(context.list('openstack_networking_subnet_v2'), 'network_id', network.id).map(({ id }) => id)
  const { admin_state_up: isUp, shared } = network.attributes
  return { ...shown(network), admin_state_up: String(isUp), shared: String(shared), status: 'ACTIVE', subnets }
}

/** The one object that fits every argument that is given. @param said where none fits, and where several do */
export function single(objects: readonly Attributes[], config: Attributes, names: Readonly<Record<string, string>>, said: readonly [none: string, several: string]): { found: Attributes; answer: Attributes } {
  const fitting = objects.filter((object) => Object.entries(names).every(([argument, name]) => !isGiven(config, argument) || config[argument] === object[name]))
  const [found] = fitting
  if (!found) throw new Refusal(said[0], 'Please change your search criteria and try again.')
  if (fitting.length > 1) throw new Refusal(said[1], `${fitting.length} fit. Please try a more specific search criteria.`)
  return { found, answer: { ...found } }
}

/** Whether a query states an argument. */
export function isGiven(config: Attributes, argument: string): boolean {
  return typeof config[argument] === 'boolean' || Boolean(text(config, argument))
}
