import { expect, it } from 'vitest'
import type { SimulatedCloud } from '../behaviour/behaviour.ts'
import { InMemoryCloud, refusalOf } from '../behaviour/in-memory-cloud.ts'
import { lookUp } from './data.ts'

const bare: SimulatedCloud = { source: 'toy/toy', schema: { source: 'toy/toy', version: '1.0.0', origin: 'this test', configuration: {}, resources: {}, dataSources: {} }, behaviours: {} }

it.each([
  ['of the simulator', bare, 'No matching object found'],
  ['of the real provider where they are known', { ...bare, nothingFound: (type: string, { name }: Readonly<Record<string, unknown>>) => `no ${type} ${String(name)}` }, 'no toy_box there'],
])('says in the words %s that there is nothing', (_, cloud, said) => {
  const nobody = new InMemoryCloud(cloud, {}).context('toy_box')
  expect(refusalOf(() => lookUp({}, { name: 'there', size: null }, nobody, { ...cloud, shown: ({ attributes }) => attributes })).message).toBe(said)
})
