import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { readCidrs } from '../addresses.ts'
import { block, flag, number, text, texts } from '../attributes.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'
import { gatewayAsn, peeringAddresses } from './bgp-addresses.ts'
import { policyProblem, validatePolicy } from './ipsec-policy.ts'
import { arm, armError, findId, location, notFound, sameText } from './resource.ts'

/** Connections per gateway by size (About VPN Gateway SKUs: 30 up to size 3, 100 above, 10 for Basic). */
const connectionsPerSku = (sku: string): number => (sku === 'Basic' ? 10 : /^VpnGw[45]/.test(sku) ? 100 : 30)

const type = 'azurerm_virtual_network_gateway_connection'

export const virtualNetworkGatewayConnection: Behaviour = arm({
  title: 'Virtual Network Gateway Connection', path: (object) => `connections/${String(object['name'])}`,
}, checked(validate, {
  create(object, context) {
    checkConnection(object, context, 'creating Virtual Network Gateway Connection')
    fillConnection(object, context)
  },
  update(_prior, object, context) {
    checkConnection(object, context, 'updating Virtual Network Gateway Connection')
    fillConnection(object, context)
  },
}))

function fillConnection(object: Attributes, context: Context): void {
  fill(object, {
    connection_protocol: 'IKEv2',
    express_route_gateway_bypass: false,
    routing_weight: 0,
    shared_key: `k${context.digest(`${String(object['id'])}/key`).slice(0, 31)}`,
    use_policy_based_traffic_selectors: false,
  })
  const policy = block(object, 'ipsec_policy')
  if (policy) fill(policy, { sa_datasize: 102400000, sa_lifetime: 27000 })
}

/** Messages never repeat the key. */
function validate(config: Attributes): Refusal[] {
  const refusals = [...validatePolicy(config)]
  const dpd = number(config, 'dpd_timeout_seconds')
  if (dpd !== undefined && (dpd < 9 || dpd > 3600)) {
    refusals.push(new Refusal('Invalid dpd_timeout_seconds', `expected dpd_timeout_seconds to be in the range (9 - 3600), got ${dpd}`, ['dpd_timeout_seconds']))
  }
  const choices = [['connection_mode', ['Default', 'InitiatorOnly', 'ResponderOnly']], ['connection_protocol', ['IKEv1', 'IKEv2']], ['type', ['ExpressRoute', 'IPsec', 'Vnet2Vnet']]] as const
  for (const [name, allowed] of choices) {
    const word = text(config, name)
    if (word === undefined || allowed.some((item) => item === word)) continue
    refusals.push(new Refusal(`Invalid ${name}`, `expected ${name} to be one of [${allowed.join(' ')}], got ${word}`, [name]))
  }
  return refusals
}

function checkConnection(object: Attributes, context: Context, action: string): void {
  const gateway = findId(context, 'azurerm_virtual_network_gateway', object['virtual_network_gateway_id'])
  if (!gateway) throw notFound(action, object['virtual_network_gateway_id'], 'virtual_network_gateway_id')
  if (location(gateway.attributes) !== location(object)) {
    throw armError(action, 'InvalidResourceReference', `The connection is in ${location(object)} and gateway ${gateway.id} in ${location(gateway.attributes)}; both must be in one region.`, 'location')
  }
  checkKey(object, action)
  checkPolicy(object, gateway, action)
  if (object['type'] === 'Vnet2Vnet') checkPeerGateway(object, gateway, context, action)
  if (object['type'] !== 'IPsec') return
  const peer = findId(context, 'azurerm_local_network_gateway', object['local_network_gateway_id'])
  if (!peer) throw notFound(action, object['local_network_gateway_id'], 'local_network_gateway_id')
  const siblings = context.list(type).filter(({ id, attributes }) => !sameText(id, object['id']) && sameText(attributes['virtual_network_gateway_id'], gateway.id))
  checkSiblings(object, gateway, peer, siblings, context, action)
  if (flag(object, 'bgp_enabled')) checkBgp(gateway, peer, action)
  checkCustomAddresses(object, gateway, action)
}

/** A connection between two gateways of Azure; each of them has one to the other. */
function checkPeerGateway(object: Attributes, gateway: CloudObject, context: Context, action: string): void {
  const at = 'peer_virtual_network_gateway_id'
  const peer = findId(context, 'azurerm_virtual_network_gateway', object[at])
  if (!peer) throw notFound(action, object[at], at)
  if (sameText(peer.id, gateway.id)) throw armError(action, 'InvalidPeerVirtualNetworkGateway', `The gateway ${gateway.id} cannot be its own peer.`, at)
  const twin = context.list(type).find(({ id, attributes }) => !sameText(id, object['id']) && sameText(attributes['virtual_network_gateway_id'], gateway.id) && sameText(attributes[at], peer.id))
  if (twin) throw armError(action, 'ConnectionToVirtualNetworkGatewayAlreadyExists', `The connection ${twin.id} joins ${gateway.id} and ${peer.id} already.`, at)
  if (!flag(object, 'bgp_enabled')) return
  const silent = [gateway, peer].find(({ attributes }) => !flag(attributes, 'bgp_enabled'))
  if (silent) throw armError(action, 'BgpNotEnabledOnGateway', `BGP is not enabled on ${silent.id}.`, 'bgp_enabled')
  if (gatewayAsn(gateway.attributes) === gatewayAsn(peer.attributes)) {
    throw armError(action, 'BgpAsnConflict', `The gateways ${gateway.id} and ${peer.id} both have the BGP ASN ${gatewayAsn(gateway.attributes)}.`, at)
  }
}

function checkKey(object: Attributes, action: string): void {
  const key = text(object, 'shared_key')
  if (key === undefined) return
  if (key.length === 0 || key.length > 128 || !/^[!-,./0-}]*$/.test(key)) {
    throw armError(action, 'InvalidSharedKey', 'The shared key must have 1 to 128 printable ASCII characters, without space, hyphen and tilde.', 'shared_key')
  }
}

function checkPolicy(object: Attributes, gateway: CloudObject, action: string): void {
  const policy = block(object, 'ipsec_policy')
  if (!policy) return
  if (gateway.attributes['sku'] === 'Basic') {
    throw armError(action, 'IpsecPolicyNotSupportedForBasicSku', 'The Basic gateway SKU takes no custom IPsec policy.', 'ipsec_policy')
  }
  const problem = policyProblem(policy)
  if (problem !== undefined) throw armError(action, 'InvalidIpsecPolicyParameterValue', problem, 'ipsec_policy')
}

function checkSiblings(object: Attributes, gateway: CloudObject, peer: CloudObject, siblings: readonly CloudObject[], context: Context, action: string): void {
  const sku = text(gateway.attributes, 'sku') ?? ''
  if (siblings.length >= connectionsPerSku(sku)) {
    throw armError(action, 'VirtualNetworkGatewayConnectionLimitReached', `The gateway ${gateway.id} of SKU ${sku} has ${siblings.length} site-to-site tunnels, which is its limit.`, 'virtual_network_gateway_id')
  }
  for (const sibling of siblings) {
    const other = findId(context, 'azurerm_local_network_gateway', sibling.attributes['local_network_gateway_id'])
    if (!other) continue
    if (sameText(other.id, peer.id)) {
      throw armError(action, 'ConnectionToLocalNetworkGatewayAlreadyExists', `The connection ${sibling.id} joins ${gateway.id} and ${peer.id} already.`, 'local_network_gateway_id')
    }
    if (flag(object, 'bgp_enabled') || flag(sibling.attributes, 'bgp_enabled') || !overlap(peer, other)) continue
    throw armError(action, 'OverlappingLocalNetworkAddressSpace', `The address spaces of ${peer.id} and ${other.id} overlap; redundant tunnels to one site need BGP on every connection.`, 'local_network_gateway_id')
  }
}

function overlap(one: CloudObject, other: CloudObject): boolean {
  const space = readCidrs(texts(other.attributes, 'address_space'))
  return readCidrs(texts(one.attributes, 'address_space')).some((block) => space.some((taken) => taken.overlaps(block)))
}

function checkBgp(gateway: CloudObject, peer: CloudObject, action: string): void {
  if (!flag(gateway.attributes, 'bgp_enabled')) {
    throw armError(action, 'BgpNotEnabledOnGateway', `BGP is not enabled on ${gateway.id}.`, 'bgp_enabled')
  }
  const settings = block(peer.attributes, 'bgp_settings')
  if (!settings) throw armError(action, 'BgpSettingsMissingOnLocalNetworkGateway', `The local network gateway ${peer.id} has no BGP settings.`, 'bgp_enabled')
  if (number(settings, 'asn') === gatewayAsn(gateway.attributes)) {
    throw armError(action, 'BgpAsnConflict', `The local network gateway ${peer.id} and ${gateway.id} both have the BGP ASN ${gatewayAsn(gateway.attributes)}.`, 'local_network_gateway_id')
  }
}

function checkCustomAddresses(object: Attributes, gateway: CloudObject, action: string): void {
  const custom = block(object, 'custom_bgp_addresses')
  if (!custom) return
  const instances = peeringAddresses(gateway.attributes)
  const names = flag(gateway.attributes, 'active_active') ? ['primary', 'secondary'] : ['primary']
  if (!flag(object, 'bgp_enabled')) throw armError(action, 'CustomBgpAddressesRequireBgp', 'Custom BGP addresses need BGP on the connection.', 'custom_bgp_addresses')
  for (const [index, name] of names.entries()) {
    const address = text(custom, name)
    const own = instances[index] ?? {}
    if (address !== undefined && [...texts(own, 'apipa_addresses'), ...texts(own, 'default_addresses')].includes(address)) continue
    throw armError(action, 'CustomBgpIpAddressNotFound', `The ${name} custom BGP address ${address ?? '(none)'} is not among the BGP addresses of IP configuration ${String(own['ip_configuration_name'] ?? index)} of ${gateway.id}.`, 'custom_bgp_addresses', 0, name)
  }
}
