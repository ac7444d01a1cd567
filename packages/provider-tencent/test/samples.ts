import type { Half, HalfTunnel, RoutingMode, Site, Suite } from '@isthmus/core'
import { freshAddress, halfOf, routingTo, singly, siteOf, tunnelsOf } from '@isthmus/provider-kit/samples'
import { tencent, type TencentOptions } from '../src/index.ts'

export const cbc: Suite = {
  phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-256', prf: 'prf-sha2-256', dhGroup: 14 },
  phase2: { encryption: 'aes-128-cbc', integrity: 'sha1', pfs: 24 },
}

export const aead: Suite = {
  phase1: { encryption: 'aes-256-gcm-16', prf: 'prf-sha2-512', dhGroup: 20 },
  phase2: { encryption: 'aes-256-gcm-16', pfs: 21 },
}

export function sampleSite(options: Readonly<Record<string, unknown>> = {}, change: Partial<Site<TencentOptions>> = {}): Site<TencentOptions> {
  return siteOf(tencent, 'south', {
    region: 'ap-seoul',
    zones: ['ap-seoul-1', 'ap-seoul-2'],
    cidr: '10.10.0.0/16',
    subnets: [{ name: 'apps', cidr: '10.10.1.0/24', zone: 'ap-seoul-2' }, { name: 'data', cidr: '10.10.2.0/24' }],
    asn: 64605,
    ...options,
  }, change)
}

export function sampleTunnels(slots: Parameters<typeof tunnelsOf>[1], peerAddress?: Parameters<typeof tunnelsOf>[3]): HalfTunnel[] {
  return tunnelsOf(sampleSite(), slots, '169.254.128.0/17', peerAddress)
}

export function sampleHalf(mode: RoutingMode, tunnels: readonly HalfTunnel[], change: Partial<Half> = {}): Half {
  return halfOf(sampleSite(), {
    routing: routingTo(sampleSite(), mode, { asn: 4200000001, prefixes: ['10.20.0.0/16', '10.30.128.0/17'] }),
    suite: cbc,
    connections: singly(tunnels),
    ...change,
  })
}

const full = [[0, 0], [0, 1], [1, 0], [1, 1]] as const
export const pairOfTwo = (): HalfTunnel[] => sampleTunnels([[0, 0], [1, 1]])
export const fullMesh = (): HalfTunnel[] => sampleTunnels(full)
export const fourFresh = (): HalfTunnel[] => sampleTunnels(full, freshAddress)
