import { Cidr, findOverlaps } from '@isthmus/core'
import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr, readCidrs } from '../addresses.ts'
import { blocks, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { arm, armError, findId, groupId, inUse, sameText } from './resource.ts'

/** Blocks that Azure refuses in any address space (Virtual Network FAQ: multicast, broadcast, loopback, link-local, internal DNS). */
const refused = ['127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32'].map((text) => Cidr.of(text))

/** The smallest subnet of Azure is a /29: five addresses are its own. */
const longestPrefix = 29

export const virtualNetwork: Behaviour = arm({ title: 'Virtual Network', path: (object) => `virtualNetworks/${String(object['name'])}` }, {
  create(object, context) {
    checkSpace(object, 'creating Virtual Network')
    fill(object, { dns_servers: [], guid: guid(String(object['id']), context), subnet: [] })
  },
  update(_prior, object, context) {
    checkSpace(object, 'updating Virtual Network')
    const space = readCidrs(texts(object, 'address_space'))
    const lost = subnetsOf(object, context).find((subnet) => !readCidrs(texts(subnet.attributes, 'address_prefixes')).every((block) => space.some((part) => part.contains(block))))
    if (lost) throw armError('updating Virtual Network', 'InUsePrefixCannotBeDeleted', `IpPrefix of subnet ${String(lost.attributes['name'])} is still in use and cannot be deleted.`, 'address_space')
  },
  // What only the data source shows is left out of the resource by its schema.
  read: (object, context) => ({ ...object, subnets: subnetsOf(object, context).map(({ attributes }) => attributes['name']), vnet_peerings: {}, vnet_peerings_addresses: [] }),
  remove(object, context) {
    const gateway = context.list('azurerm_virtual_network_gateway').find(({ attributes }) => networkOfGateway(attributes)?.toLowerCase() === String(object['id']).toLowerCase())
    if (gateway) throw inUse('VirtualNetwork', 'Virtual network', object['id'], gateway.id)
  },
})

export const subnet: Behaviour = arm({
  title: 'Subnet',
  path: (object) => `virtualNetworks/${String(object['virtual_network_name'])}/subnets/${String(object['name'])}`,
}, {
  create(object, context) {
    checkSubnet(object, context)
    fill(object, { network_security_group_id: null, route_table_id: null })
  },
  update(_prior, object, context) {
    checkSubnet(object, context)
  },
  remove(object, context) {
    const user = context.list('azurerm_virtual_network_gateway').find(({ attributes }) => blocks(attributes, 'ip_configuration').some((configuration) => sameText(configuration['subnet_id'], object['id'])))
    if (user) throw inUse('Subnet', 'Subnet', object['name'], user.id)
  },
})

/** Id of the virtual network that a gateway's subnet belongs to. */
export function networkOfGateway(gateway: Attributes): string | undefined {
  const [configuration] = blocks(gateway, 'ip_configuration')
  const subnetId = configuration?.['subnet_id']
  return typeof subnetId === 'string' ? subnetId.split('/subnets/')[0] : undefined
}

function checkSpace(object: Attributes, action: string): void {
  const written = texts(object, 'address_space')
  const space = readCidrs(written)
  if (space.length < written.length) {
    const wrong = written.find((item) => !readCidr(item)) ?? ''
    throw armError(action, 'InvalidCIDRNotation', `The address prefix ${wrong} in resource ${String(object['id'])} has an invalid CIDR notation.`, 'address_space')
  }
  for (const block of space) {
    if (!refused.some((other) => other.overlaps(block))) continue
    throw armError(action, 'AddressSpaceNotAllowed', `Address prefix ${block.toString()} is not allowed for virtual network ${String(object['name'])}.`, 'address_space')
  }
  const [pair] = findOverlaps(space)
  if (!pair) return
  const message = `The address prefixes ${String(written[pair[0]])} and ${String(written[pair[1]])} of virtual network ${String(object['name'])} overlap.`
  throw armError(action, 'NetcfgInvalidVirtualNetworkAddressSpace', message, 'address_space')
}

function checkSubnet(object: Attributes, context: Context): void {
  const action = 'creating Subnet'
  const path = `${groupId(object['resource_group_name'], context)}/providers/Microsoft.Network/virtualNetworks/${String(object['virtual_network_name'])}`
  const network = findId(context, 'azurerm_virtual_network', path)
  if (!network) throw armError(action, 'ParentResourceNotFound', `Failed to perform 'write' on resource(s) of type 'virtualNetworks/subnets', because the parent resource '${path}' could not be found.`, 'virtual_network_name')
  const name = String(object['name'])
  const space = readCidrs(texts(network.attributes, 'address_space'))
  for (const written of texts(object, 'address_prefixes')) {
    const block = readCidr(written)
    if (!block || block.prefix > longestPrefix) throw armError(action, 'NetcfgInvalidSubnet', `Subnet '${name}' is not valid: the address prefix ${written} must be a network of at least /${longestPrefix}.`, 'address_prefixes')
    if (!space.some((part) => part.contains(block))) throw armError(action, 'NetcfgSubnetRangeOutsideVnet', `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${String(network.attributes['name'])}'.`, 'address_prefixes')
    const sibling = subnetsOf(network.attributes, context).find((other) => !sameText(other.id, object['id']) && readCidrs(texts(other.attributes, 'address_prefixes')).some((taken) => taken.overlaps(block)))
    if (sibling) throw armError(action, 'NetcfgSubnetRangesOverlap', `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet '${String(sibling.attributes['name'])}' in virtual network '${String(network.attributes['name'])}'.`, 'address_prefixes')
  }
}

function subnetsOf(network: Attributes, context: Context): CloudObject[] {
  return context.list('azurerm_subnet').filter(({ id }) => sameText(id.split('/subnets/')[0], network['id']))
}

function guid(salt: string, context: Context): string {
  const hex = context.digest(`guid ${salt}`)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
