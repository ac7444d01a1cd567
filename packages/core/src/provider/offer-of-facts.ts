import type { ProviderFacts } from './facts.ts'
import type { Offer } from './offer.ts'
import { cipherOffer } from './spelling.ts'

/** The part of an offer that is the same for every site of a cloud. */
export function offerOfFacts(facts: ProviderFacts): Omit<Offer, 'routing'> {
  const { connections, tunnels } = facts.quotas
  return {
    ciphers: cipherOffer(facts.ciphers),
    lifetimes: facts.lifetimes.value,
    dpd: facts.dpd.value,
    key: facts.key.value,
    asn: facts.asn.value,
    inside: facts.inside.value,
    initiation: facts.initiation.value,
    quotas: { ...(connections ? { connections: connections.value } : {}), ...(tunnels ? { tunnels: tunnels.value } : {}) },
  }
}
