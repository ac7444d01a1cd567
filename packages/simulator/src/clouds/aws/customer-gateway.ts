import { type Attributes, type Behaviour, Refusal } from '../../behaviour/behaviour.ts'
import { isPublic, readAddress } from '../addresses.ts'
import { having, text } from '../attributes.ts'
import { apiError, ec2, hexId, inRegion, region } from './account.ts'

/** Two requests that agree in these get one and the same customer gateway from the cloud. */
const identity = ['ip_address', 'bgp_asn', 'bgp_asn_extended', 'type', 'certificate_arn', 'device_name']

/**
 * EC2 does not make a second customer gateway of the same address, number, type and device name in a region: it hands out the
 * id of the first, and whoever deletes one deletes both (hashicorp/terraform-provider-aws issue 14346, hashicorp/terraform
 * issues 9153 and 12548). The provider refused that in earlier versions, and so does this one: sharing is never meant.
 */
export const customerGateway: Behaviour = ec2({ prefix: 'cgw', arn: 'customer-gateway', tags: true, key: [] }, {
  id(object, context) {
    const twin = inRegion(context, 'aws_customer_gateway', object)
      .find(({ attributes }) => identity.every((name) => (attributes[name] ?? null) === (object[name] ?? null)))
    if (twin) {
      const detail = `An existing customer gateway for IpAddress: ${String(object['ip_address'])}, VpnType: ${String(object['type'])}, BGP ASN: ${asnOf(object)} has been found: ${twin.id}. A device_name of its own makes it another one.`
      throw new Refusal('creating EC2 Customer Gateway', detail, ['device_name'])
    }
    return hexId('cgw', JSON.stringify([region(object, context), ...identity.map((name) => object[name] ?? null)]), context)
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
})

/** The gateway's number; the cloud takes 65000 where none is given. */
export function asnOf(customerGateway: Attributes): string {
  return text(customerGateway, 'bgp_asn') ?? text(customerGateway, 'bgp_asn_extended') ?? '65000'
}
