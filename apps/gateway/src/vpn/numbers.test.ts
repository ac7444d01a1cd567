import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { agreedOf, freeNumbers, keepAsns, keepLinkNumbers } from './numbers.ts'

let lab: StoreLab
let store: Store
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
})
afterAll(() => lab.close())

const fit = { routing: 'bgp' as const, a: 2, b: 2, tunnels: 2 }

it('keeps numbers of sites and links until they go, whatever happens to others', async () => {
  const { records } = store
  expect(await agreedOf(records, 'ns')).toEqual({ asns: {}, inside: {} })
  await keepAsns(records, 'ns', { asns: { a: 64512, b: 64513 }, inside: {} })
  await keepLinkNumbers(records, 'ns', { asns: { a: 1 }, inside: { 'a--b': { '0': '169.254.0.0/30' }, 'b--c': { '0': '169.254.9.0/30' } }, fitted: { 'a--b': fit, 'b--c': fit } }, ['a--b'])
  await keepAsns(records, 'ns', { asns: { b: 64513, c: 64514 }, inside: {} })
  await keepLinkNumbers(records, 'ns', { asns: {}, inside: { 'a--b': { '0': '169.254.9.4/30' }, 'b--c': { '0': '169.254.0.4/30' } } }, ['b--c'])
  expect(await agreedOf(records, 'ns')).toEqual({ asns: { a: 64512, b: 64513, c: 64514 }, inside: { 'a--b': { '0': '169.254.0.0/30' }, 'b--c': { '0': '169.254.0.4/30' } }, fitted: { 'a--b': fit } })
  await keepLinkNumbers(records, 'ns', { asns: {}, inside: { 'a--b': { '0': '169.254.0.0/30' } } }, ['a--b'])
  expect((await agreedOf(records, 'ns')).fitted).toBeUndefined()
  await freeNumbers(records, 'ns', 'a--b', ['a'])
  expect(await agreedOf(records, 'ns')).toEqual({ asns: { b: 64513, c: 64514 }, inside: { 'b--c': { '0': '169.254.0.4/30' } } })
  expect(await agreedOf(records, 'other')).toEqual({ asns: {}, inside: {} })
})
