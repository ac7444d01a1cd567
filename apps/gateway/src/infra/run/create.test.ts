import { afterAll, beforeAll, expect, it } from 'vitest'
import { newUid } from '../../identity/uid.ts'
import { globalScope, namespaceKind } from '../../namespace/namespace.ts'
import { openRuns, type RunContext } from '../../runs/index.ts'
import { clouds, connectionIn, noon, vnetOf } from '../../testing/networks.fixture.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import { statedOf } from '../../vnet/vnet-records.ts'
import { vnetKind } from '../../vnet/vnet.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { infraKind, sharedVnetName } from '../infra.ts'
import { createInfra } from './create.ts'

const namespace = 'default'
const vnet = sharedVnetName(namespace, connectionIn.aws)

let lab: StoreLab
let parts: WorkParts
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  const store = await lab.store()
  const unused = () => Promise.reject(new Error('a network that is there needs no stack'))
  parts = { store, runs: await openRuns(store), engine: { apply: unused, destroy: unused, forget: unused, read: unused, known: unused, stacks: unused }, clouds, now: () => new Date(noon) }
  await store.records.insert(namespaceKind, globalScope, namespace, { name: namespace, description: '', uid: newUid(), order: 'n0123456789a' })
})
afterAll(() => lab.close())

function contextOf(infra: string): RunContext {
  return {
    run: { id: 'r', kind: 'infra.create', target: `infra/${namespace}/${infra}`, payload: { namespace, infra }, state: 'leased', attempts: 1, maxAttempts: 10, fence: 1, createdAt: noon },
    attempt: 1, fence: 1, earlier: [], signal: new AbortController().signal, emit: () => undefined,
    transaction: (work) => parts.store.transaction(work),
    locks: { withStacks: (_, work) => work(), lookAt: (_, work) => work() },
  }
}

it('puts nodes on a vNet that is kept, and on none that is on its way out', async () => {
  const { records } = parts.store
  for (const name of ['one', 'other']) {
    const group = { name: 'g', connection: connectionIn.aws, spec: 'small', image: 'any', size: 1 }
    await records.insert(infraKind, namespace, name, { name, uid: newUid(), description: '', template: 'vnet-default', groups: [group], nodes: [], status: 'Creating', message: '' })
  }
  const kept = await records.insert(vnetKind, namespace, vnet, statedOf({ ...vnetOf(vnet, connectionIn.aws, 10), csp: { id: 'vpc-1', name: 'vpc-1' } }, noon, { status: 'True', reason: 'Available' }))
  await createInfra(parts).execute(contextOf('one'))
  expect((await records.get(infraKind, namespace, 'one'))?.doc).toMatchObject({ status: 'Running', nodes: [{ vnet }] })
  await records.update(vnetKind, kept, statedOf(kept.doc, noon, { status: 'False', reason: 'Deleting' }))
  await expect(createInfra(parts).execute(contextOf('other'))).rejects.toMatchObject({ code: 'CONFLICT', message: `vNet ${vnet} was deleted while it was needed` })
  expect((await records.get(infraKind, namespace, 'other'))?.doc).toMatchObject({ status: 'Failed', nodes: [] })
})
