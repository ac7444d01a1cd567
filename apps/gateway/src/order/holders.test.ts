import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import { recordsInFiles } from '@isthmus/tofu'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { executorsOf } from '../composition/make-worker.ts'
import { checkOrder, explainOrder } from '../planning/planning-task.ts'
import { openRuns, Worker, type Run } from '../runs/index.ts'
import { TofuStacks } from '../stacks/index.ts'
import { clouds } from '../testing/networks.fixture.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { Orders } from './orders.ts'

const document = (name: string) => ({ name, topology: { links: [] }, sites: { east: { cloud: 'aws', region: 'ap-northeast-2', cidr: '10.1.0.0/16' } } })

let lab: StoreLab
let parts: WorkParts
let worker: Worker
let orders: Orders
const folder = mkdtempSync(join(tmpdir(), 'isthmus-holders-'))
/** Whose credentials runs asked for. */
const holders: (string | undefined)[] = []

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  const store = await lab.store()
  const binary = { path: process.execPath, version: '1.12.3', source: 'environment' } as const
  const closed = {
    simulated: false,
    environment: async () => ({}),
    credentials: async (holder?: string) => {
      holders.push(holder)
      throw new IsthmusError('CONFIGURATION_INVALID', 'these clouds are closed')
    },
  }
  const engine = new TofuStacks({ folder, master: new Uint8Array(32), providers: clouds.providers, clouds: closed, binary: async () => binary })
  parts = { store, runs: await openRuns(store), engine, clouds, now: () => new Date() }
  worker = new Worker(store, parts.runs, { executors: executorsOf(parts) })
  const planned = { providers: clouds.providers, networkOnly: clouds.networkOnly }
  orders = new Orders(parts, { check: async (order, agreed) => checkOrder({ document: order, agreed }, planned), explain: async (order, agreed) => explainOrder({ document: order, agreed }, planned), close: async () => undefined })
  worker.start()
})
afterAll(async () => {
  await worker.stop()
  await lab.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => void holders.splice(0))

/** Whose credentials the run asked for. */
async function askedBy(run: Promise<Run>): Promise<(string | undefined)[]> {
  expect(await parts.runs.wait((await run).id)).toMatchObject({ state: 'failed', error: { message: 'these clouds are closed' } })
  return holders.splice(0)
}

it('has the credentials of its holder for everything that is done to it, whoever asks for it', async () => {
  expect(await askedBy(orders.apply('hers', document('hers'), { holder: 'alice' }))).toEqual(['alice'])
  expect(await askedBy(orders.apply('hers', document('hers')))).toEqual(['alice'])
  expect(await askedBy(orders.refresh('hers'))).toEqual(['alice'])
  await recordsInFiles(folder, 'hers').write({ name: 'network-east', after: [], keys: [], passEnvironment: [], text: '{}', bindings: {} })
  expect(await askedBy(orders.destroy('hers', { holder: 'alice' }))).toEqual(['alice'])
})

it.each([{}, { holder: 'admin' }])('has those of the default holder with %j', async (ask) => {
  expect(await askedBy(orders.apply('plain', document('plain'), ask))).toEqual([undefined])
})

it('of another holder is refused before anything is touched, with the way out', async () => {
  await askedBy(orders.apply('theirs', document('theirs'), { holder: 'alice' }))
  const before = await orders.get('theirs')
  const ask = { holder: 'admin' }
  for (const attempt of [() => orders.apply('theirs', document('theirs'), ask), () => orders.refresh('theirs', ask), () => orders.destroy('theirs', ask)]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'CONFLICT', message: 'x-credential-holder: the order theirs belongs to alice and not to admin; send x-credential-holder: alice, or none, or another name for another order' })
  }
  expect([await orders.get('theirs'), holders]).toEqual([before, []])
})
