import { Cidr } from '@isthmus/core'
import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr, readCidrs } from '../addresses.ts'
import { having, isSet, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, demand, idWithin, inUse, newId, region, since } from './resource.ts'

/** Blocks that no VPC may touch (VPC documentation, "CIDR blocks"). */
const refused = ['0.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'].map((text) => Cidr.of(text))

/** Types whose objects keep a VPC from being deleted. */
const insideVpc = [['alicloud_vswitch', 'VSwitch'], ['alicloud_vpn_gateway', 'VpnGateway'], ['alicloud_route_table', 'RouteTable']] as const

export const vpc: Behaviour = {
  id: (object, context) => newId('vpc', [object['vpc_name'], object['cidr_block']], context),
  create(object, context) {
    fill(object, { cidr_block: '172.16.0.0/12' })
    checkBlock(object['cidr_block'], context, 'CreateVpc', 'InvalidCidrBlock.Malformed', 'cidr_block')
    const id = object['id']
    const name = text(object, 'vpc_name') ?? text(object, 'name') ?? ''
    fill(object, {
      create_time: since, dns_hostname_status: 'DISABLED', enable_ipv6: false, ipv6_cidr_block: '', ipv6_cidr_blocks: [], ipv6_isp: '', is_default: false,
      name, vpc_name: name, region_id: region(context), resource_group_id: '', route_table_id: idWithin('vtb', id, context), router_id: idWithin('vrt', id, context),
      router_table_id: idWithin('vtb', id, context), secondary_cidr_blocks: [], status: 'Available', system_route_table_route_propagation_enable: true, user_cidrs: [],
    })
  },
  read: (object, context) => ({ ...object, secondary_cidr_blocks: further(object['id'], context).map(({ attributes }) => attributes['secondary_cidr_block']) }),
  remove(object, context) {
    for (const [type, noun] of insideVpc) {
      const [user] = having(context.list(type), 'vpc_id', object['id'])
      if (user) throw inUse(context, 'DeleteVpc', noun, object['id'], user.id)
    }
  },
}

/** A further block of a VPC. */
export const secondaryBlock: Behaviour = {
  id: (object) => `${String(object['vpc_id'])}:${String(object['secondary_cidr_block'])}`,
  create(object, context) {
    const action = 'AssociateVpcCidrBlock'
    const network = demand(context, 'alicloud_vpc', object, 'vpc_id', action, 'Vpc')
    const block = checkBlock(object['secondary_cidr_block'], context, action, 'InvalidSecondaryCidrBlock', 'secondary_cidr_block')
    if (blocksOf(network, context).some((other) => other.overlaps(block))) {
      throw apiError(context, action, 'IllegalParam.SecondaryCidrBlock', `The CIDR block ${block.toString()} overlaps a CIDR block of ${network.id}.`, 'secondary_cidr_block')
    }
    fill(object, { region_id: region(context) })
  },
  remove(object, context) {
    const block = readCidr(object['secondary_cidr_block'])
    const user = having(context.list('alicloud_vswitch'), 'vpc_id', object['vpc_id']).find(({ attributes }) => block && readCidr(attributes['cidr_block'])?.overlaps(block))
    if (user) throw inUse(context, 'UnassociateVpcCidrBlock', 'VSwitch', object['secondary_cidr_block'], user.id)
  },
}

export const vswitch: Behaviour = {
  id: (object, context) => newId('vsw', [object['vpc_id'], object['cidr_block']], context),
  create(object, context) {
    placeVswitch(object, context)
    checkZone(object, context)
    const name = text(object, 'vswitch_name') ?? text(object, 'name') ?? ''
    const zone = text(object, 'zone_id') ?? text(object, 'availability_zone') ?? ''
    fill(object, {
      availability_zone: zone, zone_id: zone, create_time: since, enable_ipv6: false, ipv6_cidr_block: '', ipv6_cidr_block_mask: 0, is_default: false,
      name, vswitch_name: name, status: 'Available',
    })
  },
  remove(object, context) {
    const user = context.list('alicloud_vpn_gateway').find(({ attributes }) => [attributes['vswitch_id'], attributes['disaster_recovery_vswitch_id']].includes(object['id']))
    if (user) throw inUse(context, 'DeleteVSwitch', 'VpnGateway', object['id'], user.id)
  },
}

/** Blocks of a VPC, its own and those added to it. */
export function blocksOf(network: CloudObject, context: Context): Cidr[] {
  return readCidrs([network.attributes['cidr_block'], ...further(network.id, context).map(({ attributes }) => attributes['secondary_cidr_block'])])
}

function further(id: unknown, context: Context): CloudObject[] {
  return having(context.list('alicloud_vpc_ipv4_cidr_block'), 'vpc_id', id)
}

function checkBlock(written: unknown, context: Context, action: string, code: string, name: string): Cidr {
  const block = readCidr(written)
  if (!block || block.family !== 4 || block.prefix < 8 || block.prefix > 28 || refused.some((other) => other.overlaps(block))) {
    throw apiError(context, action, code, `Specified CIDR block ${String(written)} is not valid.`, name)
  }
  return block
}

function placeVswitch(object: Attributes, context: Context): void {
  const action = 'CreateVSwitch'
  const network = demand(context, 'alicloud_vpc', object, 'vpc_id', action, 'Vpc')
  const block = readCidr(object['cidr_block'])
  if (!block || block.prefix < 16 || block.prefix > 29 || !blocksOf(network, context).some((range) => range.contains(block))) {
    throw apiError(context, action, 'InvalidCidrBlock.Malformed', `Specified CIDR block ${String(object['cidr_block'])} is not valid.`, 'cidr_block')
  }
  const sibling = having(context.list('alicloud_vswitch'), 'vpc_id', network.id).find(({ attributes }) => readCidr(attributes['cidr_block'])?.overlaps(block))
  if (sibling) throw apiError(context, action, 'InvalidCidrBlock.Overlapped', `Specified CIDR block overlapped with other subnets: ${sibling.id}.`, 'cidr_block')
}

/** Zones are called `cn-beijing-a` and, in regions that end in a digit, `eu-west-1a`. */
function checkZone(object: Attributes, context: Context): void {
  const [name] = ['zone_id', 'availability_zone'].filter((candidate) => isSet(object, candidate))
  const zone = name === undefined ? '' : String(object[name])
  const here = region(context)
  const letter = zone.startsWith(here) ? zone.slice(here.length) : ''
  if (/\d$/.test(here) ? /^[a-z]$/.test(letter) : /^-[a-z]$/.test(letter)) return
  throw apiError(context, 'CreateVSwitch', 'InvalidZoneId.NotFound', `Specified value of "ZoneId" ${zone} is not exists in ${here}.`, name ?? 'zone_id')
}
