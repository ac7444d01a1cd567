import type { AsnRange, Fact, HubFacts, ProviderFacts } from '@isthmus/core'
import { locations } from './locations.ts'
import { zonesByRegion } from './regions.ts'
import { terms } from './terms.ts'

// The codes are those of the project's fact sheet.
const provider = 'IB-P: IBM-Cloud/terraform-provider-ibm 2.5.0'
const docs = 'IB-D: ibm-cloud-docs/vpc'
const transitDocs = 'IB-T: ibm-cloud-docs/transit-gateway'
const networkList = 'TBN: cloud-barista/cb-tumblebug assets/networkinfo.yaml'
const today = '2026-11-24'

const fact = <T>(value: T, source: string, checked = '2026-08-22'): Fact<T> => ({ value, source, checked })
const unverified = <T>(value: T, source: string, checked = '2026-08-22'): Fact<T> => ({ value, source, checked, unverified: true })

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const cbc = { 'aes-256-cbc': 'aes256', 'aes-192-cbc': 'aes192', 'aes-128-cbc': 'aes128' } as const
const gcm = { 'aes-256-gcm-16': 'aes256gcm16', 'aes-192-gcm-16': 'aes192gcm16', 'aes-128-gcm-16': 'aes128gcm16' } as const
const hashes = { 'sha2-512': 'sha512', 'sha2-384': 'sha384', 'sha2-256': 'sha256' } as const

const refusedAsns: readonly AsnRange[] = [
  [13884, 13884], [36351, 36351], [64512, 64513], [65100, 65100], [65200, 65234], [65402, 65433], [65500, 65500],
  [65516, 65516], [65519, 65519], [65521, 65521], [65531, 65531], [4201065000, 4201065999],
]

/**
 * Blocks for the inside of tunnels: `live` are offered to links; `idle` are kept for legs that no deal uses, each at the same
 * distance behind its live one.
 */
export const insideBlocks: Fact<{ readonly live: readonly string[]; readonly idle: readonly string[] }> = fact(
  { live: ['169.254.0.0/18', '169.254.128.0/18'], idle: ['169.254.64.0/18', '169.254.192.0/18'] },
  `${docs}, vpn-planning.md: any /30, link-local advised, none twice on a gateway; the division is this package's own`,
)

/** Where the block for the GRE tunnels between VPN gateway and transit gateway is taken from when the user gives none. */
export const transitBlocks: Fact<{ readonly candidates: readonly string[]; readonly longestPrefix: number }> = fact(
  { candidates: ['192.168.255.224/27', '172.31.255.224/27', '10.255.255.224/27'], longestPrefix: 27 },
  `${transitDocs}, helpful-tips.md, "VPN gateway connection considerations": /27 or larger, RFC 1918, no overlap; the candidates are this package's own`,
  today,
)

/**
 * Whether a VPN gateway may be attached to a transit gateway before it has a dynamic connection. The release note of
 * 2025-11-06 says that an attachment requires one; the planning pages of 2026 name no order.
 */
export const attachesBeforeConnections: Fact<boolean> = unverified(true, `${transitDocs}, release-notes.md; ${docs}, vpn-planning.md`, today)

/** Lowest and highest priority of a route; the lowest number wins, and equal ones are refused where a VPN connection is the next hop. */
export const routePriorities: Fact<{ readonly first: number; readonly last: number }> = fact(
  { first: 0, last: 4 },
  `${docs}, "Determining route preference"; ECMP is for next hops that are IP addresses; four priorities ran live: cloud-barista/mc-terrarium@67892df`,
  today,
)

export const ibmFacts: ProviderFacts = {
  title: 'IBM Cloud',
  terms,
  locations,
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], `${networkList}; other blocks need routes of their own (${transitDocs}, helpful-tips.md)`),
      reserved: unverified(['127.0.0.0/8', '161.26.0.0/16', '166.8.0.0/14', '169.254.0.0/16', '224.0.0.0/4'], `${docs}, blocks of IBM Cloud services, from memory`, today),
      prefix: fact({ min: 9, max: 28 }, `${networkList}: bounds of an address prefix`),
      hasCidr: fact(false, `${provider}, is_vpc: address_prefix_management`),
    },
    subnet: {
      // A subnet of /29 exists, but here each subnet has an address prefix of its own, and the smallest of these is /28.
      prefix: fact({ min: 9, max: 28 }, networkList),
      reservedAddresses: fact(5, `${docs}, vpn-planning.md`),
      scope: fact('zone', `${provider}, is_subnet`),
    },
    gatewaySubnet: fact({ maxPrefix: 28 }, `${docs}, vpn-planning.md: a gateway takes four addresses beside the five reserved ones, in a subnet of its own`),
    regions: fact(zonesByRegion, `${docs}, "Creating a VPC in a different region" of 2026-08-06`, today),
  },
  ciphers: {
    phase1: fact(
      {
        encryption: cbc,
        integrity: hashes,
        prf: { 'prf-sha2-512': 'sha512', 'prf-sha2-384': 'sha384', 'prf-sha2-256': 'sha256' },
        dhGroup: { 21: 21, 20: 20, 31: 31, 19: 19, 18: 18, 17: 17, 16: 16, 15: 15, 14: 14, 24: 24, 23: 23, 22: 22 },
      },
      `${provider}, is_ike_policy; ${docs}, vpn-using.md`,
    ),
    phase2: fact(
      {
        encryption: { ...gcm, ...cbc },
        integrity: hashes,
        pfs: {
          21: 'group_21', 20: 'group_20', 31: 'group_31', 19: 'group_19', 18: 'group_18', 17: 'group_17', 16: 'group_16', 15: 'group_15', 14: 'group_14',
          24: 'group_24', 23: 'group_23', 22: 'group_22', none: 'disabled',
        },
      },
      `${provider}, is_ipsec_policy; ${docs}, vpn-using.md`,
    ),
  },
  lifetimes: fact({ phase1: { min: 1800, max: 86400 }, phase2: { min: 300, max: 86400 } }, `${provider}, is_ike_policy and is_ipsec_policy`),
  dpd: fact({ timeout: { min: 2, max: 86399 } }, `${provider}, is_vpn_gateway_connection`),
  key: fact(
    { minLength: 6, maxLength: 128, alphabet: `${letters}0123456789-+&!@#$%^*().,:`, firstCharacters: letters, per: 'connection' },
    `${docs}, vpn-add-connection.md: no 0x or 0s in front`,
  ),
  asn: fact(
    { own: [[1, 4294967294]], ownReserved: refusedAsns, peerReserved: refusedAsns },
    `${docs}, vpn-planning.md; ${transitDocs}, helpful-tips.md of 2025-08-27 adds 65516, 65519, 65521 and 65531`,
    today,
  ),
  inside: fact({ ranges: insideBlocks.value.live, reserved: [], owner: 'any' }, insideBlocks.source),
  initiation: fact({ canInitiate: true, canWait: true }, `${provider}, is_vpn_gateway_connection: establish_mode`),
  quotas: { connections: fact({ limit: 10, adjustable: true }, `${docs}, quotas.md`) },
  durations: unverified(
    {
      ibm_is_vpc: { create: 20, delete: 20 },
      ibm_is_vpc_address_prefix: { create: 5, delete: 5 },
      ibm_is_subnet: { create: 15, delete: 15 },
      ibm_is_vpn_gateway: { create: 420, delete: 300 },
      ibm_is_ike_policy: { create: 5, delete: 5 },
      ibm_is_ipsec_policy: { create: 5, delete: 5 },
      ibm_is_vpn_gateway_connection: { create: 15, delete: 60 },
      ibm_is_vpc_routing_table_route: { create: 10, delete: 10 },
      ibm_tg_gateway: { create: 60, delete: 60 },
      ibm_tg_connection: { create: 180, delete: 120 },
    },
    'about 5 to 10 minutes for a gateway, from the provider’s time-outs; the rest estimated',
  ),
}

export const ibmHub: HubFacts = {
  transit: unverified(false, `${transitDocs}, helpful-tips.md: a transit gateway passes routes to its other attachments; nothing read says that two VPN peers of one gateway learn of each other`, today),
  instead: 'attach one VPN gateway for each spoke to the same transit gateway, which routes between its attachments',
}
