import { afterAll, describe, expect, it } from 'vitest'
import { differentClouds, pairOrder, sameClouds, type CloudPair } from '../cloud-pairs.ts'
import { faultless, live, patience, row } from './lifecycle.ts'

const cells = [...differentClouds, ...sameClouds].flatMap((pair) => (['bgp', 'static'] as const).filter((mode) => pair[mode] !== 'none').map((mode): [string, CloudPair, typeof mode] => [nameOf(pair, mode), pair, mode]))

/** Region by region only where a cloud is linked with itself. */
function nameOf({ a, b, place }: CloudPair, mode: string): string {
  return `${a}–${b} ${mode}${a !== b ? '' : place === 'far' ? ', two regions' : ', one region'}`
}

describe.concurrent('an order of two clouds is proven, applied, applied again without a change, and destroyed without a trace', { timeout: patience }, () => {
  const rows: string[] = []
  afterAll(() => console.log(rows.sort().join('\n')))

  it.each(cells)('%s', async (name, pair, mode) => {
    const { counts, ...life } = await live(pairOrder(pair, mode))
    rows.push(row(name, counts))
    expect(life).toEqual(faultless(counts))
  })
})
