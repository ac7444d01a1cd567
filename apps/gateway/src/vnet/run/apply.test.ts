import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openRuns, type RunContext } from '../../runs/index.ts'
import type { StackEngine } from '../../stacks/index.ts'
import { StoreError, type Stored } from '../../store/index.ts'
import { clouds, connectionIn, noon, vnetOf } from '../../testing/networks.fixture.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { statedOf } from '../vnet-records.ts'
import { vnetKind, type Vnet } from '../vnet.ts'
import { bringVnet } from './apply.ts'

const namespace = 'default'
const outcome = { ok: true, stacks: [], findings: [], rebuild: [] }

let lab: StoreLab
let parts: WorkParts
/** What was done to stacks. */
const done: string[] = []
let fails: { readonly apply?: Error; readonly destroy?: Error } = {}
/** What somebody else does while the lock is waited for. */
let meanwhile: () => Promise<unknown> = async () => undefined

const context: RunContext = {
  run: { id: 'r', kind: 'infra.create', target: 'infra/default/one', payload: {}, state: 'leased', attempts: 1, maxAttempts: 10, fence: 1, createdAt: noon },
  attempt: 1, fence: 1, earlier: [], signal: new AbortController().signal, emit: () => undefined,
  transaction: (work) => parts.store.transaction(work),
  locks: {
    withStacks: async (_, work) => {
      await meanwhile()
      return work()
    },
    lookAt: (_, work) => work(),
  },
}

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  const store = await lab.store()
  const unused = () => Promise.reject(new Error('not asked for here'))
  const engine: StackEngine = {
    apply: async (_, __, stacks) => {
      done.push(...stacks.map((stack) => `apply ${stack}`))
      if (fails.apply) throw fails.apply
      return outcome
    },
    destroy: async (_, stacks) => {
      done.push(...stacks.map((stack) => `destroy ${stack}`))
      if (fails.destroy) throw fails.destroy
      return outcome
    },
    forget: unused, read: unused, known: unused, stacks: async () => [],
  }
  parts = { store, runs: await openRuns(store), engine, clouds, now: () => new Date(noon) }
})
afterAll(() => lab.close())
beforeEach(() => {
  done.splice(0)
  fails = {}
  meanwhile = async () => undefined
})

async function kept(name: string): Promise<Stored<Vnet>> {
  return parts.store.records.insert(vnetKind, namespace, name, vnetOf(name, connectionIn.aws, 10))
}

const bring = (stored: Stored<Vnet>) => bringVnet(parts, context, { namespace, order: 'n0123456789a', stored })
const update = async (stored: Stored<Vnet>, change: Partial<Vnet>) => {
  const found = await parts.store.records.get(vnetKind, namespace, stored.id)
  if (found) await parts.store.records.update(vnetKind, found, { ...found.doc, ...change })
}

it.each([
  ['deleted', async (stored: Stored<Vnet>) => parts.store.records.remove(vnetKind, stored)],
  ['deleted and ordered again', async (stored: Stored<Vnet>) => {
    await parts.store.records.remove(vnetKind, stored)
    await kept(stored.id)
  }],
  ['told to go', async (stored: Stored<Vnet>) => update(stored, statedOf(stored.doc, noon, { status: 'False', reason: 'Deleting' }))],
])('a vNet that is %s while its locks are waited for is neither made nor taken back', async (name, happens) => {
  const stored = await kept(name.replaceAll(' ', '-'))
  let known: Stored<Vnet> | undefined
  meanwhile = async () => {
    meanwhile = async () => undefined
    await happens(stored)
    known = await parts.store.records.get(vnetKind, namespace, stored.id)
  }
  await expect(bring(stored)).rejects.toMatchObject({ code: 'CONFLICT', message: `vNet ${stored.id} was deleted while it was needed` })
  expect([done, await parts.store.records.get(vnetKind, namespace, stored.id)]).toEqual([[], known])
})

it('a vNet that could not be made is taken back', async () => {
  const stored = await kept('failing')
  fails = { apply: new Error('no room') }
  await expect(bring(stored)).rejects.toThrow('no room')
  expect([done, await parts.store.records.get(vnetKind, namespace, stored.id)]).toEqual([[`apply network-${stored.doc.uid}`, `destroy network-${stored.doc.uid}`], undefined])
})

it('a vNet that somebody else has made meanwhile is not taken back', async () => {
  const stored = await kept('shared')
  fails = { apply: new Error('no room') }
  meanwhile = () => update(stored, { csp: { id: 'vpc-1', name: 'vpc-1' } })
  await expect(bring(stored)).rejects.toThrow('no room')
  expect([done, (await parts.store.records.get(vnetKind, namespace, stored.id))?.doc.csp.id]).toEqual([[`apply network-${stored.doc.uid}`], 'vpc-1'])
})

it('a vNet that cannot be taken back because the database is away stays as it is for another attempt', async () => {
  const stored = await kept('away')
  fails = { apply: new Error('no room'), destroy: new StoreError('STORE_UNAVAILABLE', 'away') }
  await expect(bring(stored)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect((await parts.store.records.get(vnetKind, namespace, stored.id))?.doc).toEqual(stored.doc)
})
