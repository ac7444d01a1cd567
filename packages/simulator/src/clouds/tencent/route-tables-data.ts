import type { Attributes, CloudObject, DataBehaviour } from '../../behaviour/behaviour.ts'
import { flag, having, isSet, text } from '../attributes.ts'

/** All route tables that fit: those made as objects, and the one that every VPC is born with. */
export const vpcRouteTables: DataBehaviour = (config, context) => {
  const born = context.list('tencentcloud_vpc').map((network): Attributes => ({
    create_time: network.attributes['create_time'], is_default: true, name: 'default', route_table_id: network.attributes['default_route_table_id'], tags: {}, vpc_id: network.id,
  }))
  const made = context.list('tencentcloud_route_table').map(({ id, attributes }): Attributes => ({
    create_time: attributes['create_time'], is_default: false, name: attributes['name'], route_table_id: id, tags: attributes['tags'] ?? {}, vpc_id: attributes['vpc_id'],
  }))
  const tables = [...born, ...made].filter((table) => fits(table, config)).map((table): Attributes => ({
    ...table,
    route_entry_infos: having(context.list('tencentcloud_route_table_entry'), 'route_table_id', table['route_table_id']).map(entry),
    subnet_ids: having(context.list('tencentcloud_subnet'), 'route_table_id', table['route_table_id']).map(({ id }) => id),
  }))
  return { ...config, id: context.digest(JSON.stringify(tables.map((table) => table['route_table_id']))).slice(0, 10), instance_list: tables }
}

function fits(table: Attributes, config: Attributes): boolean {
  const given = ['vpc_id', 'route_table_id', 'name'].every((name) => !text(config, name) || config[name] === table[name])
  return given && (!isSet(config, 'association_main') || flag(config, 'association_main') === table['is_default'])
}

function entry({ attributes }: CloudObject): Attributes {
  return {
    description: attributes['description'] ?? '', destination_cidr_block: attributes['destination_cidr_block'], next_hub: attributes['next_hub'],
    next_type: attributes['next_type'], route_entry_id: String(attributes['route_entry_id']), route_item_id: attributes['route_item_id'],
  }
}
