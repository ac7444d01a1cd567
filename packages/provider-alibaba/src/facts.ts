import type { Fact, HubFacts, ProviderFacts } from '@isthmus/core'
import { locations } from './locations.ts'
import { bgpRegions, regions } from './regions.ts'
import { terms } from './terms.ts'

const providerDocs = 'aliyun/terraform-provider-alicloud@81c43b6, website/docs/r'
const providerSchema = 'aliyun/alicloud 1.290 of 2026-08-21, its own schema'
const networkList = 'cloud-barista/cb-tumblebug, assets/networkinfo.yaml'
const dualTunnelPage = 'Alibaba Cloud, VPN Gateway, "IPsec-VPN connections support the dual-tunnel mode" of 2024-10-28'
const customerGatewayPage = 'Alibaba Cloud, VPN Gateway, "Customer gateway" of 2026-05'
const today = '2026-11-24'

const fact = <T>(value: T, source: string, checked = '2026-08-17'): Fact<T> => ({ value, source, checked })
const unverified = <T>(value: T, source: string, checked = '2026-08-17'): Fact<T> => ({ value, source, checked, unverified: true })

const encryption = { 'aes-256-cbc': 'aes256', 'aes-192-cbc': 'aes192', 'aes-128-cbc': 'aes', '3des-cbc': '3des', 'des-cbc': 'des' } as const
const integrity = { 'sha2-512': 'sha512', 'sha2-384': 'sha384', 'sha2-256': 'sha256', sha1: 'sha1', md5: 'md5' } as const

/** There is no PRF setting: the phase 1 integrity algorithm is the PRF too. */
const prf = { 'prf-sha2-512': 'sha512', 'prf-sha2-384': 'sha384', 'prf-sha2-256': 'sha256', 'prf-sha1': 'sha1', 'prf-md5': 'md5' } as const
const groups = { 14: 'group14', 5: 'group5', 2: 'group2', 1: 'group1' } as const

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const symbols = '~!`@#$%^&*()_-+={}[]|\\;:\',.<>/?'

/**
 * Regions where BGP is said to work. The page has no date and leaves out regions, such as Seoul, where others have run it
 * (cloud-barista/mc-terrarium@67892df), so BGP is offered elsewhere too, behind static routing.
 */
export const bgpSupport: Fact<readonly string[]> = unverified(bgpRegions, 'Alibaba Cloud, VPN Gateway, "Configure BGP dynamic routing", undated', today)

/** What is known of Alibaba Cloud VPN Gateway. */
export const facts: ProviderFacts = {
  title: 'Alibaba Cloud',
  terms,
  locations,
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], `${networkList}; ${providerDocs}/vpc.html.markdown`),
      reserved: fact(['100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'], `${providerDocs}/vpc.html.markdown`),
      prefix: fact({ min: 8, max: 28 }, `${networkList}; ${providerDocs}/vpc.html.markdown`),
      hasCidr: fact(true, `${providerDocs}/vpc.html.markdown: cidr_block`),
    },
    subnet: {
      prefix: fact({ min: 16, max: 29 }, `${networkList}; ${providerDocs}/vswitch.html.markdown`),
      reservedAddresses: fact(4, networkList),
      scope: fact('zone', `${providerDocs}/vswitch.html.markdown: zone_id`),
    },
    regions: fact(regions, `cloud-barista/cb-tumblebug@027415a, assets/cloudinfo.yaml; zones of the VPN gateway first, ${dualTunnelPage}`, today),
  },
  ciphers: {
    phase1: fact({ encryption, integrity, prf, dhGroup: groups }, `${providerDocs}/vpn_connection.html.markdown: tunnel_ike_config`),
    phase2: fact({ encryption, integrity, pfs: { ...groups, none: 'disabled' } }, `${providerDocs}/vpn_connection.html.markdown: tunnel_ipsec_config`),
  },
  // The documentation starts at 0 seconds; a lifetime of nothing is left out.
  lifetimes: fact({ phase1: { min: 1, max: 86400 }, phase2: { min: 1, max: 86400 } }, `${providerDocs}/vpn_connection.html.markdown: ike_lifetime, ipsec_lifetime`),
  dpd: fact('fixed', `${providerSchema}: enable_dpd switches it on and nothing sets its time-out`),
  key: fact({ minLength: 1, maxLength: 100, alphabet: `0123456789${letters}${symbols}`, per: 'tunnel' }, `${providerDocs}/vpn_connection.html.markdown: psk`),
  asn: fact({ own: [[1, 4294967295]], ownReserved: [], peerReserved: [[45104, 45104]] }, customerGatewayPage, '2026-05-01'),
  inside: fact(
    {
      ranges: ['169.254.0.0/16'],
      reserved: ['169.254.0.0/30', '169.254.1.0/30', '169.254.2.0/30', '169.254.3.0/30', '169.254.4.0/30', '169.254.5.0/30', '169.254.6.0/30', '169.254.169.252/30'],
      owner: 'any',
    },
    `${providerDocs}/vpn_gateway_vpn_attachment.html.markdown; comments on TunnelCidr in Alibaba's SDK`,
  ),
  // Without `effect_immediately` IKE starts with the first packet, which is as near to waiting as this cloud comes.
  initiation: fact({ canInitiate: true, canWait: true }, `${providerDocs}/vpn_connection.html.markdown: effect_immediately`),
  quotas: { connections: unverified({ limit: 10, adjustable: true }, 'Alibaba Cloud, VPN Gateway, "Limits", from memory: IPsec-VPN connections of a gateway', today) },
  durations: unverified(
    {
      alicloud_vpc: { create: 10, delete: 10 },
      alicloud_vpc_ipv4_cidr_block: { create: 5, delete: 5 },
      alicloud_vswitch: { create: 10, delete: 15 },
      alicloud_vpn_gateway: { create: 300, delete: 120 },
      alicloud_vpn_customer_gateway: { create: 5, delete: 5 },
      alicloud_vpn_connection: { create: 90, delete: 60 },
      alicloud_vpn_route_entry: { create: 30, delete: 30 },
      alicloud_route_entry: { create: 10, delete: 10 },
    },
    'estimates: the provider waits 15 minutes for a gateway and 5 for everything else',
  ),
}

/** Whether routes learned on one connection are passed on over another is not documented. */
export const hub: HubFacts = {
  transit: unverified(false, 'nothing read says that the VPN gateway passes on what it learns; to be assumed when planning', today),
  instead: 'attach the connections to a transit router of Cloud Enterprise Network instead of a VPN gateway',
}
