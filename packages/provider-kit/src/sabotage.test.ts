import { adoptedFields, Cidr, type AnyProvider, type EndView, type ExistingNetworks, type Fragment, type Half, type ProviderFacts, type Resource, type Site } from '@isthmus/core'
import type { Attributes } from '@isthmus/simulator'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { testName } from './check/check.ts'
import { conformanceChecks } from './conformance-checks.ts'
import { mirror } from './mirror/mirror.ts'
import { mirrorCloud } from './mirror/mirror-cloud.ts'

const right = mirror('interfaces', 'toy')

/** Changes the bodies of resources of one type. */
function withBodies({ resources, exports }: Fragment, type: string, change: (resource: Resource, index: number) => Partial<Resource>): Fragment {
  return { exports, resources: resources.map((resource, index) => (resource.type === type ? { ...resource, ...change(resource, index) } : resource)) }
}

const facts = (change: Partial<ProviderFacts>): Partial<AnyProvider> => ({ facts: { ...right.facts, ...change } })
const network = (change: (resource: Resource, index: number) => Partial<Resource>): Partial<AnyProvider> => ({ network: (site) => withBodies(right.network(site), 'toy_network', change) })
const link = (change: (fragment: Fragment, site: Site, half: Half) => Fragment): Partial<AnyProvider> => ({ link: (site, half) => change(right.link(site, half), site, half) })
const read = (change: (end: EndView) => EndView): Partial<AnyProvider> => ({ read: (resources) => right.read(resources).map(change) })
const existing = (change: Partial<ExistingNetworks>): Partial<AnyProvider> => (right.existing ? { existing: { ...right.existing, ...change } } : {})
const body = (resource: Resource, more: Resource['body']): Partial<Resource> => ({ body: { ...resource.body, ...more } })


/** Two gateways of the cloud are linked in a way of their own, in one connection for all tunnels. */
const kin = (scope: (place: Site) => string): Partial<AnyProvider> => ({
  offer: (place) => {
    const offer = right.offer(place)
    const own = { scope: scope(place), otherwise: 'use routing: static.', export: 'gateway_id', grouping: 'link' as const }
    return { ...offer, routing: offer.routing.map((routing) => ({ ...routing, kin: { ...own, legs: routing.legs } })) }
  },
})

let hour = 0

/** A site for what needs one outside a plan. */
const site: Site = { name: 'east', label: 'kit-east', cloud: 'toy', region: 'here', zones: [], cidrs: [], subnets: [], asn: 64_512, options: {} }

const sabotages: readonly (readonly [what: string, change: Partial<AnyProvider>, caughtBy: string])[] = [
  ['options that take anything', { options: z.looseObject({}) }, 'options > refuse a field that nobody reads'],
  ['options that need something', { options: z.strictObject({ size: z.string().describe('Size') }) }, 'options > accept an empty site'],
  ['a field without description', { options: z.strictObject({ size: z.string().optional() }) }, 'options > describe every field'],
  ['an inner field without description', { options: z.strictObject({ a: z.strictObject({ b: z.string() }).optional().describe('A') }) }, 'options > describe every field'],
  ['inner fields that nobody reads', { options: z.strictObject({ a: z.looseObject({ b: z.string().describe('B') }).optional().describe('A') }) }, 'options > refuse such a field at every depth'],
  ['a fact without source', facts({ dpd: { ...right.facts.dpd, source: '' } }), 'facts > have a source and a date each'],
  ['a fact of no day', facts({ dpd: { ...right.facts.dpd, checked: 'today' } }), 'facts > have a source and a date each'],
  ['weak ciphers only', facts({ ciphers: { ...right.facts.ciphers, phase2: { ...right.facts.ciphers.phase2, value: { encryption: { '3des-cbc': '3des' }, integrity: { md5: 'md5' }, pfs: { none: 'none' } } } } }), 'facts > make a strong suite possible'],
  ['a character twice', facts({ key: { ...right.facts.key, value: { ...right.facts.key.value, alphabet: `${right.facts.key.value.alphabet}A` } } }), 'facts > name every character of a key once, and enough of them'],
  ['bounds upside down', facts({ lifetimes: { ...right.facts.lifetimes, value: { phase1: { min: 900, max: 60 }, phase2: 3600 } } }), 'facts > have bounds that something fits into'],
  ['a block that is none', facts({ inside: { ...right.facts.inside, value: { ...right.facts.inside.value, reserved: ['169.254.0.1/30'] } } }), 'facts > hold readable address blocks'],
  ['durations of unknown types', facts({ durations: { ...right.facts.durations, value: { toy_castle: { create: 1, delete: 1 } } } }), 'facts > time types that the schema has'],
  ['an argument that is not there', network((resource) => body(resource, { colour: 'red' })), 'fragments > default: every resource is valid to the schema'],
  ['a missing argument', network(({ body: { cidrs } }) => ({ body: { cidrs: cidrs ?? [] } })), 'fragments > default: every resource is valid to the schema'],
  ['a value that is not allowed', network((resource) => body(resource, { cidrs: ['10.0.0.1/8'] })), 'fragments > default: every resource is valid to the schema'],
  ['a foreign source', { use: (site) => ({ ...right.use(site), source: 'elsewhere/toy' }) }, 'fragments > default: the OpenTofu provider is the one of the schema, with valid arguments'],
  ['a literal key', link((fragment) => withBodies(fragment, 'toy_connection', (resource) => body(resource, { tunnel: [{ slot: 0, peer_address: '192.0.2.1', key: 'secret' }] }))), 'fragments > default: no secret is written out'],
  ['a reference to nothing', { network: (site) => ({ ...right.network(site), resources: right.network(site).resources.map((resource) => ({ ...resource, dependsOn: ['toy_castle.x'] })) }) }, 'fragments > default: every reference leads somewhere'],
  ['names from positions', { network: (site) => withBodies(right.network(site), 'toy_network', () => ({})) , link: (site, half) => withBodies(right.link(site, half), 'toy_connection', (_, index) => ({ name: `connection-${index}` })) }, 'fragments > default: names of resources come from stable names'],
  ['a half without its last connection', link((fragment) => ({ ...fragment, resources: fragment.resources.slice(1) })), 'links > default: bgp with a mirror of shape interfaces'],
  ['a key of its own', link((fragment) => withBodies(fragment, 'toy_connection', (resource) => body(resource, { tunnel: [] }))), 'read-back > default: read() gives every tunnel of the half back'],
  ['a reader that sees only the best algorithm', read((end) => ({ ...end, phase1: { ...end.phase1, encryption: ['aes-256-gcm-16'] } })), 'agreement > default: bgp, a wrong algorithm at its own end is found out'],
  ['a reader that forgets inside addresses', read(({ inside: _inside, ...end }) => end), 'read-back > default: read() gives every tunnel of the half back'],
  ['a reader that forgets ASNs', read(({ asn: _asn, ...end }) => end), 'agreement > default: bgp, another ASN at the other end is found out'],
  ['a reader of another cloud', read((end) => ({ ...end, cloud: 'else' })), 'read-back > default: read() passes over the resources of others'],
  ['networks that are not found', { networks: () => [] }, 'read-back > default: networks() gives the network back'],
  ['a gateway that changes by the hour', { gateway: (site, needs) => withBodies(right.gateway(site, needs), 'toy_gateway', (resource) => body(resource, { asn: (hour += 1) })) }, 'removal > default: bgp, a link that goes touches only its own stack'],
  ['a quota that the offer leaves out', facts({ quotas: { tunnels: { value: { limit: 10, adjustable: true }, source: 'invented', checked: '2026-11-24' } } }), 'limits > default: one above the quota of tunnels'],
  ['an example of an id that is none', existing({ id: { pattern: /^network-\d+$/, example: 'the id of a network' } }), 'existing > an id is the whole of a text'],
  ['an id anywhere in a text', existing({ id: { pattern: /network-\d+/, example: 'network-1' } }), 'existing > an id is the whole of a text'],
  ['a look-up that makes something', existing({ lookup: () => right.network({ ...site, cidrs: [Cidr.of('10.0.0.0/16')] }) }), 'existing > default: a network is looked up by valid data sources and nothing else'],
  ['a look-up of always the same network', existing({ lookup: (reference) => right.existing?.lookup({ ...reference, id: 'network-7' }) ?? right.network(site) }), 'existing > default: a network is looked up by its id'],
  ['a network that is adopted before it is there', existing({ adopt: (view) => adoptedFields(view, {}) }), 'existing > default: a network that is not there yet is not adopted'],
  ['a half towards its own kind without its connection', { ...kin(() => 'toy'), ...link((fragment, _place, { kin: other }) => (other === undefined ? fragment : { ...fragment, resources: [] })) }, 'links > default: bgp with a gateway of its own cloud'],
  ['a way of linking its own kind that no two gateways have', kin(({ name }) => name), 'links > default: static with a gateway of its own cloud'],
  ['no mode at all', { offer: (site) => ({ ...right.offer(site), routing: [] }) }, 'links > default: some mode can be linked'],
]

describe('the kit finds', () => {
  it.each(sabotages)('%s', (_, change, caughtBy) => {
    const provider: AnyProvider = { ...right, ...change }
    const checks = conformanceChecks(provider, { sites: { default: { region: 'here', cidr: '10.10.0.0/16' } }, simulatedCloud: mirrorCloud('toy') })
    const check = checks.find((item) => testName(item) === caughtBy)
    expect(check, caughtBy).toBeDefined()
    expect(() => check?.run()).toThrow(/./)
  })

  it('a fact beside those of the contract without source', () => {
    const checks = conformanceChecks(right, { sites: {}, simulatedCloud: mirrorCloud('toy'), moreFacts: { colours: { deepest: { value: 'red', source: '', checked: '2026-11-24' } } } })
    expect(() => checks.find(({ name }) => name === 'have a source and a date each')?.run()).toThrow('facts.colours.deepest does not say where it was read')
  })

  it('nothing wrong where a cloud links its own kind in a way of its own', async () => {
    const checks = conformanceChecks({ ...right, ...kin(() => 'toy') }, { sites: { default: { region: 'here', cidr: '10.10.0.0/16' } }, simulatedCloud: mirrorCloud('toy') })
    const own = checks.filter(({ name }) => name.endsWith('with a gateway of its own cloud'))
    expect(own).toHaveLength(2)
    for (const check of own) await check.run()
  })

  it('a cloud that shows something else than was applied', { timeout: 120_000 }, async () => {
    const cloud = mirrorCloud('toy')
    const restless = { ...cloud, behaviours: { ...cloud.behaviours, toy_network: { ...cloud.behaviours['toy_network'], read: (object: Attributes) => ({ ...object, label: 'renamed' }) } } }
    const checks = conformanceChecks(right, { sites: { default: { region: 'here', cidr: '10.10.0.0/16' } }, simulatedCloud: restless })
    const check = checks.find(({ group }) => group === 'apply')
    await expect(check?.run()).rejects.toThrow('the second plan still changes network-east')
  })
})
