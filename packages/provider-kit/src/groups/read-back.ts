import { compareEnds, Import, isToken, KeyReference, Reference, resourceSetOf, type EndView, type HalfTunnel, type Known, type ResourceSet, type Value } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { exportsIn, madeFor, type Made } from '../check/own-fragments.ts'
import type { Subject } from '../check/subject.ts'

/** `read` and `networks` find in the provider's resources what `link` and `network` put there. */
export function readBackChecks({ provider, sites }: Subject): Check[] {
  return sites.flatMap(([name, site]) => {
    const check = (what: string, problems: (made: Made, resources: ResourceSet) => readonly string[]): Check => ({
      group: 'read-back',
      name: `${name}: ${what}`,
      run: () => demandNone([...new Set(madeFor(provider, site).flatMap((made) => problems(made, resourceSetOf(made.link.views))))]),
    })
    return [
      check('read() gives every tunnel of the half back', (made, resources) => tunnelsOf(made, provider.read(resources))),
      check('read() finds nothing but the half', (made, resources) => strangers(made, provider.read(resources))),
      check('read() passes over the resources of others', (_made, resources) => provider.read(resources).filter((end) => end.cloud !== provider.id).map((end) => `read() says that ${end.connection} is of the cloud ${end.cloud}, and must say ${provider.id}`)),
      check('networks() gives the network back', (made, resources) => networkFaults(made, provider.networks(resources))),
    ]
  })
}

function tunnelsOf({ link }: Made, ends: readonly EndView[]): string[] {
  const { half } = link
  return half.connections.flatMap(({ tunnels }) => tunnels.flatMap((tunnel) => {
    const candidates = ends.filter((end) => sameToken(end.key, keyToken(tunnel)))
    const faults = candidates.map((end) => compareWith(end, oppositeOf(link, tunnel, end)))
    if (faults.some((found) => found.length === 0)) return []
    const [closest = ['read() gives no end with its key']] = faults.toSorted((a, b) => a.length - b.length)
    return closest.map((fault) => `tunnel ${tunnel.id} (${half.routing.mode}): ${fault}`)
  }))
}

function compareWith(end: EndView, opposite: EndView): string[] {
  const unlike = compareEnds(end, opposite).map(({ field, a, b }) => `${field} was read as ${show(a)}, and ${show(b)} was written`)
  return end.initiates === opposite.initiates ? [...unlike, `initiates was read as ${end.initiates}`] : unlike
}

/** The end that would have to be opposite, were it made from the half alone. */
function oppositeOf({ plan, half }: Made['link'], tunnel: HalfTunnel, end: EndView): EndView {
  const { suite, routing, lifetimes } = half
  const isBgp = routing.mode === 'bgp'
  return {
    cloud: 'half',
    connection: 'half',
    at: {},
    outside: { local: known(tunnel.peerAddress, exportsIn(plan.fragments)), peer: end.outside.local },
    routing: routing.mode,
    ...(isBgp ? { inside: { local: tunnel.inside.peer.toString(), peer: tunnel.inside.local.toString(), prefix: tunnel.inside.cidr.prefix }, asn: { local: routing.peerAsn, peer: routing.localAsn } } : {}),
    prefixes: { local: routing.peerPrefixes.map(String) },
    ikeVersion: 2,
    phase1: { encryption: [suite.phase1.encryption], integrity: present(suite.phase1.integrity), prf: [suite.phase1.prf], dhGroup: [suite.phase1.dhGroup], lifetime: { seconds: lifetimes.phase1, fixed: end.phase1.lifetime.fixed } },
    phase2: { encryption: [suite.phase2.encryption], integrity: present(suite.phase2.integrity), pfs: [suite.phase2.pfs], lifetime: { seconds: lifetimes.phase2, fixed: end.phase2.lifetime.fixed } },
    key: keyToken(tunnel),
    initiates: !half.initiates,
    mayIdle: false,
  }
}

/** A cloud may bring up more legs than were agreed, but none with a key of its own, and none that has to be there. */
function strangers({ link }: Made, ends: readonly EndView[]): string[] {
  const tunnels = link.half.connections.flatMap((connection) => connection.tunnels)
  const busy = ends.filter((end) => !end.mayIdle)
  const foreign = ends.filter((end) => !tunnels.some((tunnel) => sameToken(end.key, keyToken(tunnel))))
  return [
    ...(busy.length <= tunnels.length ? [] : [`read() gives ${busy.length} ends that may not idle, and the half has ${tunnels.length} tunnels`]),
    ...foreign.map((end) => `read() gives an end of ${end.connection} with a key that is not the half's`),
  ]
}

function networkFaults({ own, link: { site } }: Made, views: ReturnType<Subject['provider']['networks']>): string[] {
  // A network that was there before is no resource of the order, whatever the order adds to it.
  const made = own.filter((fragment) => fragment.id.startsWith('network/')).flatMap((fragment) => fragment.resources).some((resource) => resource.mode !== 'data')
  if (!made || Object(site.options)['existing'] !== undefined) return []
  const [view, ...more] = views.filter((item) => item.site === site.name)
  if (!view) return [`networks() gives no network of the site ${site.name}`]
  const wanted = site.subnets.filter((subnet) => subnet.purpose === 'workload').map((subnet) => `${subnet.name} ${subnet.cidr}`)
  const found = new Set(view.subnets.map((subnet) => `${subnet.name} ${subnet.cidr}`))
  return [
    ...more.map((item) => `networks() gives ${item.address} as a second network of the site`),
    ...wanted.filter((subnet) => !found.has(subnet)).map((subnet) => `networks() does not give the subnet ${subnet}; it gives ${[...found].join(', ') || 'none'}`),
  ]
}

function keyToken({ key }: HalfTunnel): Known<string> {
  return { token: `var.keys.${key.key}` }
}

/** A value as it looks in the views of a whole stack. */
function known(value: Value, exportsOf: ReturnType<typeof exportsIn>): Known<string> {
  if (value instanceof Import) return known(exportsOf(value.fragment)?.[value.export] ?? null, exportsOf)
  if (value instanceof Reference) return { token: [value.address, ...value.path].join('.') }
  return value instanceof KeyReference ? { token: `var.keys.${value.key}` } : String(value)
}

function sameToken(one: Known<string>, other: Known<string>): boolean {
  return isToken(one) && isToken(other) && one.token === other.token
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}

function show(value: unknown): string {
  return Array.isArray(value) ? value.join(' ') || 'nothing' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
