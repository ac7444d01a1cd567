import { block, fill, having, text, type Attributes, type Behaviour, type Context } from '@isthmus/provider-kit/simulated-cloud'
import { externalNetwork, groupsWith } from './network.ts'
import { demand, idOf, openstack, refusal, region } from './resource.ts'

export const router: Behaviour = openstack(['name'], {
  create(object, context) {
    fill(object, { admin_state_up: true, availability_zone_hints: [], distributed: false, external_qos_policy_id: '' })
    attach(object, context)
  },
  update(prior, object, context) {
    if (prior['external_network_id'] !== object['external_network_id']) {
      const [service] = having(context.list('openstack_vpnaas_service_v2'), 'router_id', object['id'])
      if (service) throw inUse(object, service.id)
      delete object['external_fixed_ip']
    }
    attach(object, context)
  },
  remove(object, context) {
    const [service] = having(context.list('openstack_vpnaas_service_v2'), 'router_id', object['id'])
    if (service) throw inUse(object, service.id)
    const [port] = having(context.list('openstack_networking_router_interface_v2'), 'router_id', object['id'])
    if (port) throw refusal(409, 'RouterInUse', `Router ${String(object['id'])} still has ports`)
  },
})

export const routerInterface: Behaviour = openstack(['router_id', 'subnet_id'], {
  create(object, context) {
    demand(context, 'openstack_networking_router_v2', object, 'router_id', 'Router')
    const { id } = demand(context, 'openstack_networking_subnet_v2', object, 'subnet_id', 'Subnet')
    const [twin] = having(having(context.list('openstack_networking_router_interface_v2'), 'router_id', object['router_id']), 'subnet_id', id)
    if (twin) throw refusal(400, 'BadRequest', `Bad router request: Router already has a port on subnet ${id}.`, 'subnet_id')
    const [taken] = having(context.list('openstack_networking_router_interface_v2'), 'subnet_id', id)
    if (taken) throw refusal(409, 'IpAddressInUse', `Unable to complete operation for subnet ${id}: the address of its gateway is in use by router ${String(taken.attributes['router_id'])}.`, 'subnet_id')
    fill(object, { port_id: object['id'] })
  },
  remove(object, context) {
    const [service] = having(context.list('openstack_vpnaas_service_v2'), 'subnet_id', object['subnet_id'])
    if (service) throw refusal(409, 'SubnetInUseByVPNService', `Subnet ${String(object['subnet_id'])} is used by VPNService ${service.id}`)
    const [group] = groupsWith(object['subnet_id'], context)
    if (group) throw refusal(409, 'SubnetInUseByEndpointGroup', `Subnet ${String(object['subnet_id'])} is used by endpoint group ${group.id}`)
  },
})

/** Public address of a router; undefined without an external gateway. */
export function externalAddress(attributes: Attributes): string | undefined {
  const address = block(attributes, 'external_fixed_ip')?.['ip_address']
  return typeof address === 'string' && address !== '' ? address : undefined
}

/** Gives a router with an external gateway its address, the same one each time. */
function attach(object: Attributes, context: Context): void {
  const wanted = text(object, 'external_network_id')
  if (!wanted) {
    fill(object, { external_network_id: '', enable_snat: false, external_fixed_ip: [] })
    return
  }
  const external = externalNetwork(context)
  const known = context.find('openstack_networking_network_v2', wanted)
  if (wanted !== external['id']) {
    if (!known) throw refusal(404, 'NetworkNotFound', `Network ${wanted} could not be found.`, 'external_network_id')
    if (known.attributes['external'] !== true) throw refusal(400, 'BadRequest', `Bad router request: Network ${wanted} is not an external network.`, 'external_network_id')
  }
  const address = context.address(`openstack router ${String(object['id'])} ${wanted}`)
  fill(object, { enable_snat: true, external_fixed_ip: [{ ip_address: address, subnet_id: idOf(`external subnet of ${region(context)}`, context) }] })
}

function inUse(object: Attributes, service: string): Error {
  return refusal(409, 'RouterInUse', `Router ${String(object['id'])} is currently used by VPN service (${service})`)
}
