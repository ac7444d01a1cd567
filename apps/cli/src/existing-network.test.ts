import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planLookup, planOrder, proveAgreement, resourceSetOf, type NetworkView, type Plan, type Refused } from '@isthmus/core'
import { clouds, startSimulator, type Simulator } from '@isthmus/simulator'
import { locateTofu, OrderWorkspace } from '@isthmus/tofu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providers } from './providers.ts'
import { installTime } from './testing/command-line.fixture.ts'

const home = mkdtempSync(join(tmpdir(), 'isthmus-existing-'))
let simulator: Simulator

/** One network in each cloud, as its owner might have made it long ago; with a subnet kept for a gateway only in IBM Cloud, which needs one. */
const sites = {
  'aws-own': { cloud: 'aws', region: 'ap-northeast-2', cidrs: ['10.10.0.0/16', '10.11.0.0/16'], subnets: [{ name: 'apps', cidr: '10.10.1.0/24' }, { name: 'data', cidr: '10.11.1.0/24', zone: 'ap-northeast-2b' }] },
  'azure-own': { cloud: 'azure', region: 'koreacentral', cidr: '10.20.0.0/16', subnets: [{ name: 'Apps', cidr: '10.20.1.0/24' }] },
  'gcp-own': { cloud: 'gcp', region: 'asia-northeast3', cidr: '10.30.0.0/16', subnets: [{ name: 'apps', cidr: '10.30.1.0/24' }, { name: 'data', cidr: '10.30.2.0/24' }] },
  'alibaba-own': { cloud: 'alibaba', region: 'ap-northeast-1', cidr: '10.40.0.0/16' },
  'tencent-own': { cloud: 'tencent', region: 'ap-seoul', cidrs: ['10.50.0.0/16', '10.51.0.0/16'] },
  'ibm-own': { cloud: 'ibm', region: 'jp-tok', cidr: '10.60.0.0/16', subnets: [{ name: 'apps', cidr: '10.60.1.0/24' }, { name: 'gateway', cidr: '10.60.255.0/27' }] },
}
const names = Object.keys(sites).sort()

function planned(result: Plan | Refused): Plan {
  if (!result.ok) throw new Error(JSON.stringify(result.findings, null, 2))
  return result
}

async function opened(name: string): Promise<OrderWorkspace> {
  const binary = await locateTofu({ log: (line) => process.stderr.write(`${line}\n`) })
  const environment = { TF_REATTACH_PROVIDERS: simulator.reattach }
  return new OrderWorkspace(name, { home: join(home, 'orders'), binary, master: new Uint8Array(32).fill(7), providers, environment, simulated: true })
}

/** Applies a plan to the simulated clouds and reads back what is there then. */
async function applied(plan: Plan) {
  const workspace = await opened(plan.name)
  const result = await workspace.apply(plan)
  expect(result.stacks.flatMap(({ stack, error }) => (error === undefined ? [] : [`${stack}: ${error}`]))).toEqual([])
  const views = await workspace.read()
  return { views, networks: providers.flatMap((provider) => provider.networks(resourceSetOf(views))).sort((a, b) => (a.site < b.site ? -1 : 1)) }
}

async function destroyed(name: string): Promise<void> {
  const workspace = await opened(name)
  expect(await workspace.destroy()).toMatchObject({ ok: true })
}

const placeOf = (site: string) => { const { cloud, region } = Object.entries(sites).find(([name]) => name === site)?.[1] ?? { cloud: '', region: '' }; return { cloud, region } }
const addressesOf = ({ site, id, cidrs, subnets }: NetworkView) => ({ site, id, cidrs, subnets: subnets.map(({ id: subnet, cidr, zone }) => ({ id: subnet, cidr, zone })) })
const objects = () => simulator.objects().map(({ type, id, attributes }) => ({ type, id, attributes })).sort((a, b) => (`${a.type} ${a.id}` < `${b.type} ${b.id}` ? -1 : 1))

let own: readonly NetworkView[]
let found: readonly NetworkView[]
let lookup: Plan
let before: ReturnType<typeof objects>

beforeAll(async () => {
  simulator = await startSimulator({ home: join(home, 'clouds'), speed: Infinity, clouds, providers })
  own = (await applied(planned(planOrder({ name: 'own', topology: { links: [] }, sites }, { providers })))).networks
  before = objects()
  const wanted = Object.fromEntries(own.map(({ site, id }) => [site, { ...placeOf(site), id }]))
  lookup = planned(planLookup({ name: 'found', sites: wanted }, { providers }))
  found = (await applied(lookup)).networks
}, installTime)

afterAll(async () => {
  await simulator.close()
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})

describe('networks of one order', () => {
  it('read back with their ids, blocks and subnets', () => {
    expect(own.map(({ site }) => site)).toEqual(names)
    for (const network of own) {
      expect(network).toMatchObject({ id: expect.stringMatching(/./), name: expect.stringContaining('own') })
      expect(network.subnets.map(({ id }) => id)).toEqual(network.subnets.map(() => expect.stringMatching(/./)))
    }
    expect(own.find(({ site }) => site === 'aws-own')).toMatchObject({ cidrs: ['10.10.0.0/16', '10.11.0.0/16'], subnets: [{ name: 'apps', cidr: '10.10.1.0/24' }, { name: 'data', zone: 'ap-northeast-2b' }] })
  })

  it('are found by their ids, in stacks that own nothing', () => {
    expect(found.map(addressesOf)).toEqual(own.map(addressesOf))
    expect(found.every(({ address }) => address.startsWith('data.'))).toBe(true)
    expect(objects()).toEqual(before)
  })

  it('are looked up again without a change', async () => {
    const workspace = await opened('found')
    const { stacks } = await workspace.apply(lookup)
    expect(stacks.map(({ outcome }) => outcome)).toEqual(stacks.map(() => 'unchanged'))
  }, installTime)
})

describe('networks that were there already', () => {
  it('are linked across clouds, and untouched when the links are gone', async () => {
    const adopted = found.map((view) => {
      const result = providers.find(({ id }) => id === view.cloud)?.existing?.adopt(view)
      if (!result?.ok) throw new Error(JSON.stringify(result))
      return [view.site, { ...placeOf(view.site), ...result.site }] as const
    })
    const links = [['aws-own', 'azure-own'], ['gcp-own', 'alibaba-own'], ['tencent-own', 'ibm-own']]
    const plan = planned(planOrder({ name: 'joined', topology: { links }, sites: Object.fromEntries(adopted) }, { providers }))
    const { views } = await applied(plan)
    const proof = proveAgreement(views, plan, providers)
    expect(proof.findings).toEqual([])
    expect(new Set(proof.tunnels.map(({ link }) => link)).size).toBe(3)
    expect(simulator.tunnels().filter(({ up, end }) => !up && !end.mayIdle)).toEqual([])
    await destroyed('joined')
    await destroyed('found')
    expect(objects()).toEqual(before)
  }, installTime)

  it('are reported where there is none of that id', async () => {
    const plan = planned(planLookup({ name: 'lost', sites: { lost: { cloud: 'alibaba', region: 'ap-northeast-1', id: 'vpc-nowhere' } } }, { providers }))
    const workspace = await opened(plan.name)
    expect(await workspace.apply(plan)).toMatchObject({ ok: false, stacks: [{ stack: 'network-lost', outcome: 'failed', error: expect.stringMatching(/Invalid index/) }] })
  }, installTime)
})
