import type { Fact, ProviderFacts } from '@isthmus/core'
import { terms } from './terms.ts'

const api = 'openstack/neutron-lib@230d219, neutron_lib/api/definitions/vpn.py'
const database = 'openstack/neutron-vpnaas@051e526, neutron_vpnaas/db/vpn/vpn_db.py'
const strongSwan = 'openstack/neutron-vpnaas@2ec3420, device_drivers/template/strongswan'
const provider = 'terraform-provider-openstack@6b7fb16, docs/resources/vpnaas_site_connection_v2.md'
const neutron = 'docs.openstack.org, Networking API v2.0 reference'

const fact = <T>(value: T, source: string): Fact<T> => ({ value, source, checked: '2026-11-24' })
const unverified = <T>(value: T, source: string): Fact<T> => ({ ...fact(value, source), unverified: true })

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const cbc = { 'aes-256-cbc': 'aes-256', 'aes-192-cbc': 'aes-192', 'aes-128-cbc': 'aes-128' } as const
const gcm = { 'aes-256-gcm-16': 'aes-256-gcm-16', 'aes-192-gcm-16': 'aes-192-gcm-16', 'aes-128-gcm-16': 'aes-128-gcm-16' } as const
const hashes = { 'sha2-512': 'sha512', 'sha2-384': 'sha384', 'sha2-256': 'sha256' } as const
const groups = {
  21: 'group21', 20: 'group20', 18: 'group18', 17: 'group17', 16: 'group16', 31: 'group31', 19: 'group19', 15: 'group15', 14: 'group14',
  24: 'group24', 23: 'group23', 5: 'group5', 22: 'group22', 2: 'group2',
} as const

/** What routing a site connection can do. Neutron has BGP speakers, but they talk on provider networks and not inside a tunnel. */
export const routeModes: Fact<readonly ['static']> = fact(['static'], `${database}: create_ipsec_site_connection writes route_mode='static', and the API does not let it be set`)

/** Diffie-Hellman groups that every release takes; the others and AES-GCM came with the release note "additional-ciphers". */
export const establishedGroups: Fact<readonly number[]> = fact([14, 5, 2], 'openstack/neutron-vpnaas@f6033dd, releasenotes/notes/additional-ciphers: groups 15 to 31, AES-CCM and AES-GCM are new')

/** Owners of the ports by which routers of each kind are attached to a network. */
export const interfaceOwners: Fact<Readonly<Record<'plain' | 'distributed' | 'replicated', string>>> = fact(
  { plain: 'network:router_interface', distributed: 'network:router_interface_distributed', replicated: 'network:ha_router_replicated_interface' },
  'openstack/neutron-lib@02e070f, neutron_lib/constants.py: ROUTER_INTERFACE_OWNERS',
)

export const openstackFacts: ProviderFacts = {
  title: 'OpenStack',
  terms,
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], 'RFC 1918; Neutron takes any block, and other clouds do not route all of them into a tunnel'),
      reserved: fact(['127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'], 'openstack/neutron-lib, neutron_lib/constants.py: PRIVATE_CIDR_RANGE is for metadata and highly available routers; RFC 6890'),
      prefix: fact({ min: 8, max: 29 }, 'a subnet needs room for its gateway, its DHCP port and a machine; the lower bound is RFC 1918'),
      hasCidr: fact(false, `${neutron}: only subnets have a CIDR`),
    },
    subnet: {
      prefix: fact({ min: 8, max: 29 }, 'a subnet needs room for its gateway, its DHCP port and a machine; the lower bound is RFC 1918'),
      reservedAddresses: fact(4, `${neutron}: network address, broadcast address, gateway_ip and the port of one DHCP agent`),
      scope: fact('region', `${neutron}: availability zones are hints for agents, and subnets have none`),
    },
    regions: fact({ RegionOne: ['nova'] }, 'openstack/devstack, stackrc: REGION_NAME=RegionOne; openstack/nova: default_availability_zone=nova'),
    regionsNamedByOperator: fact(true, 'docs.openstack.org, Identity API v3, "Create region": whoever runs the cloud gives the id; openstack/nova, host aggregates: and names the availability zones'),
  },
  ciphers: {
    phase1: fact({ encryption: cbc, integrity: hashes, prf: { 'prf-sha2-512': 'sha512', 'prf-sha2-384': 'sha384', 'prf-sha2-256': 'sha256' }, dhGroup: groups },
      `${api}; SHA-1 and 3DES are left out: newer releases refuse them (releasenotes/notes/remove-weak-crypto-algorithms)`),
    phase2: fact({ encryption: { ...gcm, ...cbc }, integrity: hashes, pfs: groups }, api),
  },
  // The API has no upper bound; beyond a day nobody has tried.
  lifetimes: fact({ phase1: { min: 60, max: 86400 }, phase2: { min: 60, max: 86400 } }, `${api}: at least 60 seconds`),
  dpd: fact({ timeout: { min: 2, max: 86400 } }, `${provider}: the time-out must be greater than the interval`),
  // Some drivers write the key without quotes, where 0x and 0s in front would announce another notation.
  key: fact({ minLength: 1, maxLength: 255, alphabet: `${letters}0123456789`, firstCharacters: letters, per: 'connection' },
    `${strongSwan}/ipsec.secret.template; openstack/neutron-vpnaas, vpn_models.py: String(255)`),
  // No gateway speaks BGP here, so the number is one of the private ones (RFC 6996) that no other end refuses.
  asn: fact({ own: [[64512, 65534], [4200000000, 4294967294]], ownReserved: [], peerReserved: [] }, 'RFC 6996; nothing in VPNaaS uses it'),
  inside: fact({ ranges: ['169.254.0.0/16'], reserved: ['169.254.169.252/30', '169.254.192.0/18'], owner: 'any' },
    'openstack/neutron-lib, neutron_lib/constants.py: METADATA_CIDR, L3_HA_NET_CIDR; a site connection itself has no inside addresses'),
  initiation: fact({ canInitiate: true, canWait: true }, `${api}: initiator bi-directional or response-only`),
  quotas: {},
  durations: unverified(
    {
      openstack_networking_network_v2: { create: 8, delete: 12 },
      openstack_networking_subnet_v2: { create: 8, delete: 8 },
      openstack_networking_router_v2: { create: 12, delete: 12 },
      openstack_networking_router_interface_v2: { create: 8, delete: 10 },
      openstack_vpnaas_service_v2: { create: 10, delete: 10 },
      openstack_vpnaas_endpoint_group_v2: { create: 3, delete: 3 },
      openstack_vpnaas_ike_policy_v2: { create: 3, delete: 3 },
      openstack_vpnaas_ipsec_policy_v2: { create: 3, delete: 3 },
      openstack_vpnaas_site_connection_v2: { create: 20, delete: 15 },
    },
    'estimated from the polling of the provider; clouds differ',
  ),
}
