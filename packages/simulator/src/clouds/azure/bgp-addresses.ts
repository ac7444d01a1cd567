import { IpAddress } from '@isthmus/core'
import { type Attributes, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { readAddress, readCidr } from '../addresses.ts'
import { block, blocks, flag, text, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { defaultAsn } from './asn.ts'
import { armError, findId } from './resource.ts'

/** Bounds of the link-local addresses that a gateway can use for BGP (VPN Gateway FAQ, APIPA). */
const firstApipa = IpAddress.of('169.254.21.0')
const lastApipa = IpAddress.of('169.254.22.255')

/** The nested blocks that hold the BGP addresses of each instance. */
export function peeringAddresses(gateway: Attributes): Attributes[] {
  return blocks(block(gateway, 'bgp_settings') ?? {}, 'peering_addresses')
}

/** Plan-time check: link-local addresses outside the range. */
export function checkApipaRange(config: Attributes): Refusal[] {
  return peeringAddresses(config).flatMap((entry, index) => texts(entry, 'apipa_addresses').flatMap((written, position) => {
    const address = readAddress(written)
    if (address && address.value >= firstApipa.value && address.value <= lastApipa.value) return []
    const path = ['bgp_settings', 0, 'peering_addresses', index, 'apipa_addresses', position]
    return [new Refusal('Invalid apipa_addresses', `expected ${path.join('.')} to be in the range ${firstApipa.toString()} to ${lastApipa.toString()}, got ${written}`, path)]
  }))
}

/** Refuses an address that two instances or two entries share, and settings for an instance that is not there. */
export function checkPeeringAddresses(gateway: Attributes, action: string): void {
  const names = blocks(gateway, 'ip_configuration').map((configuration) => text(configuration, 'name'))
  const seen = new Set<string>()
  for (const entry of peeringAddresses(gateway)) {
    const name = text(entry, 'ip_configuration_name')
    if (name !== undefined && !names.includes(name)) {
      throw armError(action, 'InvalidBgpPeeringAddressIpConfiguration', `The IP configuration '${name}' of the BGP peering address does not exist in the gateway.`, 'bgp_settings')
    }
    for (const address of texts(entry, 'apipa_addresses')) {
      if (seen.has(address)) throw armError(action, 'DuplicateCustomBgpIpAddress', `The custom BGP IP address ${address} is used more than once in the gateway.`, 'bgp_settings')
      seen.add(address)
    }
  }
}

/** Fills what Azure computes of the BGP settings: number, addresses inside the gateway subnet, and the public addresses. */
export function fillBgpSettings(gateway: Attributes, context: Context): void {
  const configurations = blocks(gateway, 'ip_configuration').slice(0, flag(gateway, 'active_active') ? 2 : 1)
  fill(gateway, { bgp_settings: [{ asn: defaultAsn, peer_weight: 0 }] })
  const settings = block(gateway, 'bgp_settings')
  if (!settings) return
  fill(settings, { peering_addresses: configurations.map(() => ({ apipa_addresses: [] })) })
  for (const [index, entry] of peeringAddresses(gateway).entries()) {
    const named = configurations.find((configuration) => configuration['name'] === entry['ip_configuration_name'])
    const configuration = named ?? configurations[index] ?? {}
    const position = configurations.indexOf(configuration)
    fill(entry, {
      default_addresses: defaultAddress(configuration, position, configurations.length, context),
      ip_configuration_name: configuration['name'],
      tunnel_ip_addresses: [findId(context, 'azurerm_public_ip', configuration['public_ip_address_id'])?.attributes['ip_address'] ?? ''],
    })
  }
}

/** Number that the gateway speaks with. */
export function gatewayAsn(gateway: Attributes): number {
  const asn = block(gateway, 'bgp_settings')?.['asn']
  return typeof asn === 'number' ? asn : defaultAsn
}

/** One instance takes the last usable address of the subnet, two take the fourth and the fifth. */
function defaultAddress(configuration: Attributes, position: number, instances: number, context: Context): string[] {
  const subnet = findId(context, 'azurerm_subnet', configuration['subnet_id'])
  const range = readCidr(texts(subnet?.attributes ?? {}, 'address_prefixes')[0])
  if (!range) return []
  return [(instances > 1 ? range.host(4 + position) : range.host(range.size - 2n)).toString()]
}
