import { type Context, type DataBehaviour, Refusal } from '../../behaviour/behaviour.ts'
import { blocks, having, text, texts } from '../attributes.ts'
import { refuseOthers } from '../understood.ts'

/** Ids of the subnets that fit the filters; the only one that is understood is `vpc-id`. */
export const subnets: DataBehaviour = (config, context) => {
  refuseOthers(config, ['filter', 'region'])
  const wanted = blocks(config, 'filter').flatMap((filter) => {
    if (filter['name'] !== 'vpc-id') throw new Refusal('Not simulated', `The simulated cloud does not look up by the filter ${String(filter['name'])}; use vpc-id.`, ['filter'])
    return texts(filter, 'values')
  })
  const found = context.list('aws_subnet').filter(({ attributes }) => wanted.length === 0 || wanted.includes(String(attributes['vpc_id'])))
  return { ...config, id: place(context), ids: found.map(({ id }) => id).sort() }
}

/** Ids of the route tables of a VPC, the one that it was born with included. */
export const routeTables: DataBehaviour = (config, context) => {
  refuseOthers(config, ['vpc_id', 'region'])
  const vpcs = context.list('aws_vpc').filter(({ id }) => text(config, 'vpc_id') === undefined || id === config['vpc_id'])
  const ids = vpcs.flatMap((vpc) => [String(vpc.attributes['main_route_table_id']), ...having(context.list('aws_route_table'), 'vpc_id', vpc.id).map(({ id }) => id)])
  return { ...config, id: place(context), ids: ids.sort() }
}

function place(context: Context): string {
  return text(context.provider, 'region') ?? ''
}
