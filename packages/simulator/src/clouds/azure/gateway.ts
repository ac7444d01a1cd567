import type { Attributes, Behaviour } from '../../behaviour/behaviour.ts'
import { changed, text } from '../attributes.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'
import { fillBgpSettings } from './bgp-addresses.ts'
import { checkGateway, validateGateway } from './gateway-rules.ts'
import { arm, inUse, sameText } from './resource.ts'

export const virtualNetworkGateway: Behaviour = arm({
  title: 'Virtual Network Gateway', path: (object) => `virtualNetworkGateways/${String(object['name'])}`,
}, checked(validateGateway, {
  recompute: (prior, planned) => (changed(prior, planned, ['sku']) ? ['maximum_scale_unit', 'minimum_scale_unit'] : []),
  create(object, context) {
    fillPlain(object)
    if (object['type'] === 'Vpn') checkGateway(object, context, 'creating Virtual Network Gateway')
    fillBgpSettings(object, context)
  },
  update(_prior, object, context) {
    fillPlain(object)
    if (object['type'] === 'Vpn') checkGateway(object, context, 'updating Virtual Network Gateway')
    fillBgpSettings(object, context)
  },
  remove(object, context) {
    const user = context.list('azurerm_virtual_network_gateway_connection').find(({ attributes }) => [attributes['virtual_network_gateway_id'], attributes['peer_virtual_network_gateway_id']].some((id) => sameText(id, object['id'])))
    if (user) throw inUse('VirtualNetworkGateway', 'Virtual Network Gateway', object['id'], user.id)
  },
}))

function fillPlain(object: Attributes): void {
  fill(object, {
    active_active: false,
    generation: /^VpnGw[45]/.test(text(object, 'sku') ?? '') ? 'Generation2' : 'Generation1',
    maximum_scale_unit: null,
    minimum_scale_unit: null,
  })
}
