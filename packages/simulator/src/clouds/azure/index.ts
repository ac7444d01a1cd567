import type { SimulatedCloud } from '../../behaviour/behaviour.ts'
import { virtualNetworkGatewayConnection } from './connection.ts'
import { virtualNetworkGateway } from './gateway.ts'
import { localNetworkGateway } from './local-gateway.ts'
import { subnet, virtualNetwork } from './network.ts'
import { publicIp } from './public-ip.ts'
import { resourceGroup } from './resource-group.ts'
import { schema } from './schema.ts'

/** Microsoft Azure: virtual networks and VPN Gateway. */
export const azureCloud: SimulatedCloud = {
  source: 'hashicorp/azurerm',
  schema,
  behaviours: {
    azurerm_resource_group: resourceGroup,
    azurerm_virtual_network: virtualNetwork,
    azurerm_subnet: subnet,
    azurerm_public_ip: publicIp,
    azurerm_virtual_network_gateway: virtualNetworkGateway,
    azurerm_local_network_gateway: localNetworkGateway,
    azurerm_virtual_network_gateway_connection: virtualNetworkGatewayConnection,
  },
  nothingFound: (type, { name, resource_group_name: group }) => `${type === 'azurerm_subnet' ? 'Subnet' : 'Virtual Network'} (Resource Group Name: ${JSON.stringify(group)}\nName: ${JSON.stringify(name)}) was not found`,
}
