import type { Attributes, Context, TunnelState } from '../../behaviour/behaviour.ts'
import { having, text } from '../attributes.ts'
import { since } from './account.ts'
import { tunnels } from './tunnel-options.ts'

/** `vgw_telemetry` of a connection: one entry for each of its outside addresses. */
export function telemetry(connection: Attributes, states: readonly TunnelState[]): Attributes[] {
  return tunnels.map((tunnel) => {
    const address = text(connection, `${tunnel}_address`)
    const state = states.find(({ end }) => end.outside.local === address)
    const received = state?.up === true && state.end.routing === 'bgp' ? receivedRoutes(state, states) : 0
    return {
      accepted_route_count: received,
      certificate_arn: '',
      last_status_change: since,
      outside_ip_address: address,
      status: state?.up === true ? 'UP' : 'DOWN',
      status_message: messageOf(state, received),
    }
  })
}

/** `routes` of a connection with static routing. */
export function staticRoutes(connection: Attributes, context: Context): Attributes[] {
  return having(context.list('aws_vpn_connection_route'), 'vpn_connection_id', connection['id'])
    .map(({ attributes }) => ({ destination_cidr_block: attributes['destination_cidr_block'], source: 'Static', state: 'available' }))
}

function messageOf(state: TunnelState | undefined, received: number): string {
  if (!state?.up) return state?.reason ? `IPSEC IS DOWN: ${state.reason}` : 'IPSEC IS DOWN'
  return state.end.routing === 'bgp' ? `${received} BGP ROUTES` : ''
}

/** What the end opposite announces: at least its own network. */
function receivedRoutes(state: TunnelState, states: readonly TunnelState[]): number {
  const opposite = states.find(({ end }) => end.outside.local === state.end.outside.peer && end.outside.peer === state.end.outside.local)
  return opposite?.end.prefixes?.local?.length ?? 1
}
