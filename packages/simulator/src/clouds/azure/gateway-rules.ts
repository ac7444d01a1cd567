import { type Attributes, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { block, blocks, flag, number, text, texts } from '../attributes.ts'
import { isOwnAsn } from './asn.ts'
import { checkApipaRange, checkPeeringAddresses } from './bgp-addresses.ts'
import { networkOfGateway } from './network.ts'
import { armError, findId, location, notFound, sameText } from './resource.ts'
import { hasZones } from './zones.ts'

const skus = ['Basic', ...[1, 2, 3, 4, 5].flatMap((size) => [`VpnGw${size}`, `VpnGw${size}AZ`])]

/** Name that Azure looks the gateway's subnet up by. */
const gatewaySubnet = 'GatewaySubnet'

/** Plan-time checks of a VPN gateway; gateways of other kinds are passed over. */
export function validateGateway(config: Attributes): Refusal[] {
  if (text(config, 'type') !== 'Vpn') return []
  const sku = text(config, 'sku')
  const wrongSku = sku !== undefined && !skus.includes(sku)
    ? [new Refusal('Invalid sku', `expected sku to be one of [${skus.join(' ')}], got ${sku}`, ['sku'])]
    : []
  const misplaced = blocks(config, 'ip_configuration').flatMap((configuration, index) => {
    const subnet = text(configuration, 'subnet_id')
    if (subnet === undefined || subnet.split('/').at(-1) === gatewaySubnet) return []
    return [new Refusal('Invalid subnet_id', `expected ip_configuration.${index}.subnet_id to reference a gateway subnet with name ${gatewaySubnet}, got ${subnet}`, ['ip_configuration', index, 'subnet_id'])]
  })
  return [...wrongSku, ...misplaced, ...checkApipaRange(config)]
}

/** Everything Azure itself checks of a VPN gateway before it starts to build one. */
export function checkGateway(gateway: Attributes, context: Context, action: string): void {
  const configurations = blocks(gateway, 'ip_configuration')
  checkSku(gateway, action)
  checkInstances(gateway, configurations.length, action)
  for (const configuration of configurations) checkSubnet(configuration, context, action)
  checkAlone(gateway, context, action)
  checkPublicIps(gateway, configurations, context, action)
  const asn = number(block(gateway, 'bgp_settings') ?? {}, 'asn')
  if (asn !== undefined && !isOwnAsn(asn)) {
    throw armError(action, 'VirtualNetworkGatewayBgpAsnReserved', `The BGP ASN ${asn} is reserved and cannot be used for a virtual network gateway.`, 'bgp_settings', 0, 'asn')
  }
  checkPeeringAddresses(gateway, action)
}

function checkSku(gateway: Attributes, action: string): void {
  const sku = text(gateway, 'sku') ?? ''
  if (/^VpnGw\d$/.test(sku)) {
    throw armError(action, 'NonAzSkusNotAllowedForVPNGateway', 'VpnGw1-5 non-AZ SKUs are no longer supported for VPN gateways. Only VpnGw1-5AZ SKUs can be created going forward.', 'sku')
  }
  if (sku === 'Basic' && (flag(gateway, 'bgp_enabled') || flag(gateway, 'active_active'))) {
    throw armError(action, 'VirtualNetworkGatewayBasicSkuNotSupported', 'The Basic gateway SKU supports neither BGP nor active-active mode.', 'sku')
  }
  const generation = text(gateway, 'generation')
  const wrong = (generation === 'Generation2' && /^(Basic|VpnGw1)/.test(sku)) || (generation === 'Generation1' && /^VpnGw[45]/.test(sku))
  if (wrong) throw armError(action, 'InvalidVpnGatewayGeneration', `The SKU ${sku} does not exist in ${String(generation)}.`, 'generation')
}

function checkInstances(gateway: Attributes, configurations: number, action: string): void {
  if (flag(gateway, 'active_active') && configurations < 2) {
    throw armError(action, 'ActiveActiveGatewayRequiresTwoIpConfigurations', 'An active-active gateway needs two IP configurations.', 'ip_configuration')
  }
  if (!flag(gateway, 'active_active') && configurations > 1) {
    throw armError(action, 'MultipleIpConfigurationsRequireActiveActive', 'A gateway that is not active-active has one IP configuration.', 'ip_configuration')
  }
  if (text(gateway, 'vpn_type') === 'PolicyBased' && (flag(gateway, 'active_active') || flag(gateway, 'bgp_enabled'))) {
    throw armError(action, 'PolicyBasedGatewayNotSupported', 'A policy-based gateway supports neither BGP nor active-active mode.', 'vpn_type')
  }
}

function checkSubnet(configuration: Attributes, context: Context, action: string): void {
  const subnet = findId(context, 'azurerm_subnet', configuration['subnet_id'])
  if (!subnet) throw notFound(action, configuration['subnet_id'], 'ip_configuration')
  const range = readCidr(texts(subnet.attributes, 'address_prefixes')[0])
  if (range && range.prefix > 29) {
    throw armError(action, 'GatewaySubnetTooSmall', `The gateway subnet ${range.toString()} is too small: it must be /29 or larger, and /27 or larger is recommended.`, 'ip_configuration')
  }
}

function checkAlone(gateway: Attributes, context: Context, action: string): void {
  const other = vpnGateways(context).find(({ id, attributes }) => !sameText(id, gateway['id']) && sameText(networkOfGateway(attributes), networkOfGateway(gateway)))
  if (!other) return
  const message = `Virtual network ${String(networkOfGateway(gateway))} has the VPN gateway ${other.id} already; a virtual network can have one.`
  throw armError(action, 'VirtualNetworkGatewayOfTypeAlreadyExists', message, 'ip_configuration')
}

function checkPublicIps(gateway: Attributes, configurations: readonly Attributes[], context: Context, action: string): void {
  const users = vpnGateways(context).filter(({ id }) => !sameText(id, gateway['id'])).flatMap(({ attributes }) => blocks(attributes, 'ip_configuration'))
  for (const [index, configuration] of configurations.entries()) {
    const id = configuration['public_ip_address_id']
    const address = findId(context, 'azurerm_public_ip', id)
    if (!address) throw notFound(action, id, 'ip_configuration', index, 'public_ip_address_id')
    if ([...users, ...configurations.slice(0, index)].some((other) => sameText(other['public_ip_address_id'], id))) {
      throw armError(action, 'PublicIPAddressInUse', `Resource ${String(gateway['id'])} is referencing public IP address ${address.id} that is already allocated to another IP configuration.`, 'ip_configuration', index, 'public_ip_address_id')
    }
    if (location(address.attributes) !== location(gateway)) {
      throw armError(action, 'InvalidResourceReference', `Public IP address ${address.id} is in ${location(address.attributes)} and the gateway in ${location(gateway)}; both must be in one region.`, 'ip_configuration', index, 'public_ip_address_id')
    }
    checkZones(gateway, address, action)
  }
}

function checkZones(gateway: Attributes, address: CloudObject, action: string): void {
  const zones = texts(address.attributes, 'zones')
  const zonal = (text(gateway, 'sku') ?? '').endsWith('AZ')
  if (zonal && zones.length === 0 && hasZones(location(gateway))) {
    throw armError(action, 'VmssVpnGatewayPublicIpsMustHaveZonesConfigured', 'Standard Public IPs associated with VPN Gateways with AZ VPN skus must have zones configured.', 'ip_configuration')
  }
  if (!zonal && zones.length > 0) {
    throw armError(action, 'RegionalVmssVpnGatewayPublicIpsMustNotHaveZonesConfigured', 'Standard Public IPs associated with VPN gateways with non-AZ VPN skus cannot have zones configured.', 'ip_configuration')
  }
}

function vpnGateways(context: Context): CloudObject[] {
  return context.list('azurerm_virtual_network_gateway').filter(({ attributes }) => attributes['type'] === 'Vpn')
}
