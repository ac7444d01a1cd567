import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { Infras } from '../../infra/infras.ts'
import { globalScope, namespaceKind } from '../../namespace/namespace.ts'
import { openRuns, Worker, type Runs } from '../../runs/index.ts'
import type { Store } from '../../store/index.ts'
import { sender } from '../../testing/api.fixture.ts'
import { clouds, connectionIn, vnetOf, vpnOf } from '../../testing/networks.fixture.ts'
import { noStacks } from '../../testing/no-stacks.fixture.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import { Vnets } from '../../vnet/vnets.ts'
import { vpnKind, vpnTarget } from '../../vpn/vpn.ts'
import { Vpns } from '../../vpn/vpns.ts'
import { VnetAnswers } from '../vnet/vnet-answers.ts'
import { addVpns } from './vpns.ts'

let lab: StoreLab
let store: Store
let runs: Runs
let worker: Worker
let send: ReturnType<typeof sender>
/** Whether the clouds can be asked. */
let isRead: boolean

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  runs = await openRuns(store)
  const parts = { store, runs, engine: noStacks(), clouds, now: () => new Date() }
  send = sender((api) => addVpns(api, { vpns: new Vpns(parts), vnets: new Vnets(parts), infras: new Infras(parts, true), runs, clouds, answers: new VnetAnswers(clouds, () => true, '2026') }))
  worker = new Worker(store, runs, { executors: { 'vpn.refresh': { execute: async () => ({ vpn: 'one', isRead }) }, 'vpn.remove': { execute: async () => ({}) } } })
  worker.start()
  await store.records.insert(namespaceKind, globalScope, 'ns', { name: 'ns', description: '', uid: 'u', order: 'n0123456789a' })
})
afterAll(async () => {
  await worker.stop()
  await lab.close()
})
beforeEach(async () => {
  for (const { id, scope, version } of await store.records.list(vpnKind)) await store.records.remove(vpnKind, { id, scope, version })
  await store.records.insert(vpnKind, 'ns', 'one', vpnOf('one', vnetOf('east', connectionIn.aws, 1), vnetOf('west', connectionIn.gcp, 2)))
})

const reconcile = () => send('DELETE', '/ns/ns/infra/any/vpn/one?option=reconcile')
const skipped = { status: 200, body: { metadataStatus: 'Found', cspResourceStatus: 'Skipped', action: 'NoActionNeeded' } }

it('a VPN of which the clouds hold nothing is removed from record', async () => {
  isRead = true
  expect(await reconcile()).toMatchObject({ status: 200, body: { cspResourceStatus: 'NotFound', action: 'MetadataRemoved' } })
})

it('a VPN whose networks another run changes is left alone: nobody looked into the clouds', async () => {
  isRead = false
  expect(await reconcile()).toMatchObject(skipped)
})

it('a VPN that is being made is left alone: its record is empty until the clouds hold something', async () => {
  isRead = true
  await store.transaction((tx) => runs.submit(tx, { kind: 'vpn.apply', target: vpnTarget('ns', 'one'), payload: {} }))
  expect(await reconcile()).toMatchObject(skipped)
})
