import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { agreedOf, freeNumbers, keepNumbers } from './numbers.ts'

let lab: StoreLab
let store: Store
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
})
afterAll(() => lab.close())

const fit = { routing: 'bgp' as const, a: 2, b: 2, tunnels: 2 }

it('keeps numbers of each VPN until it goes, whatever others do', async () => {
  const { records } = store
  expect(await agreedOf(records, 'ns')).toEqual({ asns: {}, inside: {} })
  await keepNumbers(records, 'ns', { asns: { a: 64512, b: 64513 }, inside: { 'a--b': { '0': '169.254.0.0/30' } }, fitted: { 'a--b': fit } })
  await keepNumbers(records, 'ns', { asns: { b: 64513, c: 64514 }, inside: { 'b--c': { '0': '169.254.0.4/30' } } })
  expect(await agreedOf(records, 'ns')).toEqual({ asns: { a: 64512, b: 64513, c: 64514 }, inside: { 'a--b': { '0': '169.254.0.0/30' }, 'b--c': { '0': '169.254.0.4/30' } }, fitted: { 'a--b': fit } })
  await keepNumbers(records, 'ns', { asns: { a: 64512, b: 64513 }, inside: { 'a--b': { '0': '169.254.0.0/30' } } })
  expect((await agreedOf(records, 'ns')).fitted).toBeUndefined()
  await freeNumbers(records, 'ns', 'a--b', ['a'])
  expect(await agreedOf(records, 'ns')).toEqual({ asns: { b: 64513, c: 64514 }, inside: { 'b--c': { '0': '169.254.0.4/30' } } })
  expect(await agreedOf(records, 'other')).toEqual({ asns: {}, inside: {} })
})
