import type { Attributes, CloudObject, DataBehaviour } from '../../behaviour/behaviour.ts'
import { having, text, texts } from '../attributes.ts'
import { refuseOthers } from '../understood.ts'
import { blocksOf } from './network.ts'
import { inRegion, region } from './resource.ts'

/** Arguments that say how much of the answer is shown, and not of what. */
const presentation = ['enable_details', 'page_number', 'page_size', 'output_file']

/** VPCs of the region by id and name. */
export const vpcs: DataBehaviour = (config, context) => {
  const names = ['vpc_name', 'cidr_block']
  refuseOthers(config, ['ids', ...names, ...presentation])
  const found = inRegion(context, 'alicloud_vpc').filter((vpc) => fits(vpc, config, names))
  const listed = found.map((vpc): Attributes => ({
    ...copied(vpc, ['description', 'dns_hostname_status', 'ipv6_cidr_block', 'is_default', 'region_id', 'resource_group_id', 'route_table_id', 'router_id', 'status', 'tags', 'vpc_name', 'cidr_block']),
    creation_time: vpc.attributes['create_time'], dhcp_options_set_id: '', dhcp_options_set_status: '', id: vpc.id, vpc_id: vpc.id, vrouter_id: vpc.attributes['router_id'], user_cidrs: [],
    secondary_cidr_blocks: blocksOf(vpc, context).slice(1).map(String),
    vswitch_ids: having(context.list('alicloud_vswitch'), 'vpc_id', vpc.id).map(({ id }) => id),
  }))
  return { ...config, ...listOf(found, 'vpc_name'), id: 'vpcs', total_count: found.length, vpcs: listed }
}

/** VSwitches by VPC, id, zone and name. */
export const vswitches: DataBehaviour = (config, context) => {
  const names = ['vpc_id', 'zone_id', 'vswitch_name', 'cidr_block']
  refuseOthers(config, ['ids', ...names, ...presentation])
  const found = inRegion(context, 'alicloud_vswitch').filter((vswitch) => fits(vswitch, config, names))
  const listed = found.map((vswitch): Attributes => ({
    ...copied(vswitch, ['cidr_block', 'description', 'enable_ipv6', 'ipv6_cidr_block', 'is_default', 'name', 'status', 'tags', 'vpc_id', 'vswitch_name', 'zone_id']),
    creation_time: vswitch.attributes['create_time'], id: vswitch.id, vswitch_id: vswitch.id, resource_group_id: '',
    route_table_id: context.find('alicloud_vpc', vswitch.attributes['vpc_id'])?.attributes['route_table_id'],
  }))
  return { ...config, ...listOf(found, 'vswitch_name'), id: 'vswitches', vswitches: listed }
}

/** Route tables by VPC: those made, and the system one of every VPC. */
export const routeTables: DataBehaviour = (config, context) => {
  refuseOthers(config, ['vpc_id', ...presentation])
  const system = inRegion(context, 'alicloud_vpc').map((vpc): Attributes => ({ ...table(vpc.attributes, String(vpc.attributes['route_table_id']), 'System'), vpc_id: vpc.id }))
  const made = inRegion(context, 'alicloud_route_table').map(({ id, attributes }): Attributes => table(attributes, id, 'Custom'))
  const tables = [...system, ...made].filter((each) => text(config, 'vpc_id') === undefined || each['vpc_id'] === config['vpc_id'])
  return { ...config, id: region(context), ids: tables.map(({ id }) => id), names: tables.map(({ name }) => name), total_count: tables.length, tables }
}

function table(attributes: Attributes, id: string, kind: 'System' | 'Custom'): Attributes {
  const name = kind === 'Custom' ? (text(attributes, 'route_table_name') ?? '') : ''
  return {
    description: '', id, name, resource_group_id: '', route_table_id: id, route_table_name: name, route_table_type: kind, router_id: attributes['router_id'] ?? '', router_type: 'VRouter',
    status: 'Available', tags: attributes['tags'] ?? {}, vpc_id: attributes['vpc_id'], vswitch_ids: [],
  }
}

function fits({ id, attributes }: CloudObject, config: Attributes, names: readonly string[]): boolean {
  const ids = texts(config, 'ids')
  return (ids.length === 0 || ids.includes(id)) && names.every((name) => text(config, name) === undefined || config[name] === attributes[name])
}

function copied({ attributes }: CloudObject, names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, attributes[name]]))
}

function listOf(found: readonly CloudObject[], name: string): Attributes {
  return { ids: found.map(({ id }) => id), names: found.map(({ attributes }) => attributes[name]) }
}
