import { describe, expect, it } from 'vitest'
import { parseOrder } from './parse.ts'

const sites = { north: { cloud: 'acme', region: 'n1', cidr: '10.1.0.0/16' }, south: { cloud: 'acme', region: 's1', cidr: '10.2.0.0/16' } }

describe('an order with faults in its form', () => {
  it.each([
    { name: 'a cipher nobody knows', order: { name: 'mesh', security: 'custom', suite: { phase1: { encryption: ['rot13'], dhGroup: 14 }, phase2: { encryption: 'aes-256-cbc', pfs: 14 } }, sites }, paths: ['suite.phase1.encryption'] },
    { name: 'a required field of a suite', order: { name: 'mesh', security: 'custom', suite: { phase1: { encryption: 'aes-256-cbc', dhGroup: 14 } }, sites }, paths: ['suite.phase2'] },
    { name: 'a lifetime that is no number', order: { name: 'mesh', defaults: { lifetimes: { phase1: 'long' } }, sites }, paths: ['defaults.lifetimes.phase1'] },
    { name: 'a field nobody reads', order: { name: 'mesh', topologie: 'full-mesh', sites }, paths: ['topologie'] },
    { name: 'a name with capitals', order: { name: 'Mesh', sites }, paths: ['name'] },
    { name: 'a pair of three', order: { name: 'mesh', topology: { links: [['north', 'south', 'north']] }, sites }, paths: ['topology'] },
  ])('is read without $name, which is reported once', ({ order, paths }) => {
    const parsed = parseOrder(order)
    expect(Object.keys(parsed.order?.sites ?? {})).toEqual(['north', 'south'])
    expect(parsed.findings.map(({ path }) => path).filter((path) => !paths.some((start) => path.startsWith(start)))).toEqual([])
    expect(parsed.findings).toHaveLength(paths.length)
  })

  it('loses a site that does not say its cloud, and keeps the others', () => {
    const parsed = parseOrder({ name: 'mesh', sites: { ...sites, east: { region: 'e1' } } })
    expect(Object.keys(parsed.order?.sites ?? {})).toEqual(['north', 'south'])
    expect(parsed.findings.map(({ path }) => path)).toEqual(['sites.east.cloud'])
  })

  it.each([null, 'text', [], 7, {}, { name: 'mesh' }])('says something and reads nothing of %j', (order) => {
    const parsed = parseOrder(order)
    expect(parsed.order).toBeUndefined()
    expect(parsed.findings.length).toBeGreaterThan(0)
  })
})
