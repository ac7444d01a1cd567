import { Cidr, parseCidr } from '@isthmus/core'
import { fill, having, text, type Attributes, type Behaviour, type CloudObject, type Context } from '@isthmus/provider-kit/simulated-cloud'
import { idOf, openstack, refusal, region, demand } from './resource.ts'

/** Networks that a subnet cannot be in, whatever the cloud. */
const notForSubnets = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'].map((reserved) => Cidr.of(reserved))

/** Longest prefix of a subnet that DHCP can serve. */
const longestPrefix = 30

export const network: Behaviour = openstack(['name'], {
  create(object, context) {
    fill(object, {
      admin_state_up: true, availability_zone_hints: [], dns_domain: '', external: false, mtu: 1450, port_security_enabled: true, qos_policy_id: '', segments: [],
      shared: false, transparent_vlan: false,
    })
    if (object['external'] === true) throw refusal(409, 'PolicyNotAuthorized', `rule:create_network:router:external is disallowed by policy in ${region(context)}`, 'external')
  },
  remove(object, context) {
    const [user] = having(context.list('openstack_networking_subnet_v2'), 'network_id', object['id'])
    if (user) throw refusal(409, 'NetworkInUse', `Unable to complete operation on network ${String(object['id'])}. There are one or more ports still in use on the network.`)
  },
})

export const subnet: Behaviour = openstack(['network_id', 'cidr'], {
  create(object, context) {
    const home = demand(context, 'openstack_networking_network_v2', object, 'network_id', 'Network')
    const block = checkBlock(object, home, context)
    fill(object, {
      allocation_pool: [{ start: block.host(2).toString(), end: block.host(block.size - 2n).toString() }], enable_dhcp: true, gateway_ip: block.host(1).toString(),
      ipv6_address_mode: '', ipv6_ra_mode: '', service_types: [],
    })
  },
  remove(object, context) {
    const group = groupsWith(object['id'], context)[0]
    if (group) throw refusal(409, 'SubnetInUseByEndpointGroup', `Subnet ${String(object['id'])} is used by endpoint group ${group.id}`)
    const [port] = having(context.list('openstack_networking_router_interface_v2'), 'subnet_id', object['id'])
    if (port) throw refusal(409, 'SubnetInUse', `Unable to complete operation on subnet ${String(object['id'])}: One or more ports have an IP allocation from this subnet.`)
  },
})

/** The external network that whoever runs a cloud has made. */
export function externalNetwork(context: Context): Attributes {
  const id = idOf(`external network of ${region(context)}`, context)
  return {
    id, network_id: id, name: 'public', external: true, admin_state_up: 'true', shared: 'false', mtu: 1500, status: 'ACTIVE', region: region(context), description: '', dns_domain: '',
    all_tags: [], availability_zone_hints: [], segments: [], subnets: [idOf(`external subnet of ${region(context)}`, context)], tenant_id: 'admin', transparent_vlan: false,
  }
}

/** Endpoint groups that a subnet is in. */
export function groupsWith(subnetId: unknown, context: Context): CloudObject[] {
  return context.list('openstack_vpnaas_endpoint_group_v2').filter(({ attributes }) => {
    const endpoints: unknown = attributes['endpoints']
    return attributes['type'] === 'subnet' && Array.isArray(endpoints) && endpoints.includes(subnetId)
  })
}

function checkBlock(object: Attributes, home: CloudObject, context: Context): Cidr {
  const parsed = parseCidr(text(object, 'cidr') ?? '')
  if (!parsed.ok) throw refusal(400, 'HTTPBadRequest', `Invalid input for cidr. Reason: '${String(object['cidr'])}' is not a valid CIDR.`, 'cidr')
  const { cidr } = parsed
  if (cidr.family !== object['ip_version']) throw refusal(400, 'InvalidInput', `Invalid input for operation: cidr ${cidr} does not match the ip_version ${String(object['ip_version'])}.`, 'cidr')
  if (cidr.family === 4 && (cidr.prefix > longestPrefix || notForSubnets.some((reserved) => reserved.overlaps(cidr)))) {
    throw refusal(400, 'InvalidInput', `Invalid input for operation: ${cidr} is no block for a subnet.`, 'cidr')
  }
  const rival = having(context.list('openstack_networking_subnet_v2'), 'network_id', home.id).find(({ attributes }) => {
    const other = parseCidr(String(attributes['cidr']))
    return other.ok && other.cidr.overlaps(cidr)
  })
  if (rival) throw refusal(400, 'InvalidInput', `Invalid input for operation: Requested subnet with cidr: ${cidr} for network: ${home.id} overlaps with another subnet.`, 'cidr')
  return cidr
}
