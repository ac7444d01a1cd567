import { describe, expect, it } from 'vitest'
import { facts } from './facts.ts'
import { gateway } from './gateway.ts'
import { offer } from './offer.ts'
import { sampleSite } from '../test/samples.ts'

describe('the offer of a gateway in Google Cloud', () => {
  const made = offer(sampleSite())

  it('prefers BGP to static routes', () => {
    expect(made.routing.map(({ mode, grouping }) => [mode, grouping])).toEqual([['bgp', 'tunnel'], ['static', 'tunnel']])
  })

  it.each(made.routing)('names addresses for $mode that the gateway exports when $mode is needed', ({ mode, outside }) => {
    const { exports } = gateway(sampleSite(), { modes: [mode] })
    expect(outside.known === 'gateway' && outside.exports.length).toBe(2)
    expect(Object.keys(exports)).toEqual(expect.arrayContaining(outside.known === 'gateway' ? [...outside.exports] : ['none']))
  })

  it('restricts no leg', () => {
    expect(made.routing.flatMap(({ legs }) => Object.values(legs))).not.toContain(true)
  })

  it('is linked with another gateway of the cloud by name where both are in one region, interface by interface', () => {
    const [{ kin }, fixed] = [made.routing[0] ?? {}, made.routing[1]]
    expect(kin).toMatchObject({ scope: 'asia-northeast3', export: 'ha_gateway_id', legs: { onePerPeerAddress: true, onePerLocalAddress: true }, otherwise: expect.stringContaining('routing: static') })
    expect(Object.keys(gateway(sampleSite(), { modes: ['bgp'] }).exports)).toContain('ha_gateway_id')
    expect(fixed).not.toHaveProperty('kin')
  })

  it('offers exactly the transforms of the facts', () => {
    const { phase1, phase2 } = facts.ciphers
    const keys = (record: object): string[] => Object.keys(record).toSorted()
    const texts = (values: readonly (string | number)[]): string[] => values.map(String).toSorted()
    expect(texts(made.ciphers.phase1.encryption)).toEqual(keys(phase1.value.encryption))
    expect(texts(made.ciphers.phase1.integrity)).toEqual(keys(phase1.value.integrity))
    expect(texts(made.ciphers.phase1.prf)).toEqual(keys(phase1.value.prf))
    expect(texts(made.ciphers.phase1.dhGroup)).toEqual(keys(phase1.value.dhGroup))
    expect(texts(made.ciphers.phase2.encryption)).toEqual(keys(phase2.value.encryption))
    expect(texts(made.ciphers.phase2.integrity)).toEqual(keys(phase2.value.integrity))
    expect(texts(made.ciphers.phase2.pfs)).toEqual(keys(phase2.value.pfs))
  })

  it('says what cannot be told: lifetimes, dead peer detection, waiting', () => {
    expect(made).toMatchObject({ lifetimes: { phase1: 36000, phase2: 10800 }, dpd: 'fixed', initiation: { canInitiate: true, canWait: false }, quotas: {} })
  })
})
