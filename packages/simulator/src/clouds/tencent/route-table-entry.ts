import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { having, text } from '../attributes.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'
import { blocksOf, vpcOfRouteTable } from './network.ts'
import { apiError, demand, invalidValue, shortId } from './resource.ts'

/** Next hops that the provider lets through (resource_tc_route_table_entry.go). */
const nextTypes = ['CVM', 'VPN', 'DIRECTCONNECT', 'PEERCONNECTION', 'HAVIP', 'NAT', 'NORMAL_CVM', 'EIP', 'LOCAL_GATEWAY', 'INTRANAT', 'USER_CCN', 'GWLB_ENDPOINT']

export const routeTableEntry: Behaviour = checked(validate, {
  id: (object, context) => `${entryNumber(object, context)}.${String(object['route_table_id'])}`,
  create(object, context) {
    const network = vpcOfRouteTable(object['route_table_id'], context)
    if (!network) throw apiError('ResourceNotFound', `The resource ${String(object['route_table_id'])} does not exist.`, 'route_table_id')
    checkDestination(object, network)
    if (object['next_type'] === 'VPN') checkGateway(object, network, context)
    checkTwin(object, context)
    fill(object, { disabled: false, route_entry_id: entryNumber(object, context), route_item_id: shortId('rti', String(object['id']), context) })
  },
})

function validate(config: Attributes): Refusal[] {
  const type = text(config, 'next_type')
  const destination = text(config, 'destination_cidr_block')
  return [
    ...(type === undefined || nextTypes.includes(type) ? [] : [new Refusal('Invalid next_type', `expected next_type to be one of [${nextTypes.join(' ')}], got ${type}`, ['next_type'])]),
    ...(destination === undefined || readCidr(destination) ? [] : [new Refusal('Invalid destination_cidr_block', `"${destination}" is not a valid network address block`, ['destination_cidr_block'])]),
  ]
}

/** Only depends on where the route leads from and to. */
function entryNumber(object: Attributes, context: Context): number {
  const salt = ['route_table_id', 'destination_cidr_block', 'next_type', 'next_hub'].map((name) => object[name])
  return parseInt(context.digest(`route ${JSON.stringify(salt)}`).slice(0, 8), 16)
}

function checkDestination(object: Attributes, network: CloudObject): void {
  const destination = readCidr(object['destination_cidr_block'])
  const own = blocksOf(network).some((block) => destination && block.contains(destination))
  if (own) throw invalidValue('VpcCidrConflict', object, 'destination_cidr_block', `it lies in a block of ${network.id}.`)
}

function checkGateway(object: Attributes, network: CloudObject, context: Context): void {
  const gateway = demand(context, 'tencentcloud_vpn_gateway', object, 'next_hub')
  if (gateway.attributes['vpc_id'] !== network.id) throw apiError('UnsupportedOperation.VpcMismatch', `The gateway ${gateway.id} is not in the VPC ${network.id}.`, 'next_hub')
}

/** Several VPN gateways may share a destination, which they then carry together; other kinds of next hops may not. */
function checkTwin(object: Attributes, context: Context): void {
  const twins = having(having(context.list('tencentcloud_route_table_entry'), 'route_table_id', object['route_table_id']), 'destination_cidr_block', object['destination_cidr_block'])
    .filter(({ id }) => id !== object['id'])
  const [other] = twins.filter(({ attributes }) => attributes['next_type'] !== object['next_type'] || object['next_type'] !== 'VPN')
  if (other) throw apiError('UnsupportedOperation.Ecmp', `The route ${other.id} leads to ${String(object['destination_cidr_block'])} already.`, 'destination_cidr_block')
}
