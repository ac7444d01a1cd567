import type { CloudObject } from '@isthmus/provider-kit/simulated-cloud'

const [network, router, subnet, port] = ['a', 'b', 'c', 'd'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`)

/** Ids of a network that somebody made by hand, as the option `existing` takes them. */
export const adoptedIds = { network: String(network), router: String(router), subnets: [String(subnet)] }

const object = (type: string, id: unknown, attributes: Readonly<Record<string, unknown>>): CloudObject => ({ type: `openstack_networking_${type}_v2`, id: String(id), attributes: { id, region: 'RegionOne', ...attributes } })

const [isolated, lonely] = ['e', 'f'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`)

/** Ids of a network that no router leads out of. */
export const isolatedIds = { network: String(isolated), subnets: [String(lonely)] }

/** Both networks in the simulated cloud, the router with an external gateway. */
export const adopted: readonly CloudObject[] = [
  object('network', network, { name: 'old', external: false, admin_state_up: true, shared: false }),
  object('subnet', subnet, { name: 'old', network_id: network, cidr: '10.72.0.0/24', ip_version: 4, gateway_ip: '10.72.0.1', enable_dhcp: true }),
  object('network', isolated, { name: 'isolated', external: false, admin_state_up: true, shared: false }),
  object('subnet', lonely, { name: 'lonely', network_id: isolated, cidr: '10.72.0.0/24', ip_version: 4, gateway_ip: '10.72.0.1', enable_dhcp: true }),
  object('router', router, { name: 'edge', external_network_id: 'public-net', external_fixed_ip: [{ ip_address: '203.0.113.250', subnet_id: 'public-subnet' }] }),
  object('router_interface', port, { router_id: router, subnet_id: subnet, port_id: port }),
]
