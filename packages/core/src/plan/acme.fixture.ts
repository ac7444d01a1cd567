import { z } from 'zod'
import type { Half, HalfConnection, HalfTunnel } from '../provider/half.ts'
import type { LegRules, RoutingMode, RoutingOffer } from '../provider/offer.ts'
import type { HubProvider, SpokeProvider } from '../provider/provider.ts'
import { gatewayExport, networkExport, type Site } from '../provider/site.ts'
import { fact } from '../network/network-facts.fixture.ts'
import type { Fragment, Resource } from '../stack/fragment.ts'
import { ref, type Value } from '../stack/value.ts'
import { acmeFacts, acmeTerms, type AcmeRules } from './acme-facts.fixture.ts'
import { acmeExisting, acmeNetworks } from './acme-networks.fixture.ts'
import { acmeRead } from './acme-read.fixture.ts'

/** Ways in which the gateways of clouds differ. */
export const shapes = ['fresh', 'active-active', 'interfaces', 'pairs', 'asn-once', 'single'] as const
/** One of them. */
export type Shape = (typeof shapes)[number]

/** An invented cloud. */
export interface Acme extends AcmeRules {
  readonly id: string
  readonly shape: Shape
  /** In order of preference. */
  readonly modes?: readonly RoutingMode[]
  /** Modes in which it cannot be linked with itself, and what to do instead. */
  readonly notWithItself?: string
  /** Whether its gateway passes on routes; a spoke only when undefined. */
  readonly transit?: boolean
}

const noRules: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

const legs: Readonly<Record<Shape, (mode: RoutingMode) => Partial<LegRules>>> = {
  fresh: () => ({}),
  'active-active': (mode) => (mode === 'bgp' ? { meetsEveryPeer: true, onePerPeerAddress: true } : { meetsEveryPeer: true, onePeerOnly: true }),
  interfaces: () => ({}),
  pairs: () => ({ inPairs: true }),
  'asn-once': (mode) => ({ onePerLocalAddress: mode === 'bgp' }),
  single: () => ({}),
}

const options = z.strictObject({
  size: z.enum(['small', 'large']).default('small').describe('Size of the gateway'),
  note: z.string().default('').describe('Any text, kept with the network'),
})
type Options = z.output<typeof options>

/** A complete provider of an invented cloud. */
export function acme(cloud: Acme): SpokeProvider<Options> | HubProvider<Options> {
  const { id, transit } = cloud
  const facts = acmeFacts(id, cloud)
  const spoke: SpokeProvider<Options> = {
    id,
    apiVersion: 1,
    facts,
    options,
    environment: [`${id.toUpperCase()}_`],
    use: (site) => ({ name: id, source: `example/${id}`, version: '~> 1.0', configuration: { region: site.region } }),
    network: (site) => networkOf(id, site),
    offer: () => ({ ...acmeTerms(cloud), routing: (cloud.modes ?? ['bgp', 'static']).map((mode) => routingOf(cloud, mode)) }),
    gateway: (site) => gatewayOf(cloud, site),
    link: (site, half) => linkOf(cloud, site, half, typeof facts.lifetimes.value.phase1 === 'number'),
    read: (resources) => acmeRead(id, resources),
    networks: (resources) => acmeNetworks(id, resources),
    existing: acmeExisting(id),
  }
  return transit === undefined ? spoke : { ...spoke, hub: { transit: fact(transit) } }
}

function routingOf({ shape, notWithItself }: Acme, mode: RoutingMode): RoutingOffer {
  return {
    mode,
    outside: shape === 'fresh' ? { known: 'connection', perPeerAddress: 2 } : { known: 'gateway', exports: addressNames(shape) },
    grouping: shape === 'pairs' ? 'pair' : shape === 'fresh' || shape === 'active-active' ? 'peer-address' : 'tunnel',
    legs: { ...noRules, ...legs[shape](mode) },
    ...(notWithItself === undefined ? {} : { notWithItself }),
  }
}

function addressNames(shape: Shape): string[] {
  return shape === 'single' ? ['address_0'] : ['address_0', 'address_1']
}

function networkOf(id: string, site: Site<Options>): Fragment {
  const network = { type: `${id}_network`, name: site.name, body: { label: site.label, cidrs: site.cidrs.map(String), note: site.options.note } }
  const subnets = site.subnets.map((subnet): Resource => ({
    type: `${id}_subnet`,
    name: `${site.name}--${subnet.name}`,
    body: { network_id: ref(`${id}_network.${site.name}`, 'id'), name: subnet.name, cidr: subnet.cidr.toString(), zone: subnet.zone ?? null },
  }))
  return { resources: [network, ...subnets], exports: { network_id: ref(`${id}_network.${site.name}`, 'id') } }
}

function gatewayOf({ id, shape }: Acme, site: Site<Options>): Fragment {
  const address = `${id}_gateway.${site.name}`
  const addresses = shape === 'fresh' ? [] : addressNames(shape)
  return {
    resources: [{ type: `${id}_gateway`, name: site.name, body: { network_id: networkExport(site, 'network_id'), asn: site.asn, size: site.options.size } }],
    exports: { gateway_id: ref(address, 'id'), ...Object.fromEntries(addresses.map((name, slot) => [name, ref(address, 'addresses', slot)])) },
  }
}

function linkOf(cloud: Acme, site: Site<Options>, half: Half, lifetimesFixed: boolean): Fragment {
  const exports: Record<string, Value> = {}
  const resources = half.connections.map((connection): Resource => {
    const name = `${half.name}--${connection.id}`
    for (const [index, tunnel] of connection.tunnels.entries()) {
      if (cloud.shape === 'fresh') exports[`address_${tunnel.id}`] = ref(`${cloud.id}_connection.${name}`, 'tunnel', index, 'address')
    }
    return {
      type: `${cloud.id}_connection`,
      name,
      body: {
        label: `${half.label}--${connection.id}`,
        gateway_id: gatewayExport(site, 'gateway_id'),
        fresh: cloud.shape === 'fresh',
        routing: half.routing.mode,
        asn: half.routing.localAsn,
        peer_asn: half.routing.peerAsn,
        routes: half.routing.mode === 'static' ? half.routing.peerPrefixes.map(String) : [],
        ike_version: 2,
        ...policyOf(half),
        phase1_lifetime: half.lifetimes.phase1,
        phase2_lifetime: half.lifetimes.phase2,
        lifetimes_fixed: lifetimesFixed,
        dpd_timeout: half.dpdTimeout ?? null,
        initiates: half.initiates,
        tunnel: [...connection.tunnels.map(tunnelBlock), ...(cloud.shape === 'active-active' ? idleLegs(connection) : [])],
      },
    }
  })
  return { resources, exports }
}

function policyOf({ suite: { phase1, phase2 } }: Half): Record<string, Value> {
  return {
    policy: [{
      phase1_encryption: phase1.encryption, phase1_prf: phase1.prf, phase1_group: phase1.dhGroup, ...(phase1.integrity ? { phase1_integrity: phase1.integrity } : {}),
      phase2_encryption: phase2.encryption, phase2_group: phase2.pfs, ...(phase2.integrity ? { phase2_integrity: phase2.integrity } : {}),
    }],
  }
}

function tunnelBlock(tunnel: HalfTunnel): Record<string, Value> {
  return {
    local_slot: tunnel.localSlot,
    peer_address: tunnel.peerAddress,
    inside_cidr: tunnel.inside.cidr.toString(),
    inside_local: tunnel.inside.local.toString(),
    inside_peer: tunnel.inside.peer.toString(),
    key: tunnel.key,
  }
}

/** Both addresses of an active-active gateway try every peer; the one that the deal does not use stands idle. */
function idleLegs({ tunnels }: HalfConnection): Record<string, Value>[] {
  const used = new Set(tunnels.map((tunnel) => tunnel.localSlot))
  const [first] = tunnels
  return first ? [0, 1].filter((slot) => !used.has(slot)).map((slot) => ({ ...tunnelBlock(first), local_slot: slot, inside_local: '0.0.0.0', idle: true })) : []
}

/** An order of sites with networks that do not touch. */
export function orderOf(sites: Readonly<Record<string, string>>, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const entries = Object.entries(sites).map(([name, cloud], index) => [name, { cloud, region: 'north-1', cidr: `10.${index}.0.0/16` }])
  return { name: 'mesh', sites: Object.fromEntries(entries), ...more }
}

/** One cloud of every shape, with the shape for its id. */
export const clouds = shapes.map((shape) => acme({ id: shape.replaceAll('-', ''), shape, key: { per: shape === 'active-active' ? 'connection' : 'tunnel' } }))
/** Id of the cloud with a shape. */
export const cloudOf = (shape: Shape): string => shape.replaceAll('-', '')
