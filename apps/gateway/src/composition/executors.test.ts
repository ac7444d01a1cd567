import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRuns } from '../runs/index.ts'
import { clouds } from '../testing/networks.fixture.ts'
import { noStacks } from '../testing/no-stacks.fixture.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { readingKinds } from '../work/reading-kinds.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { executorsOf } from './make-worker.ts'

const source = fileURLToPath(new URL('..', import.meta.url))

let lab: StoreLab
let parts: WorkParts
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  const store = await lab.store()
  parts = { store, runs: await openRuns(store), engine: noStacks(), clouds, now: () => new Date() }
})
afterAll(() => lab.close())

/** Kinds of runs that the source names, which are those that it submits. */
function kindsInSource(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name) && !name.endsWith('make-worker.ts'))
  const named = files.flatMap((name) => [...readFileSync(join(source, name), 'utf8').matchAll(/'((?:vnet|vpn|infra|terrarium|order)\.[a-z]+[A-Za-z]*)'/g)].map(([, kind = '']) => kind))
  return [...new Set(named)].sort()
}

it('has an executor for every kind of run that is submitted, and no other', () => {
  const kinds = Object.keys(executorsOf(parts))
  expect(kinds.sort()).toEqual(kindsInSource())
  expect(kinds).toEqual(expect.arrayContaining([...readingKinds]))
})

it('puts records right after every run that leaves something on its way', () => {
  const onItsWay = Object.entries(executorsOf(parts)).filter(([kind]) => !['vnet.registerSubnet', 'vnet.reconcile', 'vpn.refresh', 'order.refresh'].includes(kind))
  expect(onItsWay.filter(([, { ended }]) => ended === undefined).map(([kind]) => kind)).toEqual([])
})
