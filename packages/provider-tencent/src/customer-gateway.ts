import { IsthmusError, type Half, type HalfTunnel, type Resource, type Site } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import { tagged } from './network.ts'
import type { TencentOptions } from './options.ts'

/** The peer's addresses as customer gateways, and the one that each tunnel ends at. */
export interface CustomerGateways {
  readonly resources: readonly Resource[]
  /** Address of the customer gateway in the fragment. */
  of(tunnel: HalfTunnel): string
}

/** One customer gateway for each address of the peer: the cloud refuses a second one for the same address in a region. */
export function customerGateways(site: Site<TencentOptions>, half: Half, tunnels: readonly HalfTunnel[]): CustomerGateways {
  const type = 'tencentcloud_vpn_customer_gateway'
  const byAddress = new Map(tunnels.map((tunnel): [string, Resource] => {
    const suffix = nameOf(tunnel, tunnels)
    return [identity(tunnel), {
      type,
      name: `${half.name}--${suffix}`,
      body: {
        name: cloudName(`${half.label}--${suffix}`),
        public_ip_address: tunnel.peerAddress,
        ...(half.routing.mode === 'bgp' ? { bgp_asn: half.routing.peerAsn } : {}),
        ...tagged(site),
      },
    }]
  }))
  return {
    resources: [...byAddress.values()],
    of(tunnel) {
      const found = byAddress.get(identity(tunnel))
      if (!found) throw new IsthmusError('CONTRACT_BROKEN', `Tunnel ${tunnel.id} of ${half.name} has no peer address.`)
      return `${type}.${found.name}`
    },
  }
}

/** The peer's slot; where that stands for several addresses, made for each of our own, both slots. */
function nameOf(tunnel: HalfTunnel, tunnels: readonly HalfTunnel[]): string {
  const shared = tunnels.every((other) => other.peerSlot !== tunnel.peerSlot || identity(other) === identity(tunnel))
  return shared ? `${tunnel.peerSlot}` : tunnel.id
}

/** Two tunnels end at the same address exactly when the values that stand for it are equal. */
function identity(tunnel: HalfTunnel): string {
  return JSON.stringify(tunnel.peerAddress)
}
