import type { Fact, HubFacts, NetworkTerms, ProviderFacts } from '@isthmus/core'

/** A fact that nobody has read up on yet. Replace each by its value, the page that says so, and the day you read it. */
const unread = <T>(value: T): Fact<T> => ({ value, source: '', checked: '' })

/** The cloud's own words; null where it has no such thing. */
const terms: NetworkTerms = {
  vNet: null, subnet: null, routeTable: null, internetGateway: null, natGateway: null, publicAddress: null, securityGroup: null, networkAcl: null,
  peering: null, transit: null, vpnGateway: null, peerGateway: null, vpnConnection: null, dedicatedLine: null,
}

/** What is known of Cloudname. */
export const facts: ProviderFacts = {
  title: 'Cloudname',
  network: {
    vnet: {
      // Blocks that a network must lie in: ['10.0.0.0/8', …].
      ranges: unread([]),
      // Blocks that the cloud keeps to itself.
      reserved: unread([]),
      // Shortest and longest prefix.
      prefix: unread({ min: 0, max: 0 }),
      // False where only subnets have addresses.
      hasCidr: unread(true),
    },
    subnet: { prefix: unread({ min: 0, max: 0 }), reservedAddresses: unread(0), scope: unread('zone') },
    // Every region with its zones: { 'region-1': ['region-1a', 'region-1b'] }.
    regions: unread({}),
  },
  terms: unread(terms),
  ciphers: {
    // Neutral name to the word that the cloud uses: { 'aes-256-gcm-16': 'AES256GCM' }. What is absent is not offered.
    phase1: unread({ encryption: {}, integrity: {}, prf: {}, dhGroup: {} }),
    phase2: unread({ encryption: {}, integrity: {}, pfs: {} }),
  },
  // Seconds: a number where fixed, bounds where it can be chosen.
  lifetimes: unread({ phase1: 0, phase2: 0 }),
  // Bounds of the time-out in seconds, where it can be chosen.
  dpd: unread('fixed'),
  // Every character that a pre-shared key may have, once each.
  key: unread({ minLength: 0, maxLength: 0, alphabet: '', per: 'tunnel' }),
  asn: unread({ own: [], ownReserved: [], peerReserved: [] }),
  // Where the addresses inside a tunnel may come from, and which of the two hosts this end takes.
  inside: unread({ ranges: ['169.254.0.0/16'], reserved: [], owner: 'any' }),
  initiation: unread({ canInitiate: true, canWait: true }),
  // Of one gateway: { tunnels: { value: { limit: 10, adjustable: true }, source, checked } }.
  quotas: {},
  // Seconds by resource type, for simulated clouds.
  durations: unread({}),
}

/** What matters when this cloud's gateway is the hub of others. */
export const hub: HubFacts = { transit: unread(false) }
