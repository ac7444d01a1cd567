import type { Fact, HubFacts, ProviderFacts } from '@isthmus/core'
import { locations } from './locations.ts'
import type { Sku } from './options.ts'
import { withoutZones, zonal } from './regions.ts'
import { terms } from './terms.ts'

const providerDocs = 'hashicorp/terraform-provider-azurerm@69697b7, website/docs/r'
const connectionSource = 'hashicorp/terraform-provider-azurerm@69697b7, internal/services/network/virtual_network_gateway_connection_resource.go'
const faq = 'Microsoft Learn, "VPN Gateway FAQ"'
const settings = 'Microsoft Learn, "About VPN Gateway configuration settings"'

const fact = <T>(value: T, source: string, checked = '2026-08-22'): Fact<T> => ({ value, source, checked })
const unverified = <T>(value: T, source: string, checked = '2026-08-22'): Fact<T> => ({ value, source, checked, unverified: true })

/** Printable ASCII except space, hyphen and tilde. */
const keyAlphabet = Array.from({ length: 0x7e - 0x21 }, (_, index) => String.fromCharCode(0x21 + index)).filter((character) => character !== '-').join('')

/** Tunnels that a gateway of each size carries. */
export const tunnelsBySku: Fact<Readonly<Record<Sku, number>>> = unverified(
  { VpnGw1AZ: 30, VpnGw2AZ: 30, VpnGw3AZ: 30, VpnGw4AZ: 100, VpnGw5AZ: 100 },
  'Microsoft Learn, "About gateway SKUs", from memory of the table',
)

/** Blocks of the APIPA range that a VPN gateway takes BGP addresses from, one for each instance of the gateway. */
export const apipaBlocks: Fact<readonly [string, string]> = fact(
  ['169.254.21.0/24', '169.254.22.0/24'],
  `${faq}, and azurerm 5.2, whose validation refuses others`,
  '2026-11-24',
)

export const azureFacts: ProviderFacts = {
  title: 'Microsoft Azure',
  terms,
  locations,
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], 'cloud-barista/cb-tumblebug, assets/networkinfo.yaml'),
      reserved: unverified(
        ['127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32'],
        'Microsoft Learn, "Azure Virtual Network frequently asked questions", from memory',
      ),
      prefix: fact({ min: 8, max: 29 }, 'cloud-barista/cb-tumblebug, assets/networkinfo.yaml'),
      hasCidr: fact(true, `${providerDocs}/virtual_network.html.markdown`),
    },
    subnet: {
      prefix: fact({ min: 8, max: 29 }, 'cloud-barista/cb-tumblebug, assets/networkinfo.yaml'),
      reservedAddresses: fact(5, 'cloud-barista/cb-tumblebug, assets/networkinfo.yaml'),
      scope: fact('region', `${providerDocs}/subnet.html.markdown`),
    },
    gatewaySubnet: fact({ name: 'GatewaySubnet', maxPrefix: 27 }, `${settings}, "Gateway subnet": /29 is for the Basic size only`, '2026-11-24'),
    regions: fact(
      Object.fromEntries([...zonal.map((region) => [region, ['1', '2', '3']]), ...withoutZones.map((region) => [region, []])]),
      'Microsoft Learn, "Azure regions list" of 2025-09-23; denmarkeast, "coming soon" there with zones, from public lists of 2026',
      '2026-11-24',
    ),
  },
  ciphers: {
    // Which hash a GCM phase 1 uses as its PRF is taken from published modules, not from Microsoft: hence unverified.
    phase1: unverified(
      {
        encryption: {
          'aes-256-gcm-16': 'GCMAES256', 'aes-128-gcm-16': 'GCMAES128',
          'aes-256-cbc': 'AES256', 'aes-192-cbc': 'AES192', 'aes-128-cbc': 'AES128', '3des-cbc': 'DES3', 'des-cbc': 'DES',
        },
        integrity: { 'sha2-384': 'SHA384', 'sha2-256': 'SHA256', sha1: 'SHA1', md5: 'MD5' },
        prf: { 'prf-sha2-384': 'SHA384', 'prf-sha2-256': 'SHA256' },
        dhGroup: { 20: 'ECP384', 19: 'ECP256', 14: 'DHGroup14', 24: 'DHGroup24', 2: 'DHGroup2', 1: 'DHGroup1' },
      },
      `${connectionSource}; that ike_integrity names the PRF with GCM: README of Google's "GCP to AWS HA VPN Module" and a sibling module`,
    ),
    phase2: fact(
      {
        encryption: {
          'aes-256-gcm-16': 'GCMAES256', 'aes-192-gcm-16': 'GCMAES192', 'aes-128-gcm-16': 'GCMAES128',
          'aes-256-cbc': 'AES256', 'aes-192-cbc': 'AES192', 'aes-128-cbc': 'AES128', '3des-cbc': 'DES3', 'des-cbc': 'DES',
        },
        integrity: { 'sha2-256': 'SHA256', sha1: 'SHA1', md5: 'MD5' },
        pfs: { 20: 'ECP384', 19: 'ECP256', 14: 'PFS2048', 24: 'PFS24', 2: 'PFS2', 1: 'PFS1', none: 'None' },
      },
      connectionSource,
    ),
  },
  // No upper bound of phase 2 is documented; beyond a day nobody has tried.
  lifetimes: fact({ phase1: 28800, phase2: { min: 300, max: 86400 } }, `${faq} (phase 1 fixed); ${connectionSource} (sa_lifetime at least 300)`),
  dpd: fact({ timeout: { min: 9, max: 3600 } }, `${providerDocs}/virtual_network_gateway_connection.html.markdown`),
  key: fact(
    { minLength: 1, maxLength: 128, alphabet: keyAlphabet, per: 'connection' },
    `${faq} (alphabet); Microsoft Learn, GatewayResetSharedKeyParameters.KeyLength (1 to 128)`,
    '2026-11-24',
  ),
  asn: fact(
    {
      own: [[1, 4294967294]],
      // 65515 is a gateway's own default and reserved only for its peers.
      ownReserved: [[8074, 8075], [12076, 12076], [23456, 23456], [64496, 64511], [65517, 65520], [65535, 65551]],
      peerReserved: [[8074, 8075], [12076, 12076], [23456, 23456], [64496, 64511], [65515, 65515], [65517, 65520], [65535, 65551]],
    },
    `${faq}, "What ASNs (Autonomous System Numbers) can I use?"`,
    '2026-11-24',
  ),
  inside: fact({ ranges: [...apipaBlocks.value], reserved: [], owner: 'any' }, apipaBlocks.source, apipaBlocks.checked),
  initiation: fact({ canInitiate: true, canWait: true }, `${connectionSource} (connection_mode)`),
  quotas: { tunnels: unverified({ limit: 30, adjustable: false }, `${tunnelsBySku.source}; the default size`) },
  durations: unverified(
    {
      azurerm_resource_group: { create: 5, delete: 60 },
      azurerm_virtual_network: { create: 10, delete: 15 },
      azurerm_subnet: { create: 10, delete: 15 },
      azurerm_public_ip: { create: 10, delete: 15 },
      azurerm_virtual_network_gateway: { create: 1800, delete: 900 },
      azurerm_local_network_gateway: { create: 30, delete: 30 },
      azurerm_virtual_network_gateway_connection: { create: 120, delete: 60 },
    },
    `30 to 45 minutes for a gateway, ${providerDocs}/virtual_network_gateway.html.markdown and cloud-barista/mc-terrarium@67892df; the rest estimated`,
  ),
}

export const azureHub: HubFacts = {
  transit: fact(true, `${faq}, "Does Azure VPN Gateway support BGP transit routing?"`),
  // A spoke with static routing is a local network gateway with an address space, which BGP peers are told of.
  staticTransit: fact(true, `${faq}, "What address prefixes do Azure VPN gateways advertise to me?": those of each local network gateway too`, '2026-11-24'),
}
