import { afterAll, describe, expect, it } from 'vitest'
import { cloudNames, siteOfEachCloud } from '../cloud-pairs.ts'
import { faultless, live, patience, row } from './lifecycle.ts'

const topologies: readonly (readonly [string, unknown])[] = [['full mesh', 'full-mesh'], ...cloudNames.map((cloud) => [`hub ${cloud}`, { hub: cloud }] as const)]

describe.concurrent('an order of all six clouds is proven, applied, applied again without a change, and destroyed without a trace', { timeout: patience }, () => {
  const rows: string[] = []
  afterAll(() => console.log(rows.sort().join('\n')))

  it.each(topologies)('%s', async (name, topology) => {
    const { counts, ...life } = await live({ name: 'six', sites: siteOfEachCloud(), topology })
    rows.push(row(name, counts))
    expect(life).toEqual(faultless(counts))
  })
})
