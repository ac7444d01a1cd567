import type { CipherFacts, Fact, HubFacts, ProviderFacts } from '@isthmus/core'
import { locations } from './locations.ts'
import { regions } from './regions.ts'
import { terms } from './terms.ts'

// Where the facts were read; the codes are those of the project's fact sheet.
const providerCode = 'TC-P: tencentcloudstack/terraform-provider-tencentcloud@f6970a9 (1.83.25)'
const connectionCode = `${providerCode}, tencentcloud/services/vpn/resource_tc_vpn_connection.go`
const connectionDocs = `${providerCode}, website/docs/r/vpn_connection.html.markdown`
const customerDocs = `${providerCode}, website/docs/r/vpn_customer_gateway.html.markdown`
const apiModels = 'TC-S: TencentCloud/tencentcloud-sdk-go@144f6c8, tencentcloud/vpc/v20170312/models.go'
const limits = 'TC-D: Tencent Cloud, VPN Connections, "Use Limits" (document/product/1037/32682 and 554/18982)'
const networkList = 'TBN: cloud-barista/cb-tumblebug, assets/networkinfo.yaml'
const terrarium = 'MCT: cloud-barista/mc-terrarium@67892df, templates/vpn/aws-to-site/modules/tencent/main.tf'

const fact = <T>(value: T, source: string, checked = '2026-08-22'): Fact<T> => ({ value, source, checked })
const unverified = <T>(value: T, source: string, checked = '2026-08-22'): Fact<T> => ({ value, source, checked, unverified: true })

const cbc = {
  'aes-256-cbc': 'AES-CBC-256', 'aes-192-cbc': 'AES-CBC-192', 'aes-128-cbc': 'AES-CBC-128', '3des-cbc': '3DES-CBC', 'des-cbc': 'DES-CBC',
} as const
const gcm = { 'aes-256-gcm-16': 'AES256GCM128', 'aes-192-gcm-16': 'AES192GCM128', 'aes-128-gcm-16': 'AES128GCM128' } as const

// SHA-1 has one name in phase 1 and another in phase 2. No PRF can be chosen: it follows the integrity algorithm.
const phase1Integrity = { 'sha2-256': 'SHA-256', sha1: 'SHA', md5: 'MD5' } as const
const prf = { 'prf-sha2-256': 'SHA-256', 'prf-sha1': 'SHA', 'prf-md5': 'MD5' } as const
const dhGroup = { 14: 'GROUP14', 24: 'GROUP24', 5: 'GROUP5', 2: 'GROUP2', 1: 'GROUP1' } as const
const phase2Integrity = { 'sha2-256': 'SHA-256', sha1: 'SHA1', md5: 'MD5' } as const
const pfs = { 14: 'DH-GROUP14', 24: 'DH-GROUP24', 5: 'DH-GROUP5', 2: 'DH-GROUP2', 1: 'DH-GROUP1', none: 'NULL' } as const

/**
 * All that the API and the provider take as strings: what their documentation names and, beside it, GCM (generation 4.0 gateways
 * only), SHA-384, SHA-512 and the groups 15, 16 and 19 to 21. Nobody has been seen to run those, so they are only offered
 * where the option `apiCiphers` says so.
 */
export const apiCiphers: CipherFacts = {
  phase1: unverified(
    {
      encryption: { ...gcm, ...cbc },
      integrity: { 'sha2-512': 'SHA-512', ...phase1Integrity },
      prf: { 'prf-sha2-512': 'SHA-512', ...prf },
      dhGroup: { 21: 'GROUP21', 20: 'GROUP20', 16: 'GROUP16', 19: 'GROUP19', 15: 'GROUP15', ...dhGroup },
    },
    `${apiModels}, IKEOptionsSpecification; which PRF goes with GCM is stated nowhere`,
  ),
  phase2: unverified(
    {
      encryption: { ...gcm, ...cbc },
      integrity: { 'sha2-512': 'SHA-512', 'sha2-384': 'SHA-384', ...phase2Integrity },
      pfs: { 21: 'DH-GROUP21', 20: 'DH-GROUP20', 16: 'DH-GROUP16', 19: 'DH-GROUP19', 15: 'DH-GROUP15', ...pfs },
    },
    `${apiModels}, IPSECOptionsSpecification`,
  ),
}

/** Slowest gateway, in Mbps, that speaks BGP. */
export const leastBgpBandwidth: Fact<number> = fact(200, `${limits}: BGP on gateways of generation 4.0 with 200, 500, 1000 or 3000 Mbps; the page is of October 2025`, '2025-10-01')

const network: ProviderFacts['network'] = {
  vnet: {
    ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], networkList),
    reserved: fact([], `${networkList}: none`),
    prefix: fact({ min: 12, max: 28 }, networkList),
    hasCidr: fact(true, `${providerCode}, website/docs/r/vpc.html.markdown`),
  },
  subnet: {
    prefix: fact({ min: 16, max: 29 }, networkList),
    reservedAddresses: fact(3, networkList),
    scope: fact('zone', `${providerCode}, website/docs/r/subnet.html.markdown: availability_zone`),
  },
  regions: unverified(
    regions,
    'cloud-barista/cb-tumblebug@027415a, assets/cloudinfo.yaml; sold-out zones: Tencent Cloud, "Regions and Availability Zones" (document/product/457/36736, 2025-03-24)',
    '2026-11-24',
  ),
}

const seconds = (create: number, remove: number): { create: number; delete: number } => ({ create, delete: remove })

const durations: ProviderFacts['durations'] = unverified(
  {
    tencentcloud_vpc: seconds(5, 5),
    tencentcloud_subnet: seconds(5, 5),
    tencentcloud_vpn_gateway: seconds(120, 60),
    tencentcloud_vpn_customer_gateway: seconds(5, 5),
    tencentcloud_vpn_connection: seconds(30, 20),
    tencentcloud_vpn_gateway_route: seconds(5, 5),
    tencentcloud_route_table_entry: seconds(5, 5),
  },
  `Estimates: ${providerCode} waits six minutes for a gateway and three for everything else`,
)

/** What is known of Tencent Cloud VPN. */
export const facts: ProviderFacts = {
  title: 'Tencent Cloud',
  terms,
  locations,
  network,
  ciphers: {
    phase1: fact({ encryption: cbc, integrity: phase1Integrity, prf, dhGroup }, `${connectionDocs}: ike_*; AES-CBC-256, SHA-256 and GROUP14 ran live: ${terrarium}`),
    phase2: fact({ encryption: cbc, integrity: phase2Integrity, pfs }, `${connectionDocs}: ipsec_*`),
  },
  lifetimes: fact({ phase1: { min: 60, max: 604_800 }, phase2: { min: 180, max: 604_800 } }, `${connectionCode}: ike_sa_lifetime_seconds, ipsec_sa_lifetime_seconds`),
  dpd: fact({ timeout: { min: 30, max: 60 } }, `${connectionCode}: dpd_timeout`),
  key: unverified(
    { minLength: 8, maxLength: 64, alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', per: 'tunnel' },
    `${connectionCode}: pre_share_key has no rule, and no page states one; 32 letters, digits and marks ran live: ${terrarium}`,
  ),
  asn: fact(
    { own: [[1, 4_294_967_295]], ownReserved: [], peerReserved: [[45_090, 45_090], [58_835, 58_835], [139_341, 139_341]] },
    `${customerDocs}: bgp_asn; a gateway's number cannot be changed later`,
  ),
  inside: unverified(
    { ranges: ['169.254.128.0/17'], reserved: [], owner: 'any' },
    `${terrarium}, in a comment; ${apiModels}, BgpConfig only asks for a /30 that overlaps no other of the gateway`,
  ),
  initiation: fact({ canInitiate: true, canWait: true }, `${connectionDocs}: negotiation_type`),
  quotas: {},
  durations,
}

/** Nothing that was read says whether a gateway passes on what one peer taught it. */
export const hub: HubFacts = {
  transit: unverified(false, 'No statement found in TC-D or TC-S; taken as no'),
  instead: 'attach VPN gateways of type CCN to a Cloud Connect Network, which routes between its members',
}
