import { Cidr } from '@isthmus/core'
import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { having, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, crn, demand, ibm, inRegion, invalid, newId, region } from './resource.ts'

/** Blocks that no address prefix may touch: loopback, link-local, multicast, and what IBM Cloud's own services use. */
const refused = ['127.0.0.0/8', '161.26.0.0/16', '166.8.0.0/14', '169.254.0.0/16', '224.0.0.0/3'].map((block) => Cidr.of(block))

/** Bounds of an address prefix and of a subnet; the cloud keeps five addresses of each subnet. */
const prefixBounds = { shortest: 9, longest: 28 } as const
const longestSubnet = 29

/** VPCs of a region. */
const vpcsPerRegion = 10

export const vpc: Behaviour = ibm({ noun: 'vpc', operation: 'CreateVPCWithContext' }, validateVpc, {
  create(object, context) {
    if (inRegion(context, 'ibm_is_vpc').length >= vpcsPerRegion) throw apiError('CreateVPCWithContext', 'over_quota', `The region has ${vpcsPerRegion} VPCs, which is its quota.`)
    const part = (noun: string): string => newId(`${String(object['id'])} ${noun}`, context)
    const [acl, table, group] = [part('acl'), part('table'), part('group')]
    fill(object, {
      cse_source_addresses: [], default_address_prefixes: {},
      default_network_acl: acl, default_network_acl_crn: crn('network-acl', acl, context), default_network_acl_name: 'quiet-shore-lake-wind',
      default_routing_table: table, default_routing_table_crn: crn('routing-table', table, context), default_routing_table_name: 'calm-river-hill-tree',
      default_security_group: group, default_security_group_crn: crn('security-group', group, context), default_security_group_name: 'green-field-stone-moon',
      dns: [systemDns()], health_reasons: [], health_state: 'ok', public_address_ranges: [], security_group: [], subnets: [],
    })
  },
  remove(object, context) {
    const [user] = having(context.list('ibm_is_subnet'), 'vpc', object['id'])
    if (user) throw apiError('DeleteVPCWithContext', 'vpc_in_use', `VPC ${String(object['id'])} still has subnet ${user.id}.`)
  },
})

export const addressPrefix: Behaviour = ibm({ noun: 'address-prefix', operation: 'CreateVPCAddressPrefixWithContext', scope: ['vpc'], parent: (object) => String(object['vpc']) }, () => [], {
  create(object, context) {
    const operation = 'CreateVPCAddressPrefixWithContext'
    const network = demand(context, 'ibm_is_vpc', object, 'vpc', operation)
    checkZone(object, context, operation)
    checkPrefix(object, network, context)
    fill(object, { address_prefix: String(object['id']).split('/')[1], has_subnets: false, related_crn: text(network.attributes, 'crn') })
  },
  read: (object, context) => ({ ...object, has_subnets: subnetsIn(object, context).length > 0 }),
  remove(object, context) {
    const [user] = subnetsIn(object, context)
    if (user) throw apiError('DeleteVPCAddressPrefixWithContext', 'address_prefix_in_use', `Address prefix ${String(object['cidr'])} is in use by subnet ${user.id}.`)
  },
})

export const subnet: Behaviour = ibm({ noun: 'subnet', operation: 'CreateSubnetWithContext', scope: ['vpc'] }, () => [], {
  create(object, context) {
    const network = demand(context, 'ibm_is_vpc', object, 'vpc', 'CreateSubnetWithContext')
    checkZone(object, context, 'CreateSubnetWithContext')
    const size = checkSubnet(object, network, context)
    fill(object, {
      available_ipv4_address_count: size - 5, total_ipv4_address_count: size, network_acl: text(network.attributes, 'default_network_acl'), public_gateway: '',
      routing_table: text(network.attributes, 'default_routing_table'), routing_table_crn: text(network.attributes, 'default_routing_table_crn'),
    })
  },
  remove(object, context) {
    const [user] = having(context.list('ibm_is_vpn_gateway'), 'subnet', object['id'])
    if (user) throw apiError('DeleteSubnetWithContext', 'subnet_in_use', `Subnet ${String(object['id'])} is in use by VPN gateway ${user.id}.`)
  },
})

/** Address prefixes of a VPC. */
export function prefixesOf(network: unknown, context: Context): CloudObject[] {
  return having(context.list('ibm_is_vpc_address_prefix'), 'vpc', network)
}

function validateVpc(config: Attributes): ReturnType<typeof invalid>[] {
  const management = text(config, 'address_prefix_management')
  if (management === undefined || management === 'auto' || management === 'manual') return []
  return [invalid('address_prefix_management', 'one of [auto manual]', management)]
}

/** Zones are the region's name and a number. */
export function checkZone(object: Attributes, context: Context, operation: string): void {
  const zone = text(object, 'zone') ?? ''
  if (zone.startsWith(`${region(context)}-`) && /-[1-3]$/.test(zone)) return
  throw apiError(operation, 'invalid_zone', `Zone ${zone} is not in region ${region(context)}.`, 'zone')
}

function checkPrefix(object: Attributes, network: CloudObject, context: Context): void {
  const operation = 'CreateVPCAddressPrefixWithContext'
  const block = readCidr(object['cidr'])
  if (!block || block.prefix < prefixBounds.shortest || block.prefix > prefixBounds.longest) {
    throw apiError(operation, 'validation_invalid_cidr', `${String(object['cidr'])} is no network of /${prefixBounds.shortest} to /${prefixBounds.longest}.`, 'cidr')
  }
  if (refused.some((other) => other.overlaps(block))) throw apiError(operation, 'address_prefix_reserved', `${block} overlaps addresses that cannot be used in a VPC.`, 'cidr')
  const rival = prefixesOf(network.id, context).find(({ attributes }) => readCidr(attributes['cidr'])?.overlaps(block))
  if (rival) throw apiError(operation, 'address_prefix_overlap', `${block} overlaps address prefix ${String(rival.attributes['cidr'])} of the VPC.`, 'cidr')
}

/** Checks the block of a subnet and gives its size. */
function checkSubnet(object: Attributes, network: CloudObject, context: Context): number {
  const operation = 'CreateSubnetWithContext'
  const block = readCidr(object['ipv4_cidr_block'])
  if (!block || block.prefix > longestSubnet) throw apiError(operation, 'validation_invalid_cidr', `${String(object['ipv4_cidr_block'])} is no network of /${longestSubnet} or larger.`, 'ipv4_cidr_block')
  const home = prefixesOf(network.id, context).find(({ attributes }) => attributes['zone'] === object['zone'] && readCidr(attributes['cidr'])?.contains(block))
  if (!home) throw apiError(operation, 'invalid_subnet_cidr', `${block} is in no address prefix of the VPC in zone ${String(object['zone'])}.`, 'ipv4_cidr_block')
  const rival = having(context.list('ibm_is_subnet'), 'vpc', network.id).find(({ attributes }) => readCidr(attributes['ipv4_cidr_block'])?.overlaps(block))
  if (rival) throw apiError(operation, 'subnet_cidr_overlap', `${block} overlaps subnet ${String(rival.attributes['name'])}.`, 'ipv4_cidr_block')
  return Number(block.size)
}

function subnetsIn(prefix: Attributes, context: Context): CloudObject[] {
  const block = readCidr(prefix['cidr'])
  return having(context.list('ibm_is_subnet'), 'vpc', prefix['vpc']).filter(({ attributes }) => {
    const inner = readCidr(attributes['ipv4_cidr_block'])
    return inner !== undefined && block?.contains(inner) === true
  })
}

function systemDns(): Attributes {
  const servers = ['161.26.0.10', '161.26.0.11'].map((address) => ({ address, zone_affinity: '' }))
  const resolver = { configuration: 'default', dns_binding_id: '', dns_binding_name: '', manual_servers: [], servers, type: 'system', vpc_crn: null, vpc_id: null, vpc_name: '', vpc_remote_account_id: '', vpc_remote_region: '' }
  return { enable_hub: false, resolution_binding_count: 0, resolver: [resolver] }
}
