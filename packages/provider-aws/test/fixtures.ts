import {
  Cidr, composeStacks, gatewayFragment, Import, KeyReference, linkFragment, networkFragment, ref, resourceSetOf, viewsOfStack,
  type Fragment, type FragmentId, type Half, type HalfTunnel, type PlacedFragment, type ResourceSet, type ResourceView, type Site,
} from '@isthmus/core'
import { aws, type AwsOptions } from '../src/index.ts'

export function siteWith(options: unknown = {}, changes: Partial<Site<AwsOptions>> = {}): Site<AwsOptions> {
  return {
    name: 'south',
    label: 'mesh-south',
    cloud: 'aws',
    region: 'ap-northeast-2',
    zones: ['ap-northeast-2a', 'ap-northeast-2b'],
    cidrs: [Cidr.of('10.1.0.0/16')],
    subnets: [
      { name: 'apps', cidr: Cidr.of('10.1.0.0/24'), zone: 'ap-northeast-2a', purpose: 'workload' },
      { name: 'data', cidr: Cidr.of('10.1.1.0/24'), zone: 'ap-northeast-2a', purpose: 'workload' },
      { name: 'more', cidr: Cidr.of('10.1.2.0/24'), zone: 'ap-northeast-2b', purpose: 'workload' },
    ],
    asn: 64_601,
    options: aws.options.parse(options),
    ...changes,
  }
}

export function tunnel(localSlot: number, peerSlot: number, block: string): HalfTunnel {
  const cidr = Cidr.of(block)
  return {
    id: `${localSlot}${peerSlot}`,
    localSlot,
    peerSlot,
    peerAddress: new Import(gatewayFragment('north'), `address_${peerSlot}`),
    inside: { cidr, local: cidr.host(1), peer: cidr.host(2) },
    key: new KeyReference(`south--north--${localSlot}${peerSlot}@v1`),
  }
}

/** Two connections with two tunnels each, towards two addresses of a neutral peer. */
export function halfWith(changes: Partial<Half> = {}): Half {
  return {
    link: 'north--south',
    name: 'south--north',
    label: 'mesh-south--north',
    routing: { mode: 'bgp', localAsn: 64_601, peerAsn: 64_602, peerPrefixes: [Cidr.of('10.2.0.0/16'), Cidr.of('10.3.0.0/24')] },
    suite: {
      phase1: { encryption: 'aes-256-gcm-16', prf: 'prf-sha2-384', dhGroup: 20 },
      phase2: { encryption: 'aes-256-gcm-16', pfs: 20 },
    },
    lifetimes: { phase1: 28_800, phase2: 3600 },
    dpdTimeout: 30,
    initiates: true,
    connections: [
      { id: '0', tunnels: [tunnel(0, 0, '169.254.21.0/30'), tunnel(1, 0, '169.254.22.0/30')] },
      { id: '1', tunnels: [tunnel(0, 1, '169.254.21.4/30'), tunnel(1, 1, '169.254.22.4/30')] },
    ],
    ...changes,
  }
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

function place(id: FragmentId, site: Site<AwsOptions>, fragment: Fragment): PlacedFragment {
  return { ...fragment, id, site: site.name, provider: aws.use(site), environment: aws.environment }
}

/** The site's stack as OpenTofu would get it, together with a neutral peer. */
export function stackOf(site: Site<AwsOptions>, half: Half): string {
  const peer: PlacedFragment = {
    id: gatewayFragment('north'),
    site: 'north',
    provider: { name: 'acme', source: 'example/acme', version: '~> 1.0', configuration: {} },
    environment: [],
    resources: [],
    exports: { address_0: ref('acme_address.north-0', 'ip'), address_1: ref('acme_address.north-1', 'ip') },
  }
  const [stack] = composeStacks('mesh', [
    peer,
    place(networkFragment('south'), site, aws.network(site)),
    place(gatewayFragment('south'), site, aws.gateway(site, { modes: [half.routing.mode] })),
    place(linkFragment(half.link, 'south'), site, aws.link(site, half)),
  ], 'whole')
  if (!stack) throw new Error('no stack was composed')
  return stack.text
}

export function resourcesOf(site: Site<AwsOptions>, half: Half): ResourceSet {
  return resourceSetOf(viewsOfStack(stackOf(site, half)))
}

export function view(type: string, name: string, values: Readonly<Record<string, unknown>>): ResourceView {
  return { address: `${type}.${name}`, type, name, values }
}
