import { numberOrToken, type EndView, type ResourceSet, type ResourceView } from '@isthmus/core'
import { gatewayOf, instancesOf, networkOf } from './instances.ts'
import { readConnection } from './read-connection.ts'
import { stated, texts } from './resource-value.ts'

/**
 * The ends of all connections to other gateways of Azure: from every instance to every instance of the other gateway, with BGP
 * between their private addresses, or as if without BGP where a gateway or the connection has it switched off.
 */
export function readKin(resources: ResourceSet): EndView[] {
  return resources.ofType('azurerm_virtual_network_gateway_connection').filter(({ values }) => values['type'] === 'Vnet2Vnet').flatMap((connection) =>
    instancesOf(resources, connection, 'virtual_network_gateway_id').flatMap((own) =>
      instancesOf(resources, connection, 'peer_virtual_network_gateway_id').map((other): EndView => ({
        ...readConnection(resources, connection),
        ...routing(resources, connection, own.privateAddress, other.privateAddress),
        outside: { local: own.address, peer: other.address },
        mayIdle: false,
      }))))
}

function routing(resources: ResourceSet, connection: ResourceView, local: NonNullable<EndView['inside']>['local'], peer: NonNullable<EndView['inside']>['peer']): Pick<EndView, 'at' | 'routing' | 'inside' | 'asn' | 'prefixes'> {
  const own = gatewayOf(resources, connection, 'virtual_network_gateway_id')
  const other = gatewayOf(resources, connection, 'peer_virtual_network_gateway_id')
  const [network, far] = [networkOf(resources, own), networkOf(resources, other)]
  const bgp = connection.values['bgp_enabled'] === true && (own?.values ?? connection.values)['bgp_enabled'] === true
  const asn = (gateway: ResourceView | undefined, pointer: string): NonNullable<EndView['asn']>['local'] => stated(resources, connection, gateway, pointer, ['bgp_settings', 0, 'asn'], numberOrToken)
  const blocks = network ? { local: texts(network.values['address_space']) } : {}
  return {
    at: {
      ...(own ? { 'outside.local': own.address, 'asn.local': own.address } : {}),
      ...(other ? { 'outside.peer': other.address, 'asn.peer': other.address } : {}),
      ...(network ? { 'prefixes.local': network.address } : {}),
    },
    routing: bgp ? 'bgp' : 'static',
    ...(bgp ? { inside: { local, peer }, asn: { local: asn(own, 'virtual_network_gateway_id'), peer: asn(other, 'peer_virtual_network_gateway_id') } } : {}),
    // Without BGP the cloud itself routes the whole network of the other gateway.
    prefixes: { ...blocks, ...(!bgp && far ? { peer: texts(far.values['address_space']) } : {}) },
  }
}
