import type { Attributes, Context } from '../../behaviour/behaviour.ts'
import { block, blocks, text } from '../attributes.ts'

/** What a connection reports at this moment: each of its two tunnels, and itself, which is up while one of them is. */
export function statusOf(connection: Attributes, context: Context): Attributes {
  const gateway = context.find('ibm_is_vpn_gateway', connection['vpn_gateway'])?.attributes ?? {}
  const peer = text(block(connection, 'peer') ?? {}, 'address')
  const inside = blocks(connection, 'tunnel')
  const states = context.tunnels().filter(({ end }) => end.outside.peer === peer)
  const seen = ['public_ip_address', 'public_ip_address2'].map((name, member) => {
    const address = text(gateway, name)
    const state = states.find(({ end }) => end.outside.local === address)
    const up = state?.up === true
    const dynamic = connection['routing_protocol'] === 'bgp'
    return {
      reason: state?.reason,
      tunnel: {
        address, neighbor_ip: inside[member]?.['neighbor_ip'] ?? '', protocol_state: dynamic ? (up ? 'established' : 'active') : '', status: up ? 'up' : 'down',
        tunnel_interface_ip: inside[member]?.['tunnel_interface_ip'] ?? '',
      },
    }
  })
  const up = seen.some(({ tunnel }) => tunnel.status === 'up')
  const reason = seen.find((each) => each.reason !== undefined)?.reason ?? 'the peer does not answer'
  return { status: up ? 'up' : 'down', status_reasons: up ? [] : [{ code: 'peer_not_responding', message: reason, more_info: '' }], tunnels: seen.map(({ tunnel }) => tunnel) }
}
