import { type Attributes, type Behaviour, Refusal } from '../../behaviour/behaviour.ts'
import { isPublic, readAddress } from '../addresses.ts'
import { having, text } from '../attributes.ts'
import { checked } from '../checked.ts'
import { apiError, ec2, hexId, inRegion, region } from './account.ts'

/** Two requests that agree in these get one and the same customer gateway from the cloud. */
const identity = ['ip_address', 'bgp_asn', 'bgp_asn_extended', 'type', 'certificate_arn', 'device_name']

/**
 * EC2 does not make a second customer gateway of the same address, number, type and device name in a region: it hands out the
 * id of the first (hashicorp/terraform-provider-aws issue 14346, hashicorp/terraform issue 9153).
 */
export const customerGateway: Behaviour = ec2({ prefix: 'cgw', arn: 'customer-gateway', tags: true, key: [] }, checked(checkAsn, {
  id(object, context) {
    const twin = inRegion(context, 'aws_customer_gateway', object)
      .find(({ attributes }) => identity.every((name) => (attributes[name] ?? null) === (object[name] ?? null)))
    return twin?.id ?? hexId('cgw', JSON.stringify([region(object, context), ...identity.map((name) => object[name] ?? null)]), context)
  },
  create(object) {
    const written = object['ip_address']
    const address = readAddress(written)
    if (!address && !text(object, 'certificate_arn')) {
      throw apiError('CreateCustomerGateway', 'InvalidParameterValue', `Value (${String(written)}) for parameter ipAddress is invalid. Invalid IP address.`, 'ip_address')
    }
    if (address && !isPublic(address)) {
      throw apiError('CreateCustomerGateway', 'InvalidParameterValue', `Value (${address.toString()}) for parameter ipAddress is invalid. The address is reserved and cannot be reached from the internet.`, 'ip_address')
    }
  },
  remove(object, context) {
    if (having(context.list('aws_vpn_connection'), 'customer_gateway_id', object['id']).length > 0) {
      throw apiError('DeleteCustomerGateway', 'IncorrectState', 'The customer gateway is in use.')
    }
  },
}))

/** The gateway's number; the cloud takes 65000 where none is given. */
export function asnOf(customerGateway: Attributes): string {
  return text(customerGateway, 'bgp_asn') ?? text(customerGateway, 'bgp_asn_extended') ?? '65000'
}

function checkAsn(config: Attributes): Refusal[] {
  const refusals: Refusal[] = []
  const bounds: readonly (readonly [string, number, number])[] = [['bgp_asn', 1, 2147483647], ['bgp_asn_extended', 2147483648, 4294967295]]
  for (const [name, first, last] of bounds) {
    const written = text(config, name)
    if (written === undefined || (/^\d+$/.test(written) && Number(written) >= first && Number(written) <= last)) continue
    refusals.push(new Refusal(`Invalid ${name}`, `Value (${written}) for parameter ${name} is invalid: expected a number from ${first} to ${last}.`, [name]))
  }
  return refusals
}
