import type { Fact, HubFacts, NetworkTerms, ProviderFacts } from '@isthmus/core'

const today = '2026-11-24'
const fact = <T>(value: T, source: string): Fact<T> => ({ value, source: `Acme Cloud documentation, "${source}"`, checked: today })

const terms: NetworkTerms = {
  vNet: 'Yard', subnet: 'Bed', routeTable: null, internetGateway: 'Gate', natGateway: null, publicAddress: 'Letterbox', securityGroup: 'Hedge', networkAcl: null,
  peering: null, transit: null, vpnGateway: 'Burrow', peerGateway: 'Far end', vpnConnection: 'Tunnel', dedicatedLine: null,
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** What is known of Acme Cloud. */
export const facts: ProviderFacts = {
  title: 'Acme Cloud',
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], 'Yards'),
      reserved: fact(['172.31.240.0/20'], 'Yards'),
      prefix: fact({ min: 12, max: 26 }, 'Yards'),
      hasCidr: fact(true, 'Yards'),
    },
    subnet: { prefix: fact({ min: 12, max: 28 }, 'Beds'), reservedAddresses: fact(4, 'Beds'), scope: fact('zone', 'Beds') },
    regions: fact({ 'north-1': ['north-1a', 'north-1b'], 'south-1': ['south-1a'] }, 'Regions'),
  },
  terms: fact(terms, 'Glossary'),
  ciphers: {
    phase1: fact({
      encryption: { 'aes-256-gcm-16': 'AES256GCM', 'aes-256-cbc': 'AES256', 'aes-128-cbc': 'AES128' },
      integrity: { 'sha2-512': 'SHA512', 'sha2-256': 'SHA256', sha1: 'SHA1' },
      prf: { 'prf-sha2-512': 'PRF512', 'prf-sha2-256': 'PRF256', 'prf-sha1': 'PRF1' },
      dhGroup: { 20: 20, 19: 19, 14: 14, 2: 2 },
    }, 'Ciphers'),
    phase2: fact({
      encryption: { 'aes-256-gcm-16': 'AES256GCM', 'aes-256-cbc': 'AES256', 'aes-128-cbc': 'AES128' },
      integrity: { 'sha2-512': 'SHA512', 'sha2-256': 'SHA256', sha1: 'SHA1' },
      pfs: { 20: 20, 19: 19, 14: 14, 2: 2 },
    }, 'Ciphers'),
  },
  lifetimes: fact({ phase1: { min: 3600, max: 86_400 }, phase2: { min: 900, max: 28_800 } }, 'Ciphers'),
  dpd: fact({ timeout: { min: 10, max: 300 } }, 'Tunnels'),
  key: fact({ minLength: 20, maxLength: 64, alphabet: `${letters}0123456789_.`, firstCharacters: letters, per: 'tunnel' }, 'Tunnels'),
  asn: fact({ own: [[64_512, 65_534]], ownReserved: [[65_000, 65_000]], peerReserved: [[65_000, 65_000]] }, 'BGP'),
  inside: fact({ ranges: ['169.254.0.0/16'], reserved: ['169.254.0.0/30', '169.254.169.252/30'], owner: 'any' }, 'BGP'),
  initiation: fact({ canInitiate: true, canWait: true }, 'Tunnels'),
  quotas: { tunnels: fact({ limit: 40, adjustable: true }, 'Quotas') },
  durations: fact({ acme_gateway: { create: 300, delete: 120 }, acme_tunnel: { create: 20, delete: 10 } }, 'Durations'),
}

/** An Acme gateway passes on what it learns. */
export const hub: HubFacts = { transit: fact(true, 'BGP') }
