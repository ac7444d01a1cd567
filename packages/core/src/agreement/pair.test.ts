import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEnds } from './compare.ts'
import type { EndView } from './end-view.ts'
import { northEnd, southEnd } from './ends.fixture.ts'
import { pairEnds } from './pair.ts'

/** Both ends of the tunnel with a number. */
function tunnel(number: number, changes: Partial<EndView> = {}): [EndView, EndView] {
  const [local, peer] = [`192.0.2.${number}`, `198.51.100.${number}`]
  const [first, second] = [`169.254.10.${4 * number + 1}`, `169.254.10.${4 * number + 2}`]
  const key = { token: `var.keys.north--south--${number}@v1` }
  return [
    northEnd({ connection: `acme_connection.north-${number}`, outside: { local, peer }, inside: { local: first, peer: second, prefix: 30 }, key }),
    southEnd({ connection: `acme_connection.south-${number}`, outside: { local: peer, peer: local }, inside: { local: second, peer: first, prefix: 30 }, key, ...changes }),
  ]
}

const names = (ends: readonly EndView[]): string[] => ends.map(({ connection }) => connection.split('.')[1] ?? '').sort()

describe('pairing ends', () => {
  it('finds the two of each tunnel in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 }), (order) => {
        const ends = [0, 1, 2, 3, 4].flatMap((number) => tunnel(number))
        const { pairs, unmatched } = pairEnds(order.flatMap((index) => ends[index] ?? []))
        expect(unmatched).toEqual([])
        expect(pairs.map(names).sort()).toEqual([0, 1, 2, 3, 4].map((number) => [`north-${number}`, `south-${number}`]))
      }),
    )
  })

  it.each<[string, Partial<EndView>]>([
    ['outside address', { outside: { local: '198.51.100.1', peer: '203.0.113.7' } }],
    ['outside address that belongs to another tunnel', { outside: { local: '198.51.100.1', peer: '192.0.2.2' } }],
    ['key', { key: { token: 'var.keys.north--south--2@v1' } }],
    ['suite', { phase1: { ...southEnd().phase1, encryption: [], prf: [], dhGroup: [] }, phase2: { ...southEnd().phase2, encryption: [], integrity: [], pfs: [] }, ikeVersion: 1 }],
    ['inside address', { inside: { local: '169.254.10.250', peer: '169.254.10.249', prefix: 30 } }],
  ])('sees a wrong %s as what it is', (_, changes) => {
    const { pairs, unmatched } = pairEnds([...tunnel(1, changes), ...tunnel(2), ...tunnel(3)])
    expect(unmatched).toEqual([])
    expect(pairs.map(names).sort()).toEqual([1, 2, 3].map((number) => [`north-${number}`, `south-${number}`]))
    expect(pairs.filter(([a, b]) => compareEnds(a, b).length > 0).map(names)).toEqual([['north-1', 'south-1']])
  })

  it('prefers an end that is wanted to one that stands idle', () => {
    const [north, south] = tunnel(1, { outside: { local: '198.51.100.2', peer: '192.0.2.1' } })
    const idle = southEnd({ ...south, outside: { local: '198.51.100.1', peer: '192.0.2.1' }, inside: { local: '169.254.10.9', peer: '169.254.10.5', prefix: 30 }, mayIdle: true })
    const { pairs, unmatched } = pairEnds([idle, north, south])
    expect(pairs.map(([a, b]) => [a, b].includes(south))).toEqual([true])
    expect(unmatched).toEqual([idle])
  })

  it('pairs two that may stand idle where they face each other under static routing, and nowhere else', () => {
    const idle = (changes: Partial<EndView>): EndView[] => tunnel(1, { ikeVersion: 1 }).map((end) => ({ ...end, mayIdle: true, ...changes }))
    expect(pairEnds(idle({ routing: 'static' })).pairs.map(names)).toEqual([['north-1', 'south-1']])
    expect(pairEnds(idle({ routing: 'bgp' })).pairs).toEqual([])
    const [north, south] = idle({ routing: 'static' })
    expect(pairEnds([north, south].flatMap((end, index) => (end ? [index === 0 ? { ...end, outside: { ...end.outside, local: '192.0.2.77' } } : end] : []))).pairs).toEqual([])
  })

  it('prefers the leg that faces an end to the idle one beside it', () => {
    const [north, south] = tunnel(1, { routing: 'static', mayIdle: true })
    const wrong = { ...south, connection: 'acme_connection.south-1', phase1: { ...south.phase1, integrity: ['sha1'], prf: ['prf-sha1'] } } satisfies EndView
    const beside: EndView = { ...south, outside: { local: '198.51.100.99', peer: south.outside.peer } }
    const { pairs } = pairEnds([{ ...north, routing: 'static' }, beside, wrong])
    expect(pairs.map((pair) => pair.includes(wrong))).toEqual([true])
  })

  it('leaves alone what has nobody opposite, and never pairs two ends of one connection', () => {
    const [north] = tunnel(1)
    const twin = northEnd({ ...north, outside: { local: '198.51.100.1', peer: '192.0.2.1' } })
    expect(pairEnds([north, twin])).toEqual({ pairs: [], unmatched: [north, twin] })
  })

  it('does not make a tunnel of two ends that have an address in common and nothing else', () => {
    const [north] = tunnel(1)
    const stranger = southEnd({
      outside: { local: '198.51.100.77', peer: '203.0.113.1' }, inside: { local: '169.254.99.2', peer: '169.254.99.1', prefix: 30 },
      asn: { local: 1, peer: 2 }, key: 'else', ikeVersion: 1, routing: 'static', phase1: { ...southEnd().phase1, encryption: [] },
    })
    expect(pairEnds([northEnd({ ...north, outside: { local: '203.0.113.1', peer: '198.51.100.1' } }), stranger]).pairs).toEqual([])
  })
})
