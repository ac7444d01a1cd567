import type { Fact, HubFacts, ProviderFacts, Quota } from '@isthmus/core'
import { locations } from './locations.ts'
import { regions } from './regions.ts'
import { terms } from './terms.ts'

const resourceDocs = 'hashicorp/terraform-provider-aws website/docs/r'
const resourceCode = 'hashicorp/terraform-provider-aws internal/service/ec2'
const vpnGuide = 'AWS Site-to-Site VPN User Guide'
const networkInfo = 'cloud-barista/cb-tumblebug assets/networkinfo.yaml'
const createSubnet = 'EC2 API Reference, CreateSubnet'

function fact<T>(value: T, source: string): Fact<T> {
  return { value, source, checked: '2026-11-24' }
}

const encryption = {
  'aes-256-gcm-16': 'AES256-GCM-16',
  'aes-128-gcm-16': 'AES128-GCM-16',
  'aes-256-cbc': 'AES256',
  'aes-128-cbc': 'AES128',
} as const

const integrity = { 'sha2-512': 'SHA2-512', 'sha2-384': 'SHA2-384', 'sha2-256': 'SHA2-256', sha1: 'SHA1' } as const

/** AWS has no PRF setting: the phase 1 integrity algorithm is the PRF too, also beside an AEAD. */
const prf = { 'prf-sha2-512': 'SHA2-512', 'prf-sha2-384': 'SHA2-384', 'prf-sha2-256': 'SHA2-256', 'prf-sha1': 'SHA1' } as const

const dhGroup = { 2: 2, 14: 14, 15: 15, 16: 16, 17: 17, 18: 18, 19: 19, 20: 20, 21: 21, 22: 22, 23: 23, 24: 24 } as const

const digits = '123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** What is known about AWS, with where it was read. */
export const facts: ProviderFacts = {
  title: 'Amazon Web Services',
  terms,
  locations,
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], `${networkInfo}: available-cidr-blocks`),
      reserved: fact(['172.17.0.0/16'], `${networkInfo}: reserved-cidr-blocks, used by Cloud9 and SageMaker`),
      prefix: fact({ min: 16, max: 28 }, `${resourceCode}/vpc_.go: cidr_block`),
      hasCidr: fact(true, `${resourceDocs}/vpc.html.markdown`),
    },
    subnet: {
      prefix: fact({ min: 16, max: 28 }, createSubnet),
      reservedAddresses: fact(5, `${createSubnet}: the first four and the last`),
      scope: fact('zone', `${resourceDocs}/subnet.html.markdown: availability_zone`),
    },
    // The documentation lists regions and numbers of zones; which letters an account sees is in nobody's list.
    regions: {
      ...fact(regions, 'AWS documentation, "AWS Regions and Availability Zones" (global-infrastructure/latest/regions); letters from published configurations'),
      unverified: true,
    },
  },
  ciphers: {
    phase1: fact({ encryption, integrity, prf, dhGroup }, `${resourceDocs}/vpn_connection.html.markdown: tunnel1_phase1_*`),
    phase2: fact({ encryption, integrity, pfs: { ...dhGroup, 5: 5 } }, `${resourceDocs}/vpn_connection.html.markdown: tunnel1_phase2_*`),
  },
  lifetimes: fact({ phase1: { min: 900, max: 28_800 }, phase2: { min: 900, max: 3600 } }, `${resourceCode}/vpnsite_connection.go: tunnel1_phase1_lifetime_seconds`),
  // AWS names no upper bound; an hour is the longest time in which a dead tunnel is still worth noticing.
  dpd: fact({ timeout: { min: 30, max: 3600 } }, `${vpnGuide}, "Tunnel options": DPD timeout (the maximum is ours)`),
  key: fact(
    { minLength: 8, maxLength: 64, alphabet: `${letters}0${digits}._`, firstCharacters: `${letters}${digits}._`, per: 'tunnel' },
    `${vpnGuide}, "Tunnel options": pre-shared key`,
  ),
  asn: fact(
    {
      own: [[64_512, 65_534], [4_200_000_000, 4_294_967_294]],
      ownReserved: [],
      // Three of these are refused in one region only; they belong to Amazon, so nobody else has them anywhere.
      peerReserved: [[7224, 7224], [9059, 9059], [10_124, 10_124], [17_943, 17_943]],
    },
    `EC2 API Reference, CreateVpnGateway; ${vpnGuide}, "Customer gateway options"`,
  ),
  inside: fact(
    {
      ranges: ['169.254.0.0/16'],
      reserved: [
        '169.254.0.0/30', '169.254.1.0/30', '169.254.2.0/30', '169.254.3.0/30', '169.254.4.0/30', '169.254.5.0/30', '169.254.169.252/30',
      ],
      owner: 'first',
    },
    `${vpnGuide}, "Tunnel options": inside tunnel IPv4 CIDR`,
  ),
  initiation: fact({ canInitiate: true, canWait: true }, `${vpnGuide}, "Tunnel initiation options"`),
  quotas: {
    connections: fact({ limit: 10, adjustable: true }, `${vpnGuide}, "Quotas": connections per virtual private gateway`),
  },
  durations: {
    value: {
      aws_vpc: { create: 10, delete: 5 },
      aws_subnet: { create: 5, delete: 5 },
      aws_vpn_gateway: { create: 90, delete: 60 },
      aws_ec2_transit_gateway: { create: 150, delete: 90 },
      aws_ec2_transit_gateway_vpc_attachment: { create: 90, delete: 60 },
      aws_customer_gateway: { create: 10, delete: 10 },
      aws_vpn_connection: { create: 240, delete: 150 },
    },
    source: `Durations of acceptance tests and waiters in ${resourceCode}; not measured`,
    checked: '2026-11-24',
    unverified: true,
  },
}

/** A transit gateway takes thousands of attachments, so the quota of the region is met first. */
export const transitGatewayConnections: Fact<Quota> = fact({ limit: 50, adjustable: true }, `${vpnGuide}, "Quotas": connections per Region`)

/** A virtual private gateway passes learned routes on (VPN CloudHub), a transit gateway does so through its route table. */
export const hub: HubFacts = {
  transit: fact(true, `${vpnGuide}, "Secure communication between VPN connections using VPN CloudHub"`),
  staticTransit: { ...fact(false, `${vpnGuide}, the same page: sites advertise their prefixes over BGP; of static routes it says nothing`), unverified: true },
}
