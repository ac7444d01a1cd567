import { fact, sampleFacts, sampleTerms, type SampleRules } from '../network/network-facts.fixture.ts'
import type { AsnRules, DpdRules, InitiationRules, KeyRules, LifetimeRules, ProviderFacts } from '../provider/facts.ts'
import type { CipherOffer } from '../ipsec/policy.ts'
import type { InsideOffer, Offer } from '../provider/offer.ts'

/** What a test changes of an invented cloud. */
export interface AcmeRules {
  readonly network?: SampleRules
  readonly ciphers?: Partial<{ phase1: Partial<CipherOffer['phase1']>; phase2: Partial<CipherOffer['phase2']> }>
  readonly lifetimes?: LifetimeRules
  readonly dpd?: DpdRules
  readonly key?: Partial<KeyRules>
  readonly asn?: AsnRules
  readonly inside?: Partial<InsideOffer>
  readonly initiation?: InitiationRules
  readonly quotas?: Offer['quotas']
}

const ciphers: CipherOffer = {
  phase1: {
    encryption: ['aes-256-gcm-16', 'aes-128-gcm-16', 'aes-256-cbc', 'aes-128-cbc', '3des-cbc'],
    integrity: ['sha2-512', 'sha2-384', 'sha2-256', 'sha1'],
    prf: ['prf-sha2-512', 'prf-sha2-384', 'prf-sha2-256', 'prf-sha1'],
    dhGroup: [21, 20, 19, 16, 15, 14, 2],
  },
  phase2: {
    encryption: ['aes-256-gcm-16', 'aes-128-gcm-16', 'aes-256-cbc', 'aes-128-cbc', '3des-cbc'],
    integrity: ['sha2-512', 'sha2-384', 'sha2-256', 'sha1'],
    pfs: [21, 20, 19, 16, 15, 14, 2, 'none'],
  },
}

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Offer of an invented cloud, apart from how it is wired. */
export function acmeTerms(rules: AcmeRules): Omit<Offer, 'routing'> {
  return {
    ciphers: { phase1: { ...ciphers.phase1, ...rules.ciphers?.phase1 }, phase2: { ...ciphers.phase2, ...rules.ciphers?.phase2 } },
    lifetimes: rules.lifetimes ?? { phase1: { min: 900, max: 86_400 }, phase2: { min: 900, max: 28_800 } },
    dpd: rules.dpd ?? { timeout: { min: 10, max: 3600 } },
    key: { minLength: 8, maxLength: 64, alphabet: lettersAndDigits, per: 'tunnel', ...rules.key },
    asn: rules.asn ?? { own: [[64_512, 65_534], [4_200_000_000, 4_294_967_294]], ownReserved: [], peerReserved: [] },
    inside: { ranges: ['169.254.0.0/16'], reserved: [], owner: 'any', ...rules.inside },
    initiation: rules.initiation ?? { canInitiate: true, canWait: true },
    quotas: rules.quotas ?? {},
  }
}

/** Facts of an invented cloud: algorithms are spelled as in the neutral vocabulary. */
export function acmeFacts(id: string, rules: AcmeRules): ProviderFacts {
  const terms = acmeTerms(rules)
  const named = (names: readonly (string | number)[]): Record<string, string> => Object.fromEntries(names.map((name) => [String(name), String(name)]))
  const { phase1, phase2 } = terms.ciphers
  return {
    title: `Cloud ${id}`,
    network: sampleFacts(rules.network),
    terms: fact(sampleTerms),
    ciphers: {
      phase1: fact({ encryption: named(phase1.encryption), integrity: named(phase1.integrity), prf: named(phase1.prf), dhGroup: named(phase1.dhGroup) }),
      phase2: fact({ encryption: named(phase2.encryption), integrity: named(phase2.integrity), pfs: named(phase2.pfs) }),
    },
    lifetimes: fact(terms.lifetimes),
    dpd: fact(terms.dpd),
    key: fact(terms.key),
    asn: fact(terms.asn),
    inside: fact(terms.inside),
    initiation: fact(terms.initiation),
    quotas: {
      ...(terms.quotas.connections ? { connections: fact(terms.quotas.connections) } : {}),
      ...(terms.quotas.tunnels ? { tunnels: fact(terms.quotas.tunnels) } : {}),
    },
    durations: fact({}),
  }
}
