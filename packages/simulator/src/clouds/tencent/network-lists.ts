import type { Attributes, DataBehaviour } from '../../behaviour/behaviour.ts'
import { having, text, texts } from '../attributes.ts'
import { refuseOthers } from '../understood.ts'

/** VPCs by id, name and block. */
export const vpcInstances: DataBehaviour = (config, context) => {
  const names = ['vpc_id', 'name', 'cidr_block']
  refuseOthers(config, [...names, 'result_output_file'])
  const found = context.list('tencentcloud_vpc').filter(({ id, attributes }) => fits({ ...attributes, vpc_id: id }, config, names))
  const listed = found.map(({ id, attributes }): Attributes => ({
    cidr_block: attributes['cidr_block'], common_assistant_cidr: texts(attributes, 'assistant_cidrs'), container_assistant_cidr: texts(attributes, 'docker_assistant_cidrs'),
    create_time: attributes['create_time'], dns_servers: attributes['dns_servers'], is_default: false, is_multicast: attributes['is_multicast'], name: attributes['name'],
    subnet_ids: having(context.list('tencentcloud_subnet'), 'vpc_id', id).map((subnet) => subnet.id), tags: attributes['tags'] ?? {}, vpc_id: id,
  }))
  return { ...config, id: context.digest(JSON.stringify(listed)).slice(0, 10), instance_list: listed }
}

/** Subnets by VPC, id, name, zone and block. */
export const vpcSubnets: DataBehaviour = (config, context) => {
  const names = ['vpc_id', 'subnet_id', 'name', 'availability_zone', 'cidr_block']
  refuseOthers(config, [...names, 'result_output_file'])
  const found = context.list('tencentcloud_subnet').filter(({ id, attributes }) => fits({ ...attributes, subnet_id: id }, config, names))
  const listed = found.map(({ id, attributes }): Attributes => ({
    availability_zone: attributes['availability_zone'], available_ip_count: attributes['available_ip_count'], cdc_id: '', cidr_block: attributes['cidr_block'],
    create_time: attributes['create_time'], is_default: false, is_multicast: attributes['is_multicast'], name: attributes['name'], route_table_id: attributes['route_table_id'],
    subnet_id: id, tags: attributes['tags'] ?? {}, vpc_id: attributes['vpc_id'],
  }))
  return { ...config, id: context.digest(JSON.stringify(listed)).slice(0, 10), instance_list: listed }
}

function fits(object: Attributes, config: Attributes, names: readonly string[]): boolean {
  return names.every((name) => !text(config, name) || config[name] === object[name])
}
