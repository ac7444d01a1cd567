import { fill, having, text, type Behaviour } from '@isthmus/provider-kit/simulated-cloud'
import { demand, openstack, refusal } from './resource.ts'
import { externalAddress } from './router.ts'

export const vpnService: Behaviour = openstack(['router_id', 'name'], {
  create(object, context) {
    const router = demand(context, 'openstack_networking_router_v2', object, 'router_id', 'Router')
    const address = externalAddress(router.attributes)
    if (address === undefined) throw refusal(400, 'RouterIsNotExternal', `Router ${router.id} has no external network gateway set`, 'router_id')
    const subnet = text(object, 'subnet_id')
    const attached = having(context.list('openstack_networking_router_interface_v2'), 'router_id', router.id)
    if (subnet && having(attached, 'subnet_id', subnet).length === 0) {
      throw refusal(400, 'SubnetIsNotConnectedToRouter', `Subnet ${subnet} is not connected to Router ${router.id}`, 'subnet_id')
    }
    // It stays PENDING_CREATE until its first connection makes an agent look at it.
    fill(object, { external_v4_ip: address, external_v6_ip: '', status: 'PENDING_CREATE' })
  },
  read: (object, context) => ({ ...object, status: having(context.list('openstack_vpnaas_site_connection_v2'), 'vpnservice_id', object['id']).length > 0 ? 'ACTIVE' : 'PENDING_CREATE' }),
  remove(object, context) {
    const [user] = having(context.list('openstack_vpnaas_site_connection_v2'), 'vpnservice_id', object['id'])
    if (user) throw refusal(409, 'VPNServiceInUse', `VPNService ${String(object['id'])} is still in use`)
  },
})
