import { afterAll, beforeAll, expect, it } from 'vitest'
import { executorsOf } from '../composition/make-worker.ts'
import { statusOf } from '../condition/condition.ts'
import { globalScope, namespaceKind } from '../namespace/namespace.ts'
import { orderKind } from '../order/order.ts'
import { openRuns, Worker } from '../runs/index.ts'
import type { StackEngine } from '../stacks/index.ts'
import type { Store } from '../store/index.ts'
import { clouds, connectionIn, vnetOf, vpnOf } from '../testing/networks.fixture.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { vpnKind } from '../vpn/vpn.ts'
import { retryRun } from './retry.ts'
import type { WorkParts } from './work-parts.ts'

const namespace = 'ns'
const [east, west] = [vnetOf('east', connectionIn.aws, 10), vnetOf('west', connectionIn.gcp, 20)]

let lab: StoreLab
let store: Store
let parts: WorkParts
let worker: Worker
/** What is on record of what the clouds are asked for, each time they are. */
const seen: unknown[] = []
let look: () => Promise<unknown>

const refused = async (): Promise<never> => {
  seen.push(await look())
  throw new Error('the clouds are closed')
}
const engine: StackEngine = { apply: refused, destroy: refused, forget: refused, read: refused, known: refused, stacks: async () => ['network-east'] }

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  parts = { store, runs: await openRuns(store), engine, clouds, now: () => new Date() }
  await store.records.insert(namespaceKind, globalScope, namespace, { name: namespace, description: '', uid: 'u', order: 'n0123456789a' })
  for (const vnet of [east, west]) await store.records.insert(vnetKind, namespace, vnet.name, vnet)
  await store.records.insert(vpnKind, namespace, 'vpn', vpnOf('vpn', east, west))
  const site = { cloud: 'aws', region: 'ap-northeast-2', cidr: '10.30.0.0/16', subnets: [{ name: 'first', cidr: '10.30.0.0/24' }] }
  await store.records.insert(orderKind, globalScope, 'demo', { name: 'demo', document: { name: 'demo', topology: { links: [] }, sites: { east: site } }, agreed: { asns: {}, inside: {} }, holder: 'admin', state: 'applying', message: '', tunnels: [] })
  worker = new Worker(store, parts.runs, { executors: executorsOf(parts) })
  worker.start()
})
afterAll(async () => {
  await worker.stop()
  await lab.close()
})

const ofVpn = async (): Promise<unknown> => {
  const found = await store.records.get(vpnKind, namespace, 'vpn')
  return found && { status: statusOf(found.doc.conditions), message: found.doc.message }
}
const ofOrder = async (): Promise<unknown> => {
  const found = await store.records.get(orderKind, globalScope, 'demo')
  return found && { status: found.doc.state, message: found.doc.message }
}

it.each([
  { kind: 'vpn.apply', payload: { namespace, vpn: 'vpn' }, onRecord: ofVpn, under: 'Creating', after: 'Failed' },
  { kind: 'vpn.remove', payload: { namespace, vpn: 'vpn' }, onRecord: ofVpn, under: 'Deleting', after: 'Failed' },
  { kind: 'order.apply', payload: { order: 'demo' }, onRecord: ofOrder, under: 'applying', after: 'failed' },
  { kind: 'order.destroy', payload: { order: 'demo' }, onRecord: ofOrder, under: 'destroying', after: 'failed' },
])('what $kind failed of is on its way again while it is done again', async ({ kind, payload, onRecord, under, after }) => {
  look = onRecord
  const { run } = await store.transaction((tx) => parts.runs.submit(tx, { kind, target: kind, payload }))
  expect((await parts.runs.wait(run.id)).state).toBe('failed')
  expect(await onRecord()).toEqual({ status: after, message: expect.stringContaining('closed') })
  seen.splice(0)
  const again = await retryRun(parts, run.id, { adopt: [], acceptLeftovers: false })
  expect((await parts.runs.wait(again.id)).state).toBe('failed')
  expect(seen).toEqual([{ status: under, message: '' }])
  expect(await onRecord()).toEqual({ status: after, message: expect.stringContaining('closed') })
})
