import { type Attributes, type Behaviour, Refusal } from '../../behaviour/behaviour.ts'
import { blocks, text, texts } from '../attributes.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'
import { arm, armError, location, sameText } from './resource.ts'
import { hasZones } from './zones.ts'

export const publicIp: Behaviour = arm({ title: 'Public IP Address', path: (object) => `publicIPAddresses/${String(object['name'])}` }, checked(validate, {
  create(object, context) {
    const action = 'creating Public IP Address'
    if (object['sku'] === 'Basic') {
      throw armError(action, 'IPv4BasicSkuPublicIpCountLimitReached', 'Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.', 'sku')
    }
    const zones = texts(object, 'zones')
    if (zones.length > 0 && !hasZones(location(object))) {
      throw armError(action, 'AvailabilityZoneNotSupported', `The zone(s) '${zones.join(', ')}' for resource '${String(object['id'])}' is not supported. The location '${location(object)}' has no availability zones.`, 'zones')
    }
    if (zones.some((zone) => !/^[123]$/.test(zone)) || zones.length === 2) {
      throw armError(action, 'ResourceAvailabilityZonesNotValid', `The zones '${zones.join(', ')}' are not valid: a public IP address is in one zone or in all three.`, 'zones')
    }
    const label = text(object, 'domain_name_label')
    fill(object, {
      fqdn: label === undefined ? null : `${label}.${location(object)}.cloudapp.azure.com`,
      ip_address: context.address(String(object['id'])),
    })
  },
  remove(object, context) {
    const user = context.list('azurerm_virtual_network_gateway').find(({ attributes }) => blocks(attributes, 'ip_configuration').some((configuration) => sameText(configuration['public_ip_address_id'], object['id'])))
    if (!user) return
    const message = `Public IP address ${String(object['id'])} can not be deleted since it is still allocated to resource ${user.id}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.`
    throw armError('deleting Public IP Address', 'PublicIPAddressCannotBeDeleted', message)
  },
}))

function validate(config: Attributes): Refusal[] {
  if (text(config, 'sku') === 'Basic' || text(config, 'allocation_method') !== 'Dynamic') return []
  return [new Refusal('Invalid allocation_method', 'static IP allocation must be used when creating Standard SKU public IP addresses', ['allocation_method'])]
}
