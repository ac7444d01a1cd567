import { InMemoryCloud, refusalOf, type Attributes } from '@isthmus/provider-kit/simulated-cloud'
import { simulatedCloud } from './index.ts'

/** A cloud without anything in it. */
export function inMemory(): InMemoryCloud {
  return new InMemoryCloud(simulatedCloud, { region: 'RegionOne' })
}

/** A linked site as far as its service; connections and what they need are up to a test. */
export function sample(): { cloud: InMemoryCloud } & Record<'network' | 'subnet' | 'router' | 'port' | 'service' | 'local' | 'peer' | 'ike' | 'ipsec', Attributes> & { connect(change?: Attributes): Attributes } {
  const cloud = inMemory()
  const network = cloud.create('openstack_networking_network_v2', { name: 'net' })
  const subnet = cloud.create('openstack_networking_subnet_v2', { name: 'apps', network_id: network['id'], cidr: '10.1.0.0/24', ip_version: 4 })
  const router = cloud.create('openstack_networking_router_v2', { name: 'edge', external_network_id: cloud.data('openstack_networking_network_v2', { external: true })['id'] })
  const port = cloud.create('openstack_networking_router_interface_v2', { router_id: router['id'], subnet_id: subnet['id'] })
  const service = cloud.create('openstack_vpnaas_service_v2', { name: 'vpn', router_id: router['id'] })
  const local = cloud.create('openstack_vpnaas_endpoint_group_v2', { name: 'local', type: 'subnet', endpoints: [subnet['id']] })
  const peer = cloud.create('openstack_vpnaas_endpoint_group_v2', { name: 'peer', type: 'cidr', endpoints: ['10.2.0.0/16'] })
  const ike = cloud.create('openstack_vpnaas_ike_policy_v2', { name: 'p' })
  const ipsec = cloud.create('openstack_vpnaas_ipsec_policy_v2', { name: 'p' })
  const connect = (change: Attributes = {}): Attributes => cloud.create('openstack_vpnaas_site_connection_v2', {
    name: 'one', vpnservice_id: service['id'], ikepolicy_id: ike['id'], ipsecpolicy_id: ipsec['id'], local_ep_group_id: local['id'], peer_ep_group_id: peer['id'],
    peer_address: '198.51.100.9', peer_id: '198.51.100.9', psk: 'aKey', ...change,
  })
  return { cloud, network, subnet, router, port, service, local, peer, ike, ipsec, connect }
}

/** What an action was refused with, in words. */
export function refused(action: () => unknown): string {
  const { message, detail } = refusalOf(action)
  return `${message} ${detail}`
}
