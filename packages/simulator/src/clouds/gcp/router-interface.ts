import { Cidr } from '@isthmus/core'
import { type Attributes, type Behaviour, type CloudObject, type Context } from '../../behaviour/behaviour.ts'
import { type InterfaceAddress, readInterface } from '../addresses.ts'
import { fill } from '../fill.ts'
import { isSet, text } from '../attributes.ts'
import { compute, demand, inUse, invalidValue, lastSegment, region, resolve } from './resource.ts'

const linkLocal = Cidr.of('169.254.0.0/16')

const action = 'patching Router'

/** An interface is part of its router in the API, so its messages speak of the router. */
export const routerInterface: Behaviour = compute({ title: 'RouterInterface', collection: 'routers', scope: 'region', shortest: 2 }, () => [], {
  id: (object, context) => `${region(object, context)}/${lastSegment(String(object['router']))}/${String(object['name'])}`,
  create(object, context) {
    const router = demand(context, 'google_compute_router', object, 'router', action)
    checkTunnel(object, router, context)
    fill(object, { ip_range: freeRange(object, router, context), ip_version: 'IPV4', redundant_interface: '' })
    checkRange(object, router, context)
  },
  remove(object, context) {
    const user = context.list('google_compute_router_peer').find(({ attributes }) => interfaceOf(attributes, context)?.id === object['id'])
    if (user) throw inUse('RouterInterface', object, user)
  },
})

/** The interface that a BGP peer uses. */
export function interfaceOf(peer: Attributes, context: Context): CloudObject | undefined {
  const router = resolve(context, 'google_compute_router', peer['router'], peer)?.id
  return context.list('google_compute_router_interface').find(({ attributes }) => attributes['name'] === peer['interface']
    && resolve(context, 'google_compute_router', attributes['router'], attributes)?.id === router)
}

function checkTunnel(object: Attributes, router: CloudObject, context: Context): void {
  if (!isSet(object, 'vpn_tunnel')) return
  const tunnel = demand(context, 'google_compute_vpn_tunnel', object, 'vpn_tunnel', action)
  if (resolve(context, 'google_compute_router', tunnel.attributes['router'], tunnel.attributes)?.id !== router.id) {
    throw invalidValue(action, 'interfaces[].linkedVpnTunnel', object['vpn_tunnel'], 'The tunnel does not use this router.', 'vpn_tunnel')
  }
  const other = context.list(context.type).find(({ id, attributes }) => id !== object['id'] && resolve(context, 'google_compute_vpn_tunnel', attributes['vpn_tunnel'], attributes)?.id === tunnel.id)
  if (other) throw invalidValue(action, 'interfaces[].linkedVpnTunnel', object['vpn_tunnel'], `The tunnel is linked to the interface ${String(other.attributes['name'])} already.`, 'vpn_tunnel')
}

function checkRange(object: Attributes, router: CloudObject, context: Context): void {
  const written = object['ip_range']
  const refuse = (message: string): Error => invalidValue(action, 'interfaces[].ipRange', written, message, 'ip_range')
  const range = readInterface(written)
  if (!range || range.block.prefix !== 30 || !linkLocal.contains(range.block)) throw refuse('The IP range must be a /30 of 169.254.0.0/16.')
  if (range.address.value === range.block.first || range.address.value === range.block.last) throw refuse('The address is the network or broadcast address of its range.')
  for (const { other, used } of usedRanges(object, router, context)) {
    if (used.block.overlaps(range.block)) throw refuse(`The IP range overlaps with the range ${String(other.attributes['ip_range'])} of the interface ${other.id}; ranges must differ over all routers of a network.`)
  }
}

/** Ranges of the interfaces of all routers of the router's network. */
function usedRanges(object: Attributes, router: CloudObject, context: Context): { other: CloudObject; used: InterfaceAddress }[] {
  const network = networkOf(router, context)
  return context.list('google_compute_router_interface').flatMap((other) => {
    const itsRouter = resolve(context, 'google_compute_router', other.attributes['router'], other.attributes)
    const used = readInterface(text(other.attributes, 'ip_range'))
    return other.id !== object['id'] && itsRouter && used && networkOf(itsRouter, context) === network ? [{ other, used }] : []
  })
}

function networkOf(router: CloudObject, context: Context): string | undefined {
  return resolve(context, 'google_compute_network', router.attributes['network'], router.attributes)?.id
}

/** A range of the cloud's own choice. */
function freeRange(object: Attributes, router: CloudObject, context: Context): string {
  const taken = usedRanges(object, router, context).map(({ used }) => used.block)
  const count = 1 << 14
  const start = parseInt(context.digest(String(object['id'])).slice(0, 8), 16) % count
  for (let step = 0; step < count; step += 1) {
    const block = linkLocal.child(30, (start + step) % count)
    if (!taken.some((other) => other.overlaps(block))) return `${block.host(1).toString()}/30`
  }
  throw invalidValue(action, 'interfaces[].ipRange', '', 'No range is free in the network.', 'ip_range')
}
