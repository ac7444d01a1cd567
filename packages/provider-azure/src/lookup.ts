import { adoptedFields, eachValue, notApplied, ref, textOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkReference, type NetworkView } from '@isthmus/core'
import { gatewaySubnetName } from './network.ts'
import type { AzureOptions } from './options.ts'

/** Full resource id, or resource group and name with a slash between. */
const networkId = /^(?:\/subscriptions\/[^/]+\/resourceGroups\/)?([-\w.()]{1,90})(?:\/providers\/Microsoft\.Network\/virtualNetworks)?\/([-\w.]{2,64})$/i

/** Virtual networks that are there already. */
export const existing: ExistingNetworks<AzureOptions> = {
  id: { pattern: networkId, example: '/subscriptions/…/resourceGroups/my-group/providers/Microsoft.Network/virtualNetworks/my-network, or my-group/my-network' },
  lookup,
  // terraform-provider-azurerm@005ae2a, internal/services/network/virtual_network_data_source.go.
  missing: /Virtual Network \([\s\S]*\) was not found/,
  adopt,
}

function lookup({ name, id }: NetworkReference<AzureOptions>): Fragment {
  const [, group = '', network = ''] = networkId.exec(id) ?? []
  const address = `data.azurerm_virtual_network.${name}`
  return {
    resources: [
      { type: 'azurerm_virtual_network', name, mode: 'data', body: { name: network, resource_group_name: group } },
      { type: 'azurerm_subnet', name, mode: 'data', forEach: ref(address, 'subnets'), body: { name: eachValue, virtual_network_name: network, resource_group_name: group } },
    ],
    exports: { resource_group_name: group, virtual_network_name: network, virtual_network_id: ref(address, 'id') },
  }
}

/** Without a subnet for the gateway, the order that uses the network makes one. */
function adopt(view: NetworkView): Adopted {
  const [virtualNetworkId, virtualNetwork, resourceGroup] = [textOf(view.id), textOf(view.name), textOf(view.details['resourceGroup'])]
  if (virtualNetworkId === undefined || virtualNetwork === undefined || resourceGroup === undefined) return notApplied(view)
  const gateway = view.subnets.find(({ name }) => name === gatewaySubnetName)
  const gatewaySubnetId = textOf(gateway?.id)
  return adoptedFields(view, { existing: { resourceGroup, virtualNetwork, virtualNetworkId, ...(gatewaySubnetId === undefined ? {} : { gatewaySubnetId }) } }, gateway)
}
