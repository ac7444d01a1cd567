import { Cidr } from '@isthmus/core'
import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr, readCidrs } from '../addresses.ts'
import { having, text, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, demand, dependency, ec2, hexId } from './account.ts'

const anywhere = Cidr.of('0.0.0.0/0')

/** Types whose objects keep a VPC from being deleted. */
const insideVpc = [
  'aws_subnet', 'aws_route_table', 'aws_security_group', 'aws_internet_gateway', 'aws_network_acl', 'aws_vpn_gateway',
  'aws_vpn_gateway_attachment', 'aws_ec2_transit_gateway_vpc_attachment',
]

export const vpc: Behaviour = ec2({ prefix: 'vpc', arn: 'vpc', owner: true, tags: true, key: ['cidr_block'] }, {
  create(object, context) {
    const block = readCidr(object['cidr_block'])
    if (!block || block.family !== 4 || block.prefix < 16 || block.prefix > 28) {
      throw apiError('CreateVpc', 'InvalidVpc.Range', `The CIDR '${String(object['cidr_block'])}' is invalid.`, 'cidr_block')
    }
    const id = String(object['id'])
    const routeTable = hexId('rtb', id, context)
    fill(object, {
      default_network_acl_id: hexId('acl', id, context),
      default_route_table_id: routeTable,
      default_security_group_id: hexId('sg', id, context),
      dhcp_options_id: hexId('dopt', text(object, 'region') ?? '', context),
      enable_dns_hostnames: false,
      enable_network_address_usage_metrics: false,
      ipv6_association_id: '',
      ipv6_cidr_block: '',
      ipv6_cidr_block_network_border_group: '',
      main_route_table_id: routeTable,
    })
  },
  // What only the data source shows is left out of the resource by its schema.
  read: (object, context) => ({ ...object, cidr_block_associations: associationsOf(object, context), state: 'available' }),
  remove(object, context) {
    const used = insideVpc.some((type) => having(context.list(type), 'vpc_id', object['id']).length > 0)
    if (used) throw dependency('DeleteVpc', 'vpc', object['id'])
  },
})

export const subnet: Behaviour = ec2({ prefix: 'subnet', arn: 'subnet', owner: true, tags: true, key: ['vpc_id', 'cidr_block'] }, {
  create(object, context) {
    placeSubnet(object, context)
    const region = text(object, 'region') ?? ''
    fill(object, { availability_zone: `${region}a` })
    const zone = text(object, 'availability_zone') ?? ''
    if (!zone.startsWith(region) || !/^[a-z]$/.test(zone.slice(region.length))) {
      const message = `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in availability zones of ${region}.`
      throw apiError('CreateSubnet', 'InvalidParameterValue', message, 'availability_zone')
    }
    fill(object, {
      availability_zone_id: zoneId(region, zone),
      ipv6_cidr_block: '',
      ipv6_cidr_block_association_id: '',
      private_dns_hostname_type_on_launch: 'ip-name',
    })
  },
  remove(object, context) {
    const attached = context.list('aws_ec2_transit_gateway_vpc_attachment')
      .some(({ attributes }) => texts(attributes, 'subnet_ids').includes(String(object['id'])))
    if (attached) throw dependency('DeleteSubnet', 'subnet', object['id'])
  },
})

/** A further block of a VPC. */
export const vpcCidrBlockAssociation: Behaviour = ec2({ prefix: 'vpc-cidr-assoc', key: ['vpc_id', 'cidr_block'] }, {
  create(object, context) {
    const operation = 'AssociateVpcCidrBlock'
    const network = demand(context, 'aws_vpc', object, 'vpc_id', 'vpc', operation)
    const block = readCidr(object['cidr_block'])
    if (!block || block.family !== 4 || block.prefix < 16 || block.prefix > 28) {
      throw apiError(operation, 'InvalidVpc.Range', `The CIDR '${String(object['cidr_block'])}' is invalid.`, 'cidr_block')
    }
    if (blocksOf(network, context).some((other) => other.overlaps(block))) {
      throw apiError(operation, 'CidrConflict', `The CIDR '${block.toString()}' conflicts with another CIDR of ${network.id}`, 'cidr_block')
    }
  },
  remove(object, context) {
    const block = readCidr(object['cidr_block'])
    const used = having(context.list('aws_subnet'), 'vpc_id', object['vpc_id']).some(({ attributes }) => readCidr(attributes['cidr_block'])?.overlaps(block ?? anywhere))
    if (used) throw apiError('DisassociateVpcCidrBlock', 'OperationNotPermitted', `The CIDR block with the association ID ${String(object['id'])} is in use by a subnet and may not be disassociated.`)
  },
})

function associationsOf(network: Attributes, context: Context): Attributes[] {
  const further = having(context.list('aws_vpc_ipv4_cidr_block_association'), 'vpc_id', network['id'])
  const own = { association_id: hexId('vpc-cidr-assoc', String(network['id']), context), cidr_block: network['cidr_block'], state: 'associated' }
  return [own, ...further.map(({ id, attributes }) => ({ association_id: id, cidr_block: attributes['cidr_block'], state: 'associated' }))]
}

function blocksOf(network: CloudObject, context: Context): Cidr[] {
  const further = having(context.list('aws_vpc_ipv4_cidr_block_association'), 'vpc_id', network.id)
  return readCidrs([network, ...further].map(({ attributes }) => attributes['cidr_block']))
}

function placeSubnet(object: Attributes, context: Context): void {
  const network = demand(context, 'aws_vpc', object, 'vpc_id', 'vpc', 'CreateSubnet')
  const block = readCidr(object['cidr_block'])
  if (!block || block.prefix < 16 || block.prefix > 28 || !blocksOf(network, context).some((range) => range.contains(block))) {
    throw apiError('CreateSubnet', 'InvalidSubnet.Range', `The CIDR '${String(object['cidr_block'])}' is invalid.`, 'cidr_block')
  }
  for (const sibling of having(context.list('aws_subnet'), 'vpc_id', network.id)) {
    if (sibling.id === object['id'] || !readCidr(sibling.attributes['cidr_block'])?.overlaps(block)) continue
    throw apiError('CreateSubnet', 'InvalidSubnet.Conflict', `The CIDR '${block.toString()}' conflicts with another subnet`, 'cidr_block')
  }
}

/** Zone ids shorten the region's name: `ap-northeast-2a` is in `apne2-az1`. */
function zoneId(region: string, zone: string): string {
  const [area = '', direction = '', count = ''] = region.split('-')
  const short = direction.match(/north|south|east|west|central/g)?.map((word) => word.charAt(0)).join('') ?? direction
  return `${area}${short}${count}-az${zone.charCodeAt(zone.length - 1) - 96}`
}
