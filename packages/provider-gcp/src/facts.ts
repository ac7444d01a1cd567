import type { Fact, HubFacts, ProviderFacts } from '@isthmus/core'
import { locations } from './locations.ts'
import { terms } from './terms.ts'

// Where the facts were read; the codes are those of the project's fact sheet.
const providerDocs = 'G-P: hashicorp/terraform-provider-google 7.45, website/docs/r'
const providerDate = '2026-08-21'
const cipherPage = 'G-C: Google Cloud, Cloud VPN, "Supported IKE ciphers"'
const cipherDate = '2026-04-10'
const routerPage = 'G-R: Google Cloud, Cloud Router, "Create a Cloud Router"'
// The fact sheet gives the month.
const routerDate = '2026-04-01'
const haPage = 'G-H: Google Cloud, Cloud VPN, "Create an HA VPN gateway to a peer VPN gateway"'
const networkList = 'TBN: cloud-barista/cb-tumblebug assets/networkinfo.yaml'
const regionList = 'Google Cloud, Compute Engine, "Regions and zones", as public listings of 2026 repeat it'
const today = '2026-11-24'

function fact<T>(value: T, source: string, checked: string): Fact<T> {
  return { value, source, checked }
}

function unverified<T>(value: T, source: string, checked: string): Fact<T> {
  return { value, source, checked, unverified: true }
}

/** Google's spelling of encryptions, the same in both phases but for 3DES. */
const sharedEncryption = {
  'aes-256-gcm-16': 'AES-GCM-16-256',
  'aes-192-gcm-16': 'AES-GCM-16-192',
  'aes-128-gcm-16': 'AES-GCM-16-128',
  'aes-256-cbc': 'AES-CBC-256',
  'aes-192-cbc': 'AES-CBC-192',
  'aes-128-cbc': 'AES-CBC-128',
} as const

const groups = {
  21: 'Group-21',
  20: 'Group-20',
  31: 'Group-31',
  19: 'Group-19',
  18: 'Group-18',
  16: 'Group-16',
  15: 'Group-15',
  14: 'Group-14',
  // The three groups of RFC 5114 are spelt by size.
  24: 'modp-2048-256',
  23: 'modp-2048-224',
  22: 'modp-1024-160',
  5: 'Group-5',
  2: 'Group-2',
} as const

const phase1Encryption = {...sharedEncryption, '3des-cbc': '3DES-CBC'} as const
const phase1Integrity = {
  'sha2-512': 'HMAC-SHA2-512-256',
  'sha2-384': 'HMAC-SHA2-384-192',
  'sha2-256': 'HMAC-SHA2-256-128',
  sha1: 'HMAC-SHA1-96',
  md5: 'HMAC-MD5-96',
} as const
const phase1Prf = {
  'prf-sha2-512': 'PRF-HMAC-SHA2-512',
  'prf-sha2-384': 'PRF-HMAC-SHA2-384',
  'prf-sha2-256': 'PRF-HMAC-SHA2-256',
  'prf-sha1': 'PRF-HMAC-SHA1',
  'prf-md5': 'PRF-HMAC-MD5',
} as const
const phase2Integrity = {
  'sha2-512': 'HMAC-SHA2-512-256',
  'sha2-256': 'HMAC-SHA2-256-128',
  sha1: 'HMAC-SHA1-96',
} as const

const zonesByRegion: Readonly<Record<string, string>> = {
  'africa-south1': 'abc',
  'asia-east1': 'abc',
  'asia-east2': 'abc',
  'asia-northeast1': 'abc',
  'asia-northeast2': 'abc',
  'asia-northeast3': 'abc',
  'asia-south1': 'abc',
  'asia-south2': 'abc',
  'asia-southeast1': 'abc',
  'asia-southeast2': 'abc',
  'asia-southeast3': 'abc',
  'australia-southeast1': 'abc',
  'australia-southeast2': 'abc',
  'europe-central2': 'abc',
  'europe-north1': 'abc',
  'europe-north2': 'abc',
  'europe-southwest1': 'abc',
  'europe-west1': 'bcd',
  'europe-west2': 'abc',
  'europe-west3': 'abc',
  'europe-west4': 'abc',
  'europe-west6': 'abc',
  'europe-west8': 'abc',
  'europe-west9': 'abc',
  'europe-west10': 'abc',
  'europe-west12': 'abc',
  'me-central1': 'abc',
  'me-central2': 'abc',
  'me-west1': 'abc',
  'northamerica-northeast1': 'abc',
  'northamerica-northeast2': 'abc',
  'northamerica-south1': 'abc',
  'southamerica-east1': 'abc',
  'southamerica-west1': 'abc',
  'us-central1': 'abcf',
  'us-east1': 'bcd',
  'us-east4': 'abc',
  'us-east5': 'abc',
  'us-south1': 'abc',
  'us-west1': 'abc',
  'us-west2': 'abc',
  'us-west3': 'abc',
  'us-west4': 'abc',
}

const regions: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(zonesByRegion).map(([region, letters]) => [region, [...letters].map((letter) => `${region}-${letter}`)]),
)

const network: ProviderFacts['network'] = {
  vnet: {
    ranges: unverified(
      ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
      'Google Cloud, VPC, "Subnets", valid IPv4 ranges: RFC 1918 and RFC 6598; it also takes special and public blocks, which other clouds may not route',
      today,
    ),
    reserved: unverified(['172.17.0.0/16'], `${networkList} advises against it; nothing read says that the cloud refuses it`, providerDate),
    prefix: fact({ min: 8, max: 29 }, `${networkList}; /4 is the bound in theory`, providerDate),
    hasCidr: fact(false, `${providerDocs}/compute_network.html.markdown: auto_create_subnetworks = false`, providerDate),
  },
  subnet: {
    prefix: fact({ min: 8, max: 29 }, `${networkList}; /4 is the bound in theory`, providerDate),
    reservedAddresses: fact(4, networkList, providerDate),
    scope: fact('region', `${providerDocs}/compute_subnetwork.html.markdown: region`, providerDate),
  },
  regions: unverified(regions, regionList, today),
}

const seconds = (create: number, remove: number): { create: number; delete: number } => ({ create, delete: remove })

const durations: ProviderFacts['durations'] = unverified(
  {
    google_compute_network: seconds(20, 30),
    google_compute_subnetwork: seconds(20, 20),
    google_compute_ha_vpn_gateway: seconds(15, 15),
    google_compute_router: seconds(15, 15),
    google_compute_address: seconds(10, 10),
    google_compute_vpn_gateway: seconds(15, 15),
    google_compute_forwarding_rule: seconds(15, 15),
    google_compute_external_vpn_gateway: seconds(10, 10),
    google_compute_vpn_tunnel: seconds(20, 20),
    google_compute_router_interface: seconds(20, 20),
    google_compute_router_peer: seconds(20, 20),
    google_compute_route: seconds(15, 15),
  },
  'Estimates: G-P gives under two minutes for a gateway, and the provider waits 20 minutes for each object',
  providerDate,
)

/** Seconds; the cloud lets nobody choose them. */
export const lifetimes = { phase1: 36000, phase2: 10800 } as const

/** What is known of Google Cloud VPN. */
export const facts: ProviderFacts = {
  title: 'Google Cloud',
  terms,
  locations,
  network,
  ciphers: {
    phase1: fact(
      {
        encryption: phase1Encryption,
        integrity: phase1Integrity,
        prf: phase1Prf,
        dhGroup: groups,
      },
      `${cipherPage}; ${providerDocs}/compute_vpn_tunnel.html.markdown`,
      cipherDate,
    ),
    phase2: fact(
      { encryption: sharedEncryption, integrity: phase2Integrity, pfs: groups },
      `${cipherPage}: no SHA-384, and PFS is mandatory`,
      cipherDate,
    ),
  },
  lifetimes: fact(lifetimes, cipherPage, cipherDate),
  dpd: fact('fixed', `${providerDocs}/compute_vpn_tunnel.html.markdown has no argument for it`, providerDate),
  key: unverified(
    { minLength: 1, maxLength: 64, alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', per: 'tunnel' },
    'Google Cloud, Cloud VPN, "Generate a strong pre-shared key" makes base64 keys of 32 characters; neither it nor the provider states a limit',
    today,
  ),
  asn: fact(
    { own: [[64512, 65534], [4200000000, 4294967294]], ownReserved: [], peerReserved: [] },
    `${routerPage}: private numbers only; the peer's must differ from the router's`,
    routerDate,
  ),
  inside: fact(
    { ranges: ['169.254.0.0/16'], reserved: [], owner: 'any' },
    `${routerPage}; ${haPage}: any /30, unique over all Cloud Routers of the network`,
    routerDate,
  ),
  initiation: fact({ canInitiate: true, canWait: false }, `${providerDocs}/compute_vpn_tunnel.html.markdown has no argument for it`, providerDate),
  quotas: {},
  durations,
}

/** Cloud Router keeps learned routes to its own network; passing them on needs Network Connectivity Center. */
export const hub: HubFacts = {
  transit: fact(false, `${providerDocs}/network_connectivity_spoke.html.markdown: site_to_site_data_transfer is a matter of the spoke`, providerDate),
  instead: 'attach the tunnels as hybrid spokes with site-to-site data transfer to a hub of Network Connectivity Center, in its supported locations',
}
