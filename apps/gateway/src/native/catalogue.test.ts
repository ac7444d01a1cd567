import { OpenAPIHono } from '@hono/zod-openapi'
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { findingCatalogue } from '@isthmus/core'
import { expect, it } from 'vitest'
import { listAt, textAt, valueAt } from '../../test/lab/gateway-lab.fixture.ts'
import { CloudCatalogue } from '../cloud/catalogue.ts'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Api } from '../http/operation.ts'
import { problemOf } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { builtInProviders } from '../start/built-in-providers.ts'
import { addCatalogue } from './catalogue.ts'
import { nativeDialect, nativeProblem } from './dialect.ts'

const app = new OpenAPIHono<ServiceEnv>()
const answer = problemAnswerer([['/', nativeProblem]])
app.onError((error, context) => answer(problemOf(error), context))
addCatalogue(new Api(app, '', nativeDialect, new Set()), new CloudCatalogue(builtInProviders, cloudsWithoutProvider, []), {
  plugins: [],
  failures: [{ plugin: '@acme/provider', stage: 'manifest', origin: 'listed', reason: 'it has none.', hint: 'add one.' }],
})

async function get(path: string): Promise<unknown> {
  return (await app.request(path)).json()
}

it('says of every pair of clouds how it is linked, or why not and what to do instead', async () => {
  const pairs = listAt(await get('/pairs'), 'pairs')
  const named = new Set(pairs.map((pair) => [textAt(pair, 'a'), textAt(pair, 'b')].sort().join(' ')))
  for (const { id: a } of builtInProviders) for (const { id: b } of builtInProviders) expect(named).toContain([a, b].sort().join(' '))
  const places = pairs.map((pair) => JSON.stringify([valueAt(pair, 'a'), valueAt(pair, 'b'), valueAt(pair, 'regions')]))
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([])
  for (const pair of pairs) {
    for (const mode of ['bgp', 'static']) {
      if (valueAt(pair, 'modes', mode, 'possible') === true) expect(Number(valueAt(pair, 'modes', mode, 'tunnels'))).toBeGreaterThan(0)
      else expect(textAt(pair, 'modes', mode, 'why') && textAt(pair, 'modes', mode, 'instead')).not.toBe('')
    }
    const [a, b, chosen] = [valueAt(pair, 'a'), valueAt(pair, 'b'), valueAt(pair, 'chosen')]
    if (a !== b) expect(chosen, `${String(a)} and ${String(b)}`).toBeDefined()
  }
})

it('says the same of one pair, in either order, and names the clouds there are for one that is not', async () => {
  const row = listAt(await get('/pairs'), 'pairs').filter((pair) => valueAt(pair, 'a') === 'aws' && valueAt(pair, 'b') === 'azure')
  expect(row).toHaveLength(1)
  expect([await get('/pairs/aws/azure'), await get('/pairs/azure/aws')]).toEqual([{ pairs: row }, { pairs: row }])
  expect(listAt(await get('/pairs/gcp/gcp'), 'pairs').map((pair) => valueAt(pair, 'regions')).sort()).toEqual(['one', 'two'])
  expect(await get('/pairs/aws/acme')).toMatchObject({ status: 404, detail: expect.stringContaining('no cloud is called acme; there are alibaba, aws') })
})

it('lists clouds that can be ordered from, and those that cannot with the reason', async () => {
  const providers = listAt(await get('/providers'), 'providers')
  expect(providers.filter((item) => valueAt(item, 'orderable') === true).map((item) => textAt(item, 'id'))).toEqual(builtInProviders.map(({ id }) => id).sort())
  for (const item of providers.filter((other) => valueAt(other, 'orderable') === false)) expect(textAt(item, 'vpn', 'reason')).not.toBe('')
})

it('gives facts with their sources, and names the clouds there are for one that is not', async () => {
  expect(textAt(await get('/providers/aws/facts'), 'network', 'vnet', 'reserved', 'source')).not.toBe('')
  expect(await get('/facts/aws')).toEqual(await get('/providers/aws/facts'))
  const refused = await app.request('/providers/acme/facts')
  expect([refused.status, textAt(await refused.json(), 'detail')]).toEqual([404, expect.stringContaining('no cloud is called acme; there are alibaba, aws')])
})

it('tells what became of plugins, what things are called, and every finding', async () => {
  expect(await get('/plugins')).toEqual({ plugins: [{ plugin: '@acme/provider', state: 'failed', stage: 'manifest', reason: 'it has none.', hint: 'add one.' }] })
  expect(listAt(await get('/terms'), 'clouds')).toHaveLength(builtInProviders.length + cloudsWithoutProvider.length)
  expect(Object.keys(Object(valueAt(await get('/findings'), 'findings'))).sort()).toEqual(Object.keys(findingCatalogue).sort())
  expect(await get('/findings/CIDR_OVERLAP')).toEqual(findingCatalogue.CIDR_OVERLAP)
  expect(await get('/findings/CIDR_OVERLAPS')).toMatchObject({ status: 404, detail: expect.stringContaining('is CIDR_OVERLAP meant?') })
})
