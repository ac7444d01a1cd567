import { having, text, type Attributes, type CloudObject, type Context, type DataBehaviour } from '@isthmus/provider-kit/simulated-cloud'
import { isGiven, single } from './network-data.ts'

const filters = { port_id: 'id', network_id: 'network_id', device_id: 'device_id', device_owner: 'device_owner' } as const

/** Ports of routers by network, device and owner; other ports are not simulated. None is an answer too. */
export const portIdsData: DataBehaviour = (config, context) => {
  const fitting = portsOf(context).filter((port) => Object.entries(filters).every(([argument, name]) => !isGiven(config, argument) || config[argument] === port[name]))
  const ids = fitting.map(({ id }) => id)
  return { id: context.digest(ids.join(' ')).slice(0, 10), ids }
}

/** The one port that fits. */
export const portData: DataBehaviour = (config, context) => {
  const { found, answer } = single(portsOf(context), config, filters, ['No openstack_networking_port_v2 found', 'More than one openstack_networking_port_v2 found'])
  return { ...answer, port_id: found['id'] }
}

/** Each interface of a router is a port with the address that the subnet keeps for its gateway. */
function portsOf(context: Context): Attributes[] {
  return context.list('openstack_networking_router_interface_v2').map(({ id, attributes }) => {
    const subnet = having(context.list('openstack_networking_subnet_v2'), 'id', attributes['subnet_id'])[0]
    return { id, network_id: subnet?.attributes['network_id'] ?? '', device_id: attributes['router_id'], device_owner: 'network:router_interface', status: 'ACTIVE', all_fixed_ips: gatewayOf(subnet) }
  })
}

function gatewayOf(subnet: CloudObject | undefined): string[] {
  const address = subnet && text(subnet.attributes, 'gateway_ip')
  return address === undefined ? [] : [address]
}
