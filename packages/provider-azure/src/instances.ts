import { blocksOf, type Known, knownText, type ResourceSet, type ResourceView, textOrToken } from '@isthmus/core'
import { list } from './resource-value.ts'

/** Arguments of a connection that name a gateway. */
export type GatewayPointer = 'virtual_network_gateway_id' | 'peer_virtual_network_gateway_id'

/** One instance of a gateway, as far as its resources are at hand. */
export interface InstanceView {
  readonly address: Known<string>
  /** Resource that states the address, where it is at hand. */
  readonly stated: string | undefined
  /** Inside addresses it can use; undefined where no resource at hand says so. */
  readonly pool: readonly unknown[] | undefined
  /** Address in the gateway subnet, where its BGP ends if no inside address is used. */
  readonly privateAddress: Known<string>
}

/** The gateway that an argument of a connection names, where it is at hand. */
export function gatewayOf(resources: ResourceSet, connection: ResourceView, pointer: GatewayPointer): ResourceView | undefined {
  return resources.follow(connection.values[pointer], 'azurerm_virtual_network_gateway')
}

/** The instances of the gateway that an argument of a connection names. */
export function instancesOf(resources: ResourceSet, connection: ResourceView, pointer: GatewayPointer): InstanceView[] {
  const gateway = gatewayOf(resources, connection, pointer)
  if (!gateway) {
    const token = (slot: number, name: string): Known<string> => ({ token: `${connection.address}.${pointer}.${name}_${slot}` })
    return [0, 1].map((slot) => ({ address: token(slot, 'address'), stated: undefined, pool: undefined, privateAddress: token(slot, 'private_address') }))
  }
  const peerings = blocksOf(blocksOf(gateway.values['bgp_settings'])[0]?.['peering_addresses'])
  const configurations = blocksOf(gateway.values['ip_configuration']).slice(0, gateway.values['active_active'] === true ? 2 : 1)
  return configurations.map((configuration, slot) => {
    const named = peerings.findIndex((candidate) => candidate['ip_configuration_name'] === configuration['name'])
    const position = named === -1 && peerings.length === 1 ? 0 : named
    const peering = peerings[position]
    const publicIp = resources.follow(configuration['public_ip_address_id'], 'azurerm_public_ip')
    const address = publicIp
      ? resources.attribute(publicIp, 'ip_address')
      : resources.attribute(gateway, 'bgp_settings', 0, 'peering_addresses', position, 'tunnel_ip_addresses', 0)
    return {
      address: textOrToken(address) ?? { token: `${gateway.address}.ip_configuration.${slot}.public_ip_address_id` },
      stated: gateway.address,
      privateAddress: knownText(resources, gateway, 'bgp_settings', 0, 'peering_addresses', position, 'default_addresses', 0),
      pool: peering ? list(peering['apipa_addresses']) : peerings.length > 0 ? [] : undefined,
    }
  })
}

/** The virtual network that a gateway is in. */
export function networkOf(resources: ResourceSet, gateway: ResourceView | undefined): ResourceView | undefined {
  const subnet = resources.follow(blocksOf(gateway?.values['ip_configuration'])[0]?.['subnet_id'], 'azurerm_subnet')
  return resources.follow(subnet?.values['virtual_network_name'], 'azurerm_virtual_network')
}
