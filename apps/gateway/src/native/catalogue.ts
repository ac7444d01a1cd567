import { eachPair, findingCatalogue, isHub, networkConcepts, type PairRow } from '@isthmus/core'
import type { PluginFailure, LoadedPlugin } from '@isthmus/plugin-host'
import { z } from 'zod'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { fairTurn } from '../turn/fair-turn.ts'

const tag = 'Catalogue'
const oneProvider = z.object({ providerId: z.string() })

const cell = z.union([
  z.object({ possible: z.literal(true), tunnels: z.int(), wiring: z.string(), reason: z.string(), redundant: z.boolean(), suite: z.unknown(), resources: z.unknown() }),
  z.object({ possible: z.literal(false), why: z.string(), instead: z.string() }),
])
const pair = z.object({ a: z.string(), b: z.string(), regions: z.enum(['one', 'two']).optional().describe('Of a cloud with itself: whether both sites are in one region or in two'), chosen: z.enum(['bgp', 'static']).optional(), modes: z.object({ bgp: cell, static: cell }) }).meta({ id: 'Pair' })
const provider = z.object({ id: z.string(), title: z.string(), hub: z.boolean(), orderable: z.boolean(), regions: z.int(), vpn: z.object({ reason: z.string(), instead: z.string() }).optional() }).meta({ id: 'Provider' })
const pluginState = z.object({ plugin: z.string(), state: z.enum(['loaded', 'failed']), id: z.string().optional(), version: z.string().optional(), stage: z.string().optional(), reason: z.string().optional(), hint: z.string().optional() }).meta({ id: 'Plugin' })
const term = z.object({ id: z.string(), title: z.string(), terms: z.record(z.string(), z.string().nullable()), source: z.string(), checked: z.string() })
const findingEntry = z.object({ severity: z.enum(['error', 'warning', 'info']), why: z.string(), remedy: z.string() })

/** Plugins as they came out of loading. */
export interface PluginStates {
  readonly plugins: readonly LoadedPlugin[]
  readonly failures: readonly PluginFailure[]
}

/** What the gateway knows: pairs, providers, plugins, facts, terms and findings. */
export function addCatalogue(api: Api, clouds: CloudCatalogue, { plugins, failures }: PluginStates): void {
  let pairs: Promise<readonly PairRow[]> | undefined

  api.add({ id: 'listPairs', method: 'get', paths: ['/pairs'], tag, scope: 'read', summary: 'Say which clouds can be linked, how, and why', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ pairs: z.array(pair) }) } },
    async () => {
      pairs ??= allPairs(clouds)
      return { status: 200, body: { pairs: (await pairs).map(({ a, b, regions, chosen, modes }) => ({ a, b, modes, ...(regions === undefined ? {} : { regions }), ...(chosen === undefined ? {} : { chosen }) })) } }
    })

  api.add({ id: 'listCloudProviders', method: 'get', paths: ['/providers'], tag, scope: 'read', summary: 'List clouds', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ providers: z.array(provider) }) } },
    async () => ({ status: 200, body: { providers: providersOf(clouds) } }))

  api.add({ id: 'getFacts', method: 'get', paths: ['/providers/{providerId}/facts'], tag, scope: 'read', summary: 'Get everything that is known of a cloud, each fact with its source', params: oneProvider, query: nothing, body: noBody, answers: { 200: z.unknown() } },
    async ({ params }) => {
      const facts = clouds.provider(params.providerId)?.facts ?? clouds.networkOnly.find(({ id }) => id === params.providerId)
      if (!facts) throw new Problem('NOT_FOUND', `no cloud is called ${params.providerId}; there are ${clouds.ids.join(', ')}`)
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

  api.add({ id: 'listFindings', method: 'get', paths: ['/findings'], tag, scope: 'read', summary: 'List every finding there can be', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ findings: z.record(z.string(), findingEntry) }) } },
    async () => ({ status: 200, body: { findings: { ...findingCatalogue } } }))
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
