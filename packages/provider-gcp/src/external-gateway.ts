import { IsthmusError, type Half, type HalfTunnel, type Resource } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'

/** Where a tunnel finds its peer: an interface of an external VPN gateway. */
export interface PeerInterface {
  /** Address of the external gateway in the fragment. */
  readonly gateway: string
  readonly id: number
}

/** The cloud wants exactly as many interfaces as the redundancy type says, so three addresses become two and one. */
const redundancyTypes = [
  { size: 4, type: 'FOUR_IPS_REDUNDANCY' },
  { size: 2, type: 'TWO_IPS_REDUNDANCY' },
  { size: 1, type: 'SINGLE_IP_INTERNALLY_REDUNDANT' },
] as const

/** The peer's addresses as external VPN gateways, as few as possible, and the interface that each tunnel ends at. */
export function externalGateways(half: Half, tunnels: readonly HalfTunnel[]): { resources: Resource[]; interfaceOf: (tunnel: HalfTunnel) => PeerInterface } {
  const groups = grouped(onePerAddress(tunnels))
  const interfaces = new Map<string, PeerInterface>()
  const resources = groups.map(({ type, members }): Resource => {
    const suffix = groups.length === 1 ? '' : `--${members[0]?.id}`
    const name = `${half.name}${suffix}`
    members.forEach((tunnel, id) => interfaces.set(identity(tunnel), { gateway: `google_compute_external_vpn_gateway.${name}`, id }))
    return {
      type: 'google_compute_external_vpn_gateway',
      name,
      body: {
        name: cloudName(`${half.label}${suffix}`),
        redundancy_type: type,
        interface: members.map((tunnel, id) => ({ id, ip_address: tunnel.peerAddress })),
      },
    }
  })
  return {
    resources,
    interfaceOf(tunnel) {
      const found = interfaces.get(identity(tunnel))
      if (!found) throw new IsthmusError('CONTRACT_BROKEN', `Tunnel ${tunnel.id} of ${half.name} has no peer address.`)
      return found
    },
  }
}

/** The first tunnel to each address, in the order given. */
function onePerAddress(tunnels: readonly HalfTunnel[]): HalfTunnel[] {
  const seen = new Set<string>()
  return tunnels.filter((tunnel) => {
    const known = seen.has(identity(tunnel))
    seen.add(identity(tunnel))
    return !known
  })
}

function grouped(tunnels: readonly HalfTunnel[]): { type: string; members: HalfTunnel[] }[] {
  const kind = redundancyTypes.find(({ size }) => size <= tunnels.length)
  if (!kind) return []
  return [{ type: kind.type, members: tunnels.slice(0, kind.size) }, ...grouped(tunnels.slice(kind.size))]
}

/** Two tunnels end at the same address exactly when the values that stand for it are equal. */
function identity(tunnel: HalfTunnel): string {
  return JSON.stringify(tunnel.peerAddress)
}
