import { IsthmusError, ref, type Half, type HalfTunnel, type Reference, type Resource, type Site } from '@isthmus/core'
import { tagged } from './network.ts'
import type { AlibabaOptions } from './options.ts'

/** The peer's addresses, each as a customer gateway, because the cloud takes an address only once in a region. */
export function customerGateways(site: Site<AlibabaOptions>, half: Half): { resources: Resource[]; idFor: (tunnel: HalfTunnel) => Reference } {
  const names = new Map<string, string>()
  const resources: Resource[] = []
  const tunnels = half.connections.flatMap((connection) => connection.tunnels).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  for (const tunnel of tunnels) {
    if (names.has(identity(tunnel))) continue
    const name = `${half.name}--${tunnel.id}`
    names.set(identity(tunnel), name)
    resources.push({
      type: 'alicloud_vpn_customer_gateway',
      name,
      body: {
        customer_gateway_name: `${half.label}--${tunnel.id}`,
        ip_address: tunnel.peerAddress,
        ...(half.routing.mode === 'bgp' ? { asn: String(half.routing.peerAsn) } : {}),
        ...tagged(site),
      },
    })
  }
  return {
    resources,
    idFor(tunnel) {
      const name = names.get(identity(tunnel))
      if (name === undefined) throw new IsthmusError('CONTRACT_BROKEN', `Tunnel ${tunnel.id} of ${half.name} has no peer address.`)
      return ref(`alicloud_vpn_customer_gateway.${name}`, 'id')
    },
  }
}

/** Two tunnels end at the same address exactly when the values that stand for it are equal. */
function identity(tunnel: HalfTunnel): string {
  return JSON.stringify(tunnel.peerAddress)
}
