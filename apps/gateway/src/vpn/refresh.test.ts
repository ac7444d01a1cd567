import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { globalScope, namespaceKind } from '../namespace/namespace.ts'
import { openRuns, Worker, type Executor, type Run, type Runs } from '../runs/index.ts'
import type { StackEngine } from '../stacks/index.ts'
import type { Store } from '../store/index.ts'
import { clouds, connectionIn, noon, vnetOf, vpnOf } from '../testing/networks.fixture.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { readingKinds } from '../work/reading-kinds.ts'
import { locksOf } from '../work/stack-work.ts'
import { refreshVpn } from './run/refresh.ts'
import { stacksOf } from './vpn-plan.ts'
import { vpnKind, type Vpn } from './vpn.ts'
import { Vpns } from './vpns.ts'

const [namespace, order] = ['ns', 'n0123456789a']
const [hub, near, far] = [vnetOf('hub', connectionIn.aws, 10), vnetOf('near', connectionIn.gcp, 20), vnetOf('far', connectionIn.gcp, 30)]
const [one, other] = [vpnOf('one', hub, near), vpnOf('other', hub, far)]

let lab: StoreLab
let store: Store
let runs: Runs
let vpns: Vpns
let worker: Worker
/** What happens while the clouds are read. */
let duringRead: () => Promise<void>
/** Locks that were held each time a refresh put something on record. */
let heldAtChanges: string[][]
/** What a run on the gateway of the hub does. */
let change: Executor['execute']

/** Clouds that hold nothing. */
const engine: StackEngine = {
  apply: () => Promise.reject(new Error('a reader applies nothing')),
  destroy: () => Promise.reject(new Error('a reader destroys nothing')),
  forget: () => Promise.reject(new Error('a reader forgets nothing')),
  read: async () => {
    await duringRead()
    return []
  },
  known: async () => [],
  stacks: async () => stacksOf(one),
}

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  runs = await openRuns(store)
  const parts = { store, runs, engine, clouds, now: () => new Date() }
  vpns = new Vpns(parts)
  await store.records.insert(namespaceKind, globalScope, namespace, { name: namespace, description: '', uid: 'u', order })
  for (const vnet of [hub, near, far]) await store.records.insert(vnetKind, namespace, vnet.name, vnet)
  const refresh = refreshVpn(parts)
  const watched: Executor = {
    execute: (context) => refresh.execute({ ...context, transaction: async (work) => {
      heldAtChanges.push((await store.database.engine.read.selectFrom('stack_lock').select('name').orderBy('name').execute()).map(({ name }) => name))
      return context.transaction(work)
    } }),
  }
  const changing: Executor = { execute: (context) => context.locks.withStacks(locksOf(order, stacksOf(other)), () => change(context)) }
  worker = new Worker(store, runs, { executors: { 'vpn.refresh': watched, change: changing }, readingKinds, concurrency: 2 })
  worker.start()
})
beforeEach(async () => {
  duringRead = async () => undefined
  heldAtChanges = []
  for (const { id, scope, version } of await store.records.list(vpnKind)) await store.records.remove(vpnKind, { id, scope, version })
  for (const vpn of [one, other]) await store.records.insert(vpnKind, namespace, vpn.name, { ...vpn, conditions: [{ type: 'Ready', status: 'True', reason: 'Available', lastTransitionTime: noon }] })
})
afterAll(async () => {
  await worker.stop()
  await lab.close()
})

const submit = async (kind: string, target: string): Promise<Run> => (await store.transaction((tx) => runs.submit(tx, { kind, target, payload: {} }))).run
const refreshed = async (): Promise<Run> => runs.wait((await vpns.refresh(namespace, 'one'))?.id ?? '')
const reasonOf = async (): Promise<string | undefined> => (await vpns.get(namespace, 'one')).doc.conditions[0]?.reason
/** A promise that somebody else resolves. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  return { passed: new Promise<void>((resolve) => { open = resolve }), open: () => open() }
}

describe('a refresh of a VPN', () => {
  it('puts on record what the clouds hold', async () => {
    expect(await refreshed()).toMatchObject({ state: 'done', result: { vpn: 'one', isRead: true } })
    expect(await reasonOf()).toBe('TunnelsDiffer')
  })

  it('leaves the record as it is while runs change a gateway that the VPN uses, however many', async () => {
    const [begun, end] = [gate(), gate()]
    change = async () => {
      begun.open()
      await end.passed
    }
    const changes = [await submit('change', 'a'), await submit('change', 'b'), await submit('change', 'c')]
    await begun.passed
    expect(await refreshed()).toMatchObject({ state: 'done', result: { isRead: false } })
    expect(await reasonOf()).toBe('Available')
    end.open()
    for (const { id } of changes) expect((await runs.wait(id)).state).toBe('done')
  })

  it('puts on record what it read while nobody else has the stacks', async () => {
    expect((await refreshed()).state).toBe('done')
    expect(heldAtChanges).toEqual([locksOf(order, stacksOf(one)).sort()])
  })

  it.each([
    { name: 'what was put on record while it read', meanwhile: (vpn: Vpn): Vpn => ({ ...vpn, description: 'changed' }), wanted: { description: 'changed', conditions: [{ reason: 'TunnelsDiffer' }] } },
    { name: 'a VPN of the same name that was made while it read', meanwhile: (vpn: Vpn): Vpn => ({ ...vpn, uid: 'another' }), wanted: { uid: 'another', conditions: [{ reason: 'Available' }] } },
    { name: 'a VPN that another run makes', meanwhile: (vpn: Vpn): Vpn => ({ ...vpn, conditions: [{ type: 'Ready', status: 'False', reason: 'Creating', lastTransitionTime: noon }] }), wanted: { conditions: [{ reason: 'Creating' }] } },
  ])('keeps $name', async ({ meanwhile, wanted }) => {
    duringRead = async () => {
      const found = await vpns.get(namespace, 'one')
      await store.records.update(vpnKind, found, meanwhile(found.doc))
    }
    expect(await refreshed()).toMatchObject({ state: 'done', result: { isRead: true } })
    expect((await vpns.get(namespace, 'one')).doc).toMatchObject(wanted)
  })
})
