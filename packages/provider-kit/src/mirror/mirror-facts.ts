import { strengthOrder, type CipherFacts, type Fact, type NetworkTerms, type ProviderFacts } from '@isthmus/core'

/** A fact of a cloud that is not there. */
function fact<T>(value: T): Fact<T> {
  return { value, source: 'invented: the mirror takes whatever the contract lets an end bring', checked: '2026-11-24' }
}

/** The mirror writes algorithms as the neutral vocabulary does. */
function spelled<Name extends string | number>(names: readonly Name[]): Partial<Record<Name, string>> {
  const words: Partial<Record<Name, string>> = {}
  for (const name of names) words[name] = String(name)
  return words
}

const { encryption, integrity, prf, dhGroup, pfs } = strengthOrder

const ciphers: CipherFacts = {
  phase1: fact({ encryption: spelled(encryption), integrity: spelled(integrity), prf: spelled(prf), dhGroup: spelled(dhGroup) }),
  phase2: fact({ encryption: spelled(encryption), integrity: spelled(integrity), pfs: spelled(pfs) }),
}

const terms: NetworkTerms = {
  vNet: 'Network', subnet: 'Subnet', routeTable: null, internetGateway: null, natGateway: null, publicAddress: null, securityGroup: null, networkAcl: null,
  peering: null, transit: null, vpnGateway: 'Gateway', peerGateway: null, vpnConnection: 'Connection', dedicatedLine: null,
}

/** Every printable character of ASCII, apart from the space. */
const alphabet = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('')

/** Facts of a cloud that accepts everything, so that the other end alone decides what a deal comes to. */
export function mirrorFacts(keyPer: 'tunnel' | 'connection'): ProviderFacts {
  return {
    title: 'Mirror',
    network: {
      vnet: { ranges: fact(['0.0.0.0/0']), reserved: fact([]), prefix: fact({ min: 8, max: 28 }), hasCidr: fact(true) },
      subnet: { prefix: fact({ min: 8, max: 30 }), reservedAddresses: fact(2), scope: fact('region') },
      regions: fact({ here: [] }),
    },
    terms: fact(terms),
    ciphers,
    lifetimes: fact({ phase1: { min: 300, max: 604_800 }, phase2: { min: 180, max: 604_800 } }),
    dpd: fact({ timeout: { min: 5, max: 86_400 } }),
    key: fact({ minLength: 8, maxLength: 128, alphabet, per: keyPer }),
    asn: fact({ own: [[64_512, 65_534], [4_200_000_000, 4_294_967_294]], ownReserved: [], peerReserved: [] }),
    inside: fact({ ranges: ['169.254.0.0/16'], reserved: [], owner: 'any' }),
    initiation: fact({ canInitiate: true, canWait: true }),
    quotas: {},
    durations: fact({}),
  }
}
