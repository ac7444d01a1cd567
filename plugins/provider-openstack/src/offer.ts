import { cipherOffer, offerOfFacts, type LegRules, type Offer, type Site } from '@isthmus/core'
import { establishedGroups, openstackFacts } from './facts.ts'
import type { OpenstackOptions } from './options.ts'

/** A site connection is one tunnel from the one address, to any address of the peer. */
const legs: LegRules = { meetsEveryPeer: false, onePerPeerAddress: true, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

/** What the VPN service of a site brings: one address, and one static site connection per address of the peer. */
export function offer(site: Site<OpenstackOptions>): Offer {
  return {
    ...offerOfFacts(openstackFacts),
    ciphers: site.options.additionalCiphers ? cipherOffer(openstackFacts.ciphers) : establishedCiphers(),
    routing: [{ mode: 'static', outside: { known: 'gateway', exports: ['address_0'] }, grouping: 'peer-address', legs, insideUnused: true }],
  }
}

function establishedCiphers(): Offer['ciphers'] {
  const { phase1, phase2 } = cipherOffer(openstackFacts.ciphers)
  const isEstablished = (group: number | 'none'): boolean => group !== 'none' && establishedGroups.value.includes(group)
  return {
    phase1: { ...phase1, dhGroup: phase1.dhGroup.filter(isEstablished) },
    phase2: { ...phase2, encryption: phase2.encryption.filter((name) => !name.includes('-gcm-')), pfs: phase2.pfs.filter(isEstablished) },
  }
}
