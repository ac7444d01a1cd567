import { type Fragment, IsthmusError, ref, type Resource, type Site, type Subnet, type Value } from '@isthmus/core'
import type { AzureOptions } from './options.ts'

/** The one name by which the cloud finds the subnet of a gateway. */
export const gatewaySubnetName = 'GatewaySubnet'

/** The site's resource group, virtual network and subnets, or the names and ids of those that exist. */
export function network(site: Site<AzureOptions>): Fragment {
  const { existing } = site.options
  if (existing) return existingNetwork(site, existing)
  const group = resourceGroupName(site)
  const name = ref(virtualNetworkAddress(site), 'name')
  const gatewaySubnet = gatewaySubnetOf(site)
  return {
    resources: [...resourceGroup(site), virtualNetwork(site, group), ...site.subnets.map((subnet) => azureSubnet(site, subnet, group, name))],
    exports: {
      resource_group_name: group,
      virtual_network_name: name,
      virtual_network_id: ref(virtualNetworkAddress(site), 'id'),
      ...(gatewaySubnet ? { gateway_subnet_id: ref(`azurerm_subnet.${subnetResourceName(site, gatewaySubnet)}`, 'id') } : {}),
    },
  }
}

/** Nothing is made in a virtual network that exists but the subnet of the gateway, where it has none. */
function existingNetwork(site: Site<AzureOptions>, existing: NonNullable<AzureOptions['existing']>): Fragment {
  const { resourceGroup: group, virtualNetwork: name, virtualNetworkId, gatewaySubnetId } = existing
  const exports = { resource_group_name: group, virtual_network_name: name, virtual_network_id: virtualNetworkId }
  if (gatewaySubnetId !== undefined) return { resources: [], exports: { ...exports, gateway_subnet_id: gatewaySubnetId } }
  const gatewaySubnet = gatewaySubnetOf(site)
  // A subnet that only a gateway needs goes away with the last link.
  if (!gatewaySubnet || site.unlinked) return { resources: [], exports }
  const made = azureSubnet(site, gatewaySubnet, group, name)
  return { resources: [made], exports: { ...exports, gateway_subnet_id: ref(`${made.type}.${made.name}`, 'id') } }
}

function gatewaySubnetOf(site: Site<AzureOptions>): Subnet | undefined {
  const found = site.subnets.find((subnet) => subnet.purpose === 'gateway')
  if (!found && !site.unlinked) throw new IsthmusError('CONTRACT_BROKEN', `Site ${site.name} reached the provider without its subnet ${gatewaySubnetName}.`)
  return found
}

/** Arguments that every resource with a place has; `tags` only where the user gave some. */
export function placed(site: Site<AzureOptions>, group: Value): Readonly<Record<string, Value>> {
  return { resource_group_name: group, location: site.region, ...tagged(site) }
}

function tagged(site: Site<AzureOptions>): Readonly<Record<string, Value>> {
  return site.options.tags ? { tags: site.options.tags } : {}
}

function resourceGroupName(site: Site<AzureOptions>): Value {
  return site.options.resourceGroup ?? ref(`azurerm_resource_group.${site.name}`, 'name')
}

function resourceGroup(site: Site<AzureOptions>): Resource[] {
  if (site.options.resourceGroup) return []
  return [{ type: 'azurerm_resource_group', name: site.name, body: { name: site.label, location: site.region, ...tagged(site) } }]
}

function virtualNetworkAddress(site: Site<AzureOptions>): string {
  return `azurerm_virtual_network.${site.name}`
}

function virtualNetwork(site: Site<AzureOptions>, group: Value): Resource {
  const body = { name: site.label, ...placed(site, group), address_space: site.cidrs.map(String) }
  return { type: 'azurerm_virtual_network', name: site.name, body }
}

function subnetResourceName(site: Site<AzureOptions>, subnet: Subnet): string {
  return `${site.name}--${subnet.name}`.toLowerCase()
}

/** A subnet spans its region, so a zone of the order has no place here. */
function azureSubnet(site: Site<AzureOptions>, subnet: Subnet, group: Value, network: Value): Resource {
  return {
    type: 'azurerm_subnet',
    name: subnetResourceName(site, subnet),
    body: {
      name: subnet.purpose === 'gateway' ? gatewaySubnetName : subnet.name,
      resource_group_name: group,
      virtual_network_name: network,
      address_prefixes: [subnet.cidr.toString()],
    },
  }
}
