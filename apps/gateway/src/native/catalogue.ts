import { eachPair, findingCatalogue, isHub, nearestName, networkConcepts, type PairRow } from '@isthmus/core'
import type { PluginFailure, LoadedPlugin } from '@isthmus/plugin-host'
import { z } from 'zod'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { fairTurn } from '../turn/fair-turn.ts'

const tag = 'Catalogue'
const cloudId = z.string().describe('Id of a cloud, as `GET /isthmus/v1/providers` lists them')
const oneProvider = z.object({ providerId: cloudId })

const cell = z.union([
  z.object({
    possible: z.literal(true),
    tunnels: z.int().describe('How many a link has'),
    wiring: z.string().describe('Which address of one end talks to which of the other'),
    reason: z.string().describe('Why this wiring'),
    redundant: z.boolean().describe('Whether both ends survive the loss of one address'),
    suite: z.unknown().describe('Algorithms that both ends take'),
    resources: z.unknown().describe('Resources that each end makes'),
  }),
  z.object({ possible: z.literal(false), why: z.string(), instead: z.string().describe('What can be done in its place') }),
])
const pair = z.object({
  a: z.string(),
  b: z.string(),
  regions: z.enum(['one', 'two']).optional().describe('Of a cloud with itself: whether both sites are in one region or in two'),
  chosen: z.enum(['bgp', 'static']).optional().describe('Routing of a link that asks for none; not there where none is possible'),
  modes: z.object({ bgp: cell, static: cell }),
}).meta({ id: 'Pair' })
const provider = z.object({
  id: z.string(),
  title: z.string(),
  hub: z.boolean().describe('Whether it can be in the middle of a star'),
  orderable: z.boolean().describe('Whether it can have a VPN; else its networks can only be designed and checked'),
  regions: z.int().describe('How many'),
  vpn: z.object({ reason: z.string(), instead: z.string() }).optional().describe('Why it can have no VPN, and what can be done in its place'),
}).meta({ id: 'Provider' })
const pluginState = z.object({
  plugin: z.string(),
  state: z.enum(['loaded', 'failed']),
  id: z.string().optional(),
  version: z.string().optional(),
  stage: z.string().optional().describe('Step of loading at which it failed'),
  reason: z.string().optional(),
  hint: z.string().optional(),
}).meta({ id: 'Plugin' })
const term = z.object({
  id: z.string(),
  title: z.string(),
  terms: z.record(z.string(), z.string().nullable()).describe('What the cloud calls each concept; `null` for one that it does not have'),
  source: z.string(),
  checked: z.string().describe('Day on which the source was read'),
})
const findingEntry = z.object({ severity: z.enum(['error', 'warning', 'info']), why: z.string(), remedy: z.string() })

/** Plugins as they came out of loading. */
export interface PluginStates {
  readonly plugins: readonly LoadedPlugin[]
  readonly failures: readonly PluginFailure[]
}

/** What the gateway knows: pairs, providers, plugins, facts, terms and findings. */
export function addCatalogue(api: Api, clouds: CloudCatalogue, { plugins, failures }: PluginStates): void {
  let pairs: Promise<readonly PairRow[]> | undefined

  api.add({
    id: 'listPairs', method: 'get', paths: ['/pairs'], tag, scope: 'read', summary: 'Say which clouds can be linked, how, and why',
    description: 'Every pair of the clouds that are loaded, also of a cloud with itself. Worked out at the first request and kept.',
    params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ pairs: z.array(pair) }) },
  }, async () => {
    pairs ??= allPairs(clouds)
    return { status: 200, body: { pairs: (await pairs).map(pairOf) } }
  })

  api.add({
    id: 'getPair', method: 'get', paths: ['/pairs/{one}/{other}'], tag, scope: 'read', summary: 'Say how two clouds can be linked, and why',
    description: 'In either order. A cloud with itself has a row for one region and one for two.',
    params: z.object({ one: cloudId, other: cloudId }), query: nothing, body: noBody, answers: { 200: z.object({ pairs: z.array(pair) }) },
  }, async ({ params: { one, other } }) => {
    for (const id of [one, other]) if (!clouds.provider(id)) throw noCloud(id, clouds.providers.map((item) => item.id))
    pairs ??= allPairs(clouds)
    return { status: 200, body: { pairs: (await pairs).filter(({ a, b }) => (a === one && b === other) || (a === other && b === one)).map(pairOf) } }
  })

  api.add({
    id: 'listCloudProviders', method: 'get', paths: ['/providers'], tag, scope: 'read', summary: 'List clouds',
    description: 'Those that can have a VPN, and those whose networks can only be designed and checked.',
    params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ providers: z.array(provider) }) },
  }, async () => ({ status: 200, body: { providers: providersOf(clouds) } }))

  api.add({ id: 'getFacts', method: 'get', paths: ['/providers/{providerId}/facts', '/facts/{providerId}'], tag, scope: 'read', summary: 'Get everything that is known of a cloud, each fact with its source', params: oneProvider, query: nothing, body: noBody, answers: { 200: z.unknown() } },
    async ({ params }) => {
      const facts = clouds.provider(params.providerId)?.facts ?? clouds.networkOnly.find(({ id }) => id === params.providerId)
      if (!facts) throw noCloud(params.providerId, clouds.ids)
      return { status: 200, body: facts }
    })

  api.add({ id: 'listPlugins', method: 'get', paths: ['/plugins'], tag, scope: 'read', summary: 'List plugins and what became of them', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ plugins: z.array(pluginState) }) } },
    async () => ({
      status: 200,
      body: {
        plugins: [
          ...plugins.map(({ packageName, id, version }) => ({ plugin: packageName, state: 'loaded' as const, id, version })),
          ...failures.map(({ plugin, stage, reason, hint }) => ({ plugin, state: 'failed' as const, stage, reason, hint })),
        ],
      },
    }))

  api.add({ id: 'listTerms', method: 'get', paths: ['/terms'], tag, scope: 'read', summary: 'Say what each cloud calls the things that networks are made of', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ concepts: z.record(z.string(), z.string()), clouds: z.array(term) }) } },
    async () => ({ status: 200, body: { concepts: { ...networkConcepts }, clouds: termsOf(clouds) } }))

  api.add({
    id: 'listFindings', method: 'get', paths: ['/findings'], tag, scope: 'read', summary: 'List every finding there can be',
    description: 'By code, with why it matters and what to do about it.',
    params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ findings: z.record(z.string(), findingEntry) }) },
  }, async () => ({ status: 200, body: { findings: { ...findingCatalogue } } }))

  api.add({ id: 'getFinding', method: 'get', paths: ['/findings/{code}'], tag, scope: 'read', summary: 'Get what a finding means', params: z.object({ code: z.string().describe('Code of a finding, in any case') }), query: nothing, body: noBody, answers: { 200: findingEntry } },
    async ({ params }) => {
      const codes = Object.entries(findingCatalogue)
      const found = codes.find(([code]) => code === params.code.toUpperCase())
      const near = nearestName(params.code, codes.map(([code]) => code))
      if (!found) throw new Problem('NOT_FOUND', `no finding is called ${params.code}; ${near === undefined ? '' : `is ${near} meant? `}GET /isthmus/v1/findings lists them`)
      return { status: 200, body: found[1] }
    })
}

function noCloud(id: string, clouds: readonly string[]): Problem {
  return new Problem('NOT_FOUND', `no cloud is called ${id}; there are ${clouds.join(', ')}`)
}

function pairOf({ a, b, regions, chosen, modes }: PairRow): z.input<typeof pair> {
  return { a, b, modes, ...(regions === undefined ? {} : { regions }), ...(chosen === undefined ? {} : { chosen }) }
}

async function allPairs({ providers }: CloudCatalogue): Promise<readonly PairRow[]> {
  const rows: PairRow[] = []
  for (const row of eachPair(providers)) {
    rows.push(row)
    await fairTurn()
  }
  return rows
}

function providersOf({ providers, networkOnly }: CloudCatalogue): z.input<typeof provider>[] {
  return [
    ...providers.map((item) => ({ id: item.id, title: item.facts.title, hub: isHub(item), orderable: true, regions: Object.keys(item.facts.network.regions.value).length })),
    ...networkOnly.map(({ id, title, network, vpn }) => ({ id, title, hub: false, orderable: false, regions: Object.keys(network.regions.value).length, vpn: vpn.value })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function termsOf({ providers, networkOnly }: CloudCatalogue): z.input<typeof term>[] {
  const all = [...providers.map(({ id, facts }) => ({ id, title: facts.title, terms: facts.terms })), ...networkOnly]
  return all.map(({ id, title, terms: { value, source, checked } }) => ({ id, title, terms: { ...value }, source, checked })).sort((a, b) => (a.id < b.id ? -1 : 1))
}
