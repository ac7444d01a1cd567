import { Cidr } from '@isthmus/core'
import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr, readCidrs } from '../addresses.ts'
import { having, text, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { demand, invalidValue, keepWhileUsed, region, shortId, vpcResource } from './resource.ts'

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((block) => Cidr.of(block))

/** Prefix lengths of a VPC and of a subnet (cloud-barista/cb-tumblebug, assets/networkinfo.yaml). */
const vpcPrefix = { min: 12, max: 28 }
const subnetPrefix = { min: 16, max: 29 }

/** Addresses of each subnet that the cloud keeps for itself. */
const reservedAddresses = 3

const insideVpc = ['tencentcloud_subnet', 'tencentcloud_route_table', 'tencentcloud_vpn_gateway']

export const vpc: Behaviour = vpcResource({ prefix: 'vpc', key: ['name', 'cidr_block'] }, () => [], {
  create(object, context) {
    checkVpcBlock(object, 'cidr_block', object['cidr_block'])
    fill(object, { assistant_cidrs: [] })
    for (const block of texts(object, 'assistant_cidrs')) checkVpcBlock(object, 'assistant_cidrs', block)
    fill(object, {
      default_route_table_id: shortId('rtb', String(object['id']), context),
      // The cloud's own resolvers.
      dns_servers: ['183.60.83.19', '183.60.82.98'],
      docker_assistant_cidrs: [],
      enable_route_vpc_publish: false,
      enable_route_vpc_publish_ipv6: false,
      is_default: false,
      is_multicast: true,
    })
  },
  update(_prior, object) {
    for (const block of texts(object, 'assistant_cidrs')) checkVpcBlock(object, 'assistant_cidrs', block)
  },
  remove(object, context) {
    for (const type of insideVpc) keepWhileUsed('VPC', object, having(context.list(type), 'vpc_id', object['id'])[0])
  },
})

export const subnet: Behaviour = vpcResource({ prefix: 'subnet', key: ['vpc_id', 'cidr_block'] }, () => [], {
  create(object, context) {
    const network = demand(context, 'tencentcloud_vpc', object, 'vpc_id')
    const block = checkSubnetBlock(object, network, context)
    const zone = text(object, 'availability_zone') ?? ''
    if (!new RegExp(`^${region(context)}-\\d+$`).test(zone)) {
      throw invalidValue('', object, 'availability_zone', `the region ${region(context)} has no such zone.`)
    }
    fill(object, {
      available_ip_count: Number(block.size) - reservedAddresses,
      is_default: false,
      is_multicast: true,
      route_table_id: network.attributes['default_route_table_id'],
    })
    demandRouteTable(object, context)
  },
  update: (_prior, object, context) => { demandRouteTable(object, context) },
})

export const routeTable: Behaviour = vpcResource({ prefix: 'rtb', key: ['vpc_id', 'name'] }, () => [], {
  create(object, context) {
    demand(context, 'tencentcloud_vpc', object, 'vpc_id')
    fill(object, { is_default: false, route_entry_ids: [], subnet_ids: [] })
  },
  read: (object, context) => ({
    ...object,
    route_entry_ids: having(context.list('tencentcloud_route_table_entry'), 'route_table_id', object['id']).map(({ id }) => id),
    subnet_ids: having(context.list('tencentcloud_subnet'), 'route_table_id', object['id']).map(({ id }) => id),
  }),
  remove(object, context) {
    keepWhileUsed('route table', object, having(context.list('tencentcloud_subnet'), 'route_table_id', object['id'])[0])
  },
})

/** The VPC that a route table belongs to, its default one included. */
export function vpcOfRouteTable(id: unknown, context: Context): CloudObject | undefined {
  const [born] = having(context.list('tencentcloud_vpc'), 'default_route_table_id', id)
  return born ?? context.find('tencentcloud_vpc', context.find('tencentcloud_route_table', id)?.attributes['vpc_id'])
}

/** All blocks of a VPC. */
export function blocksOf({ attributes }: CloudObject): Cidr[] {
  return readCidrs([attributes['cidr_block'], ...texts(attributes, 'assistant_cidrs')])
}

function demandRouteTable(object: Attributes, context: Context): void {
  const owner = vpcOfRouteTable(object['route_table_id'], context)
  if (owner?.id !== object['vpc_id']) throw invalidValue('', object, 'route_table_id', `it is no route table of ${String(object['vpc_id'])}.`)
}

function checkVpcBlock(object: Attributes, name: string, value: unknown): void {
  const block = readCidr(value)
  if (!block) throw invalidValue('Malformed', object, name, 'it must be a network address with its prefix length.')
  const isPrivate = privateRanges.some((range) => range.contains(block))
  if (isPrivate && block.prefix >= vpcPrefix.min && block.prefix <= vpcPrefix.max) return
  throw invalidValue('Range', object, name, `it must lie in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, with a prefix length of ${vpcPrefix.min} to ${vpcPrefix.max}.`)
}

function checkSubnetBlock(object: Attributes, network: CloudObject, context: Context): Cidr {
  const block = readCidr(object['cidr_block'])
  if (!block || block.prefix < subnetPrefix.min || block.prefix > subnetPrefix.max) {
    throw invalidValue('Malformed', object, 'cidr_block', `it must be a network address with a prefix length of ${subnetPrefix.min} to ${subnetPrefix.max}.`)
  }
  if (!blocksOf(network).some((range) => range.contains(block))) throw invalidValue('SubnetRange', object, 'cidr_block', `it does not lie in a block of ${network.id}.`)
  const sibling = having(context.list('tencentcloud_subnet'), 'vpc_id', network.id)
    .find((other) => other.id !== object['id'] && readCidr(other.attributes['cidr_block'])?.overlaps(block))
  if (sibling) throw invalidValue('SubnetConflict', object, 'cidr_block', `it overlaps ${sibling.id}.`)
  return block
}
