import { type Behaviour, Refusal } from '../../behaviour/behaviour.ts'
import { groupId, newId, sameText } from './resource.ts'

/** Types that live in a resource group, apart from those that live inside another one of these. */
const contained = [
  'azurerm_linux_virtual_machine', 'azurerm_local_network_gateway', 'azurerm_nat_gateway', 'azurerm_network_interface',
  'azurerm_network_security_group', 'azurerm_public_ip', 'azurerm_route_table', 'azurerm_virtual_network',
  'azurerm_virtual_network_gateway', 'azurerm_virtual_network_gateway_connection',
]

export const resourceGroup: Behaviour = {
  id: (object, context) => newId(groupId(object['name'], context), context),
  remove(object, context) {
    const inside = contained.flatMap((type) => context.list(type)).filter(({ id }) => sameText(id.split('/').slice(0, 5).join('/'), object['id']))
    if (inside.length === 0) return
    const detail = `the Resource Group still contains Resources: ${inside.map(({ id }) => id).join(', ')}`
    throw new Refusal(`deleting Resource Group "${String(object['name'])}"`, detail)
  },
}
