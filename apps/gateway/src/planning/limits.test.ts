import { describe, expect, it } from 'vitest'
import { orderLimits, tooLarge } from './limits.ts'

const sites = (count: number): Record<string, unknown> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, { cloud: 'acme', region: 'r', cidr: '10.0.0.0/16' }]))

describe('an order', () => {
  it.each<[what: string, document: unknown, isTooLarge: boolean]>([
    ['of 45 sites in a full mesh', { sites: sites(45) }, false],
    ['of 46 sites in a full mesh', { sites: sites(46) }, true],
    ['of 500 sites around a hub', { sites: sites(500), topology: { hub: 's0' } }, false],
    ['of 501 sites around a hub', { sites: sites(501), topology: { hub: 's0' } }, true],
    ['of 1,001 links', { sites: sites(2), topology: { links: Array.from({ length: 1_001 }, () => ['s0', 's1']) } }, true],
    ['of fields that mean nothing', Object.fromEntries(Array.from({ length: orderLimits.members + 1 }, (_, index) => [`k${index}`, 1])), true],
    ['that is none', 7, false],
    ['with strange sites', { sites: 'north', topology: null }, false],
    ['with strange links', { topology: { links: 7 } }, false],
  ])('%s is judged before it is planned', (_, document, isTooLarge) => {
    expect(tooLarge(document)?.code).toBe(isTooLarge ? 'ORDER_INVALID' : undefined)
  })
})
