import { ref, type Fragment, type Half, type HalfTunnel, type ResourceSet, type ResourceView, type Site } from '@isthmus/core'
import { halfOf, resourcesOfLink, routingTo, siteOf, tunnelOf } from '@isthmus/provider-kit/samples'
import { aws, type AwsOptions } from '../src/index.ts'

export function siteWith(options: Readonly<Record<string, unknown>> = {}, change: Partial<Site<AwsOptions>> = {}): Site<AwsOptions> {
  return siteOf(aws, 'south', {
    region: 'ap-northeast-2',
    zones: ['ap-northeast-2a', 'ap-northeast-2b'],
    cidr: '10.1.0.0/16',
    subnets: [
      { name: 'apps', cidr: '10.1.0.0/24', zone: 'ap-northeast-2a' },
      { name: 'data', cidr: '10.1.1.0/24', zone: 'ap-northeast-2a' },
      { name: 'more', cidr: '10.1.2.0/24', zone: 'ap-northeast-2b' },
    ],
    asn: 64_601,
    ...options,
  }, change)
}

export function tunnel(localSlot: number, peerSlot: number, inside: string): HalfTunnel {
  return tunnelOf(siteWith(), { localSlot, peerSlot, inside, localHost: 1 })
}

/** Two connections with two tunnels each, towards two addresses of a neutral peer. */
export function halfWith(change: Partial<Half> = {}): Half {
  return halfOf(siteWith(), {
    routing: routingTo(siteWith(), 'bgp', { asn: 64_602, prefixes: ['10.2.0.0/16', '10.3.0.0/24'] }),
    suite: {
      phase1: { encryption: 'aes-256-gcm-16', prf: 'prf-sha2-384', dhGroup: 20 },
      phase2: { encryption: 'aes-256-gcm-16', pfs: 20 },
    },
    dpdTimeout: 30,
    connections: [
      { id: '0', tunnels: [tunnel(0, 0, '169.254.21.0/30'), tunnel(1, 0, '169.254.22.0/30')] },
      { id: '1', tunnels: [tunnel(0, 1, '169.254.21.4/30'), tunnel(1, 1, '169.254.22.4/30')] },
    ],
    ...change,
  })
}

export const staticRouting: Half['routing'] = { ...halfWith().routing, mode: 'static' }

export function bodyOf(fragment: Fragment, address: string): Readonly<Record<string, unknown>> {
  const found = fragment.resources.find((resource) => `${resource.type}.${resource.name}` === address)
  if (!found) throw new Error(`${address} is not among ${addresses(fragment).join(', ')}`)
  return found.body
}

export function addresses(fragment: Fragment): string[] {
  return fragment.resources.map((resource) => `${resource.type}.${resource.name}`)
}

/** The resources of a site's stack, towards a peer whose addresses are not known yet. */
export function resourcesOf(site: Site<AwsOptions>, half: Half): ResourceSet {
  return resourcesOfLink(aws, site, half, { address_0: ref('acme_address.north-0', 'ip'), address_1: ref('acme_address.north-1', 'ip') })
}

export function view(type: string, name: string, values: Readonly<Record<string, unknown>>): ResourceView {
  return { address: `${type}.${name}`, type, name, values }
}
