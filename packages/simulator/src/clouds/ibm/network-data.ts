import type { Attributes, CloudObject, Context, DataBehaviour } from '../../behaviour/behaviour.ts'
import { having, text } from '../attributes.ts'
import { prefixesOf } from './network.ts'
import { apiError, href, inRegion, region, since } from './resource.ts'

/** A VPC of the region by id or name, with its subnets. */
export const vpcData: DataBehaviour = (config, context) => {
  const { id, attributes } = found(config, context, 'ibm_is_vpc', 'GetVPCWithContext')
  const subnets = having(context.list('ibm_is_subnet'), 'vpc', id).map((subnet): Attributes => ({
    available_ipv4_address_count: subnet.attributes['available_ipv4_address_count'], id: subnet.id, name: subnet.attributes['name'], status: 'available',
    total_ipv4_address_count: subnet.attributes['total_ipv4_address_count'], zone: subnet.attributes['zone'],
  }))
  return { ...attributes, id, subnets, name: config['name'], identifier: config['identifier'] }
}

/** A subnet of the region by id or name. */
export const subnetData: DataBehaviour = (config, context) => {
  const { id, attributes } = found(config, context, 'ibm_is_subnet', 'GetSubnetWithContext')
  const network = context.find('ibm_is_vpc', attributes['vpc'])
  const table = String(attributes['routing_table'])
  const path = href(`vpcs/${String(attributes['vpc'])}/routing_tables/${table}`, context)
  return {
    ...attributes, id, identifier: config['identifier'], vpc_name: network?.attributes['name'],
    routing_table: [{ crn: attributes['routing_table_crn'], deleted: [], href: path, id: table, name: network?.attributes['default_routing_table_name'], resource_type: 'routing_table' }],
  }
}

/** The address prefixes of a VPC, or the one of them that has a name. */
export const addressPrefixesData: DataBehaviour = (config, context) => {
  const { id } = found({ identifier: config['vpc'] }, context, 'ibm_is_vpc', 'ListVpcAddressPrefixesWithContext')
  const name = text(config, 'name')
  const prefixes = prefixesOf(id, context).filter(({ attributes }) => name === undefined || attributes['name'] === name).map(({ attributes }): Attributes => ({
    cidr: attributes['cidr'], created_at: since, has_subnets: attributes['has_subnets'], href: href(`vpcs/${id}/address_prefixes/${String(attributes['address_prefix'])}`, context),
    id: attributes['address_prefix'], is_default: attributes['is_default'] === true, name: attributes['name'],
    zone: [{ href: href(`regions/${region(context)}/zones/${String(attributes['zone'])}`, context), name: attributes['zone'] }],
  }))
  if (name !== undefined && prefixes.length === 0) throw apiError('ListVpcAddressPrefixesWithContext', 'not_found', `no AddressPrefixes found with name ${name}`, 'name')
  return { ...config, id: name ?? id, address_prefixes: prefixes }
}

function found(config: Attributes, context: Context, type: string, operation: string): CloudObject {
  const wanted = text(config, 'identifier')
  const object = inRegion(context, type).find(({ id, attributes }) => (wanted === undefined ? attributes['name'] === config['name'] : id === wanted))
  if (object) return object
  throw apiError(operation, 'not_found', `${type} ${wanted ?? String(config['name'])} was not found.`, wanted === undefined ? 'name' : 'identifier')
}
