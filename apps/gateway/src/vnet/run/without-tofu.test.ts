import { IsthmusError } from '@isthmus/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { executorsOf } from '../../composition/make-worker.ts'
import { globalScope, namespaceKind } from '../../namespace/namespace.ts'
import { openRuns, Worker } from '../../runs/index.ts'
import { TofuStacks } from '../../stacks/index.ts'
import { clouds, connectionIn, vnetOf } from '../../testing/networks.fixture.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { vnetKind } from '../vnet.ts'
import { Vnets } from '../vnets.ts'

const namespace = 'ns'
const patience = 60_000
let lab: StoreLab
let parts: WorkParts
let worker: Worker
let vnets: Vnets
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  const store = await lab.store()
  const noClouds = { simulated: true, environment: async () => ({}), credentials: async () => ({}) }
  const engine = new TofuStacks({ folder: import.meta.dirname, master: new Uint8Array(32), providers: clouds.providers, clouds: noClouds, binary: () => Promise.reject(new IsthmusError('TOFU_NOT_FOUND', 'there is no OpenTofu')) })
  parts = { store, runs: await openRuns(store), engine, clouds, now: () => new Date() }
  worker = new Worker(store, parts.runs, { executors: executorsOf(parts) })
  vnets = new Vnets(parts)
  await store.records.insert(namespaceKind, globalScope, namespace, { name: namespace, description: '', uid: 'u', order: 'n0123456789a' })
  worker.start()
})
afterAll(async () => {
  await worker.stop()
  await lab.close()
})

it('a new vNet leaves nothing on record, and the reason is all that is said', { timeout: patience }, async () => {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { id } = await vnets.create(namespace, { name: 'new', connection: connectionIn.gcp, cidr: '10.1.0.0/16', subnets: [{ name: 'one', cidr: '10.1.1.0/24' }] })
    expect(await parts.runs.wait(id)).toMatchObject({ state: 'failed', error: { message: 'there is no OpenTofu' } })
    expect(await parts.store.records.get(vnetKind, namespace, 'new')).toBeUndefined()
  }
})

it('a vNet that no stack was made of can be removed', { timeout: patience }, async () => {
  await parts.store.records.insert(vnetKind, namespace, 'old', vnetOf('old', connectionIn.gcp, 2))
  const { id } = await vnets.remove(namespace, 'old', { withSubnets: true })
  expect(await parts.runs.wait(id)).toMatchObject({ state: 'done' })
  expect(await parts.store.records.get(vnetKind, namespace, 'old')).toBeUndefined()
})
