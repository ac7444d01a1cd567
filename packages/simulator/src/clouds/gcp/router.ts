import { type Attributes, type Behaviour, Refusal } from '../../behaviour/behaviour.ts'
import { blocks, number } from '../attributes.ts'
import { fill } from '../fill.ts'
import { compute, demand, inUse, userOf } from './resource.ts'

/** Types that keep a router from being deleted. */
const uses = [
  ['google_compute_router_interface', 'router'], ['google_compute_router_peer', 'router'], ['google_compute_router_nat', 'router'],
  ['google_compute_vpn_tunnel', 'router'],
] as const

export const router: Behaviour = compute({ title: 'Router', collection: 'routers', scope: 'region' }, checkAsn, {
  create(object, context) {
    demand(context, 'google_compute_network', object, 'network', 'creating Router')
    fillIdentifierRange(object)
  },
  update(_prior, object) {
    fillIdentifierRange(object)
  },
  remove(object, context) {
    const user = userOf(context, object, 'google_compute_router', uses)
    if (user) throw inUse('Router', object, user)
  },
})

function fillIdentifierRange(object: Attributes): void {
  for (const settings of blocks(object, 'bgp')) fill(settings, { identifier_range: '' })
}

function checkAsn(config: Attributes): Refusal[] {
  return blocks(config, 'bgp').flatMap((settings, index) => {
    const asn = number(settings, 'asn')
    if (asn === undefined || (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294)) return []
    const detail = `expected bgp.${index}.asn to be a RFC6996-compliant Local ASN: must be either in the private ASN ranges [64512..65534], [4200000000..4294967294]; or be the value of [16550], got ${asn}`
    return asn === 16550 ? [] : [new Refusal('Invalid asn', detail, ['bgp', index, 'asn'])]
  })
}
