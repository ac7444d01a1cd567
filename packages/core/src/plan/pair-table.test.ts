import { describe, expect, it } from 'vitest'
import { acme, clouds } from './acme.fixture.ts'
import { eachPair, tabulatePairs, type PairRow } from './pair-table.ts'

const rows = tabulatePairs(clouds)
const row = (a: string, b: string): PairRow | undefined => rows.find((item) => item.a === a && item.b === b)

describe('the table of pairs', () => {
  it('holds every pair once, with those of a cloud with itself', () => {
    expect(rows).toHaveLength((clouds.length * (clouds.length + 1)) / 2)
    expect(new Set(rows.map(({ a, b }) => `${a} ${b}`)).size).toBe(rows.length)
    expect(rows.every(({ a, b }) => a <= b)).toBe(true)
  })

  it('says how a pair is linked in each mode and what is chosen', () => {
    expect(row('interfaces', 'single')).toMatchObject({ chosen: 'bgp', modes: { bgp: { possible: true, tunnels: 2, wiring: '0–0, 1–0', redundant: false }, static: { possible: true } } })
  })

  it('counts the resources that a link adds at each end', () => {
    expect(row('interfaces', 'interfaces')?.modes.bgp).toMatchObject({ resources: { a: { interfaces_connection: expect.any(Number) }, b: { interfaces_connection: expect.any(Number) } } })
  })

  it('has a second row for a cloud with itself where the regions make a difference', () => {
    const base = acme({ id: 'moon', shape: 'interfaces' })
    const choosy = { ...base, offer: (site: Parameters<typeof base.offer>[0]) => ({ ...base.offer(site), routing: base.offer(site).routing.filter(({ mode }) => mode === 'static' || site.region === 'north-1') }) }
    expect(tabulatePairs([base]).map(({ regions }) => regions)).toEqual(['two'])
    expect(tabulatePairs([choosy]).map(({ regions, chosen }) => [regions, chosen])).toEqual([['two', 'static'], ['one', 'bgp']])
  })

  it('says why a pair is impossible and what to do instead', () => {
    expect(row('fresh', 'fresh')).toMatchObject({ chosen: undefined, modes: { bgp: { possible: false, why: expect.stringMatching(/cannot be wired.* Each side learns/), instead: expect.stringMatching(/^Link both to a third site/) } } })
  })

  it('has a reason and a next step in every cell', () => {
    const texts = rows.flatMap(({ modes }) => Object.values(modes)).flatMap((cell) => (cell.possible ? [cell.reason, cell.wiring] : [cell.why, cell.instead]))
    expect(texts.filter((text) => text.length < 3)).toEqual([])
  })

  it('is the same whatever the order of the clouds', () => {
    expect(tabulatePairs([...clouds].reverse())).toEqual(rows)
    expect([...eachPair(clouds)]).toEqual(rows)
  })

  it('knows a cloud that it was not made for', () => {
    expect(tabulatePairs([acme({ id: 'moon', shape: 'single' }), ...clouds]).filter(({ a, b }) => a === 'moon' || b === 'moon')).toHaveLength(clouds.length + 1)
  })
})
