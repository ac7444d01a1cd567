import { type Attributes, type Behaviour, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { isPublic, readAddress } from '../addresses.ts'
import { blocks, number, text } from '../attributes.ts'
import { compute, inUse, invalidValue, userOf } from './resource.ts'

/** Interfaces of each redundancy type. */
const interfaceCounts: Readonly<Record<string, number>> = {
  FOUR_IPS_REDUNDANCY: 4, SINGLE_IP_INTERNALLY_REDUNDANT: 1, TWO_IPS_REDUNDANCY: 2,
}

const action = 'creating ExternalVpnGateway'

export const externalVpnGateway: Behaviour = compute({ title: 'ExternalVpnGateway', collection: 'externalVpnGateways', scope: 'global' }, validate, {
  create(object, context) {
    const interfaces = blocks(object, 'interface')
    const wanted = interfaceCounts[text(object, 'redundancy_type') ?? '']
    if (wanted !== undefined && interfaces.length !== wanted) {
      throw invalidValue(action, 'interfaces', interfaces.length, `The number of interfaces must be ${wanted} for redundancy type ${String(object['redundancy_type'])}.`, 'interface')
    }
    const ids = interfaces.map((entry) => number(entry, 'id') ?? -1).toSorted((a, b) => a - b)
    if (ids.some((id, index) => id !== index)) {
      throw invalidValue(action, 'interfaces', ids.join(','), `The interface ids must be 0 to ${ids.length - 1}.`, 'interface')
    }
    for (const [index, entry] of interfaces.entries()) checkAddress(entry, index, interfaces, context)
  },
  remove(object, context) {
    const user = userOf(context, object, 'google_compute_external_vpn_gateway', [['google_compute_vpn_tunnel', 'peer_external_gateway']])
    if (user) throw inUse('ExternalVpnGateway', object, user)
  },
})

function validate(config: Attributes): Refusal[] {
  const type = text(config, 'redundancy_type')
  if (type === undefined || interfaceCounts[type] !== undefined) return []
  return [new Refusal('Invalid redundancy_type', `expected redundancy_type to be one of [${Object.keys(interfaceCounts).join(' ')}], got ${type}`, ['redundancy_type'])]
}

function checkAddress(entry: Attributes, index: number, interfaces: readonly Attributes[], context: Context): void {
  const written = entry['ip_address']
  const refuse = (message: string): Refusal => invalidValue(action, `interfaces[${index}].ipAddress`, written, message, 'interface', index, 'ip_address')
  const address = readAddress(written)
  if (!address || !isPublic(address)) throw refuse('The IP address must be a public IPv4 address.')
  if (interfaces.slice(0, index).some((other) => other['ip_address'] === written)) throw refuse('The IP addresses of the interfaces must differ.')
  if (ownAddresses(context).has(address.toString())) throw refuse('The IP address must not be one of Google Cloud; use peer_gcp_gateway between two gateways of it.')
}

/** Addresses that this cloud gave out. */
function ownAddresses(context: Context): Set<unknown> {
  return new Set([
    ...context.list('google_compute_ha_vpn_gateway').flatMap(({ attributes }) => blocks(attributes, 'vpn_interfaces').map((entry) => entry['ip_address'])),
    ...context.list('google_compute_address').map(({ attributes }) => attributes['address']),
    ...context.list('google_compute_forwarding_rule').map(({ attributes }) => attributes['ip_address']),
  ])
}
