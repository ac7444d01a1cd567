import type { Attributes, Context } from '../../behaviour/behaviour.ts'
import { text } from '../attributes.ts'
import { localAddress } from './gateway.ts'

/** `detailed_status` of a tunnel without a BGP session or a route, as every new one is. */
export const waiting = 'Waiting for route configuration.'

/** `detailed_status` of a tunnel at this moment. */
export function statusOf(vpnTunnel: Attributes, context: Context): string {
  const local = localAddress(vpnTunnel, context)
  const peer = text(vpnTunnel, 'peer_ip')
  const states = context.tunnels()
  const own = states.find(({ end }) => end.outside.local === local && end.outside.peer === peer)
  if (own?.up === true) return 'Tunnel is up and running.'
  if (!own || (own.end.routing === 'bgp' && !own.end.inside)) return waiting
  const answered = states.some(({ end }) => end.outside.local === peer && end.outside.peer === local)
  return answered ? `Handshake with peer broken: ${own.reason}. Trying again soon.` : `No incoming packets from peer: ${own.reason}.`
}
