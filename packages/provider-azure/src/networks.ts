import { inAddressOrder, knownText, textOf, textsOf, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'
import { gatewaySubnetName } from './network.ts'

/** The virtual networks of a set, made or looked up. */
export function networks(resources: ResourceSet): NetworkView[] {
  return ['', 'data.'].flatMap((mode) => resources.ofType(`${mode}azurerm_virtual_network`).map((network) => {
    const group = textOf(network.values['resource_group_name'])
    return {
      cloud: 'azure',
      site: network.name,
      address: network.address,
      id: knownText(resources, network, 'id'),
      name: knownText(resources, network, 'name'),
      cidrs: textsOf(network.values['address_space']),
      subnets: inAddressOrder(resources.ofType(`${mode}azurerm_subnet`).filter((subnet) => isIn(resources, subnet, network)).flatMap((subnet) => subnetOf(resources, subnet))),
      details: group === undefined ? {} : { resourceGroup: group },
    }
  }))
}

/** Names of networks are unique in a resource group only, so the id decides where it is known. Ids are the same in any case of letters. */
function isIn(resources: ResourceSet, subnet: ResourceView, network: ResourceView): boolean {
  const [id, networkId] = [textOf(subnet.values['id']), textOf(network.values['id'])]
  if (id !== undefined && networkId !== undefined) return id.toLowerCase().startsWith(`${networkId.toLowerCase()}/subnets/`)
  return resources.follow(subnet.values['virtual_network_name'], network.type) === network
}

/** A subnet may have several prefixes; the first is the one that is shown. */
function subnetOf(resources: ResourceSet, subnet: ResourceView): SubnetView[] {
  const [cidr] = textsOf(subnet.values['address_prefixes'])
  const name = textOf(subnet.values['name'])
  if (cidr === undefined || name === undefined) return []
  return [{ name, id: knownText(resources, subnet, 'id'), cidr, purpose: name === gatewaySubnetName ? 'gateway' : 'workload' }]
}
