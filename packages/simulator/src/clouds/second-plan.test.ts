import { describe, expect, it } from 'vitest'
import type { Attributes, SimulatedCloud } from '../behaviour/behaviour.ts'
import { shape } from '../schema/shape.ts'
import { awsCloud } from './aws/index.ts'
import { azureCloud } from './azure/index.ts'
import { gcpCloud } from './gcp/index.ts'
import { applied, idOf, itKeepsWhatItMade, type Made, type Plan } from './second-plan.fixture.ts'

const aws: Plan = [
  ['vpc', 'aws_vpc', () => ({ cidr_block: '10.10.0.0/16', tags: { Name: 'one' } })],
  ['subnet', 'aws_subnet', (made) => ({ vpc_id: idOf(made, 'vpc'), cidr_block: '10.10.1.0/24' })],
  ['table', 'aws_route_table', (made) => ({ vpc_id: idOf(made, 'vpc') })],
  ['association', 'aws_route_table_association', (made) => ({ subnet_id: idOf(made, 'subnet'), route_table_id: idOf(made, 'table') })],
  ['gateway', 'aws_vpn_gateway', () => ({ amazon_side_asn: '64601' })],
  ['attachment', 'aws_vpn_gateway_attachment', (made) => ({ vpc_id: idOf(made, 'vpc'), vpn_gateway_id: idOf(made, 'gateway') })],
  ['propagation', 'aws_vpn_gateway_route_propagation', (made) => ({ route_table_id: idOf(made, 'table'), vpn_gateway_id: idOf(made, 'gateway') })],
  ['customer', 'aws_customer_gateway', () => ({ type: 'ipsec.1', ip_address: '198.51.100.7', bgp_asn: '64602' })],
  ['connection', 'aws_vpn_connection', (made) => ({ type: 'ipsec.1', customer_gateway_id: idOf(made, 'customer'), vpn_gateway_id: idOf(made, 'gateway'), tunnel1_preshared_key: 'given.key_1', tunnel1_inside_cidr: '169.254.10.0/30' })],
  ['static', 'aws_vpn_connection', (made) => ({ type: 'ipsec.1', customer_gateway_id: idOf(made, 'customer'), vpn_gateway_id: idOf(made, 'gateway'), static_routes_only: true })],
  ['static route', 'aws_vpn_connection_route', (made) => ({ vpn_connection_id: idOf(made, 'static'), destination_cidr_block: '10.20.0.0/16' })],
  ['transit', 'aws_ec2_transit_gateway', () => ({ amazon_side_asn: 64610 })],
  ['transit attachment', 'aws_ec2_transit_gateway_vpc_attachment', (made) => ({ transit_gateway_id: idOf(made, 'transit'), vpc_id: idOf(made, 'vpc'), subnet_ids: [idOf(made, 'subnet')] })],
  ['transit route', 'aws_ec2_transit_gateway_route', (made) => ({ transit_gateway_route_table_id: made['transit']?.['association_default_route_table_id'], transit_gateway_attachment_id: idOf(made, 'transit attachment'), destination_cidr_block: '10.20.0.0/16' })],
  ['route', 'aws_route', (made) => ({ route_table_id: idOf(made, 'table'), destination_cidr_block: '10.20.0.0/16', transit_gateway_id: idOf(made, 'transit') })],
]

const place = { resource_group_name: 'rg', location: 'koreacentral' }
const slots = ['slot-0', 'slot-1']

const azure: Plan = [
  ['group', 'azurerm_resource_group', () => ({ name: 'rg', location: 'koreacentral' })],
  ['network', 'azurerm_virtual_network', () => ({ ...place, name: 'net', address_space: ['10.20.0.0/16'] })],
  ['subnet', 'azurerm_subnet', () => ({ resource_group_name: 'rg', virtual_network_name: 'net', name: 'GatewaySubnet', address_prefixes: ['10.20.255.0/27'] })],
  ...slots.map((name) => [name, 'azurerm_public_ip', () => ({ ...place, name, allocation_method: 'Static', zones: ['1', '2', '3'] })] as const),
  ['gateway', 'azurerm_virtual_network_gateway', (made) => ({
    ...place, name: 'gw', type: 'Vpn', sku: 'VpnGw1AZ', active_active: true, bgp_enabled: true,
    ip_configuration: slots.map((name) => ({ name, subnet_id: idOf(made, 'subnet'), public_ip_address_id: idOf(made, name) })),
    bgp_settings: [{ asn: 64602, peering_addresses: slots.map((name, index) => ({ ip_configuration_name: name, apipa_addresses: [`169.254.2${index + 1}.2`] })) }],
  })],
  ['site', 'azurerm_local_network_gateway', () => ({ ...place, name: 'site', gateway_address: '198.51.100.9', bgp_settings: [{ asn: 64601, bgp_peering_address: '169.254.21.1' }] })],
  ['connection', 'azurerm_virtual_network_gateway_connection', (made) => ({
    ...place, name: 'c', type: 'IPsec', virtual_network_gateway_id: idOf(made, 'gateway'), local_network_gateway_id: idOf(made, 'site'), bgp_enabled: true, shared_key: 'secret',
    custom_bgp_addresses: [{ primary: '169.254.21.2', secondary: '169.254.22.2' }],
    ipsec_policy: [{ dh_group: 'ECP384', ike_encryption: 'GCMAES256', ike_integrity: 'SHA384', ipsec_encryption: 'GCMAES256', ipsec_integrity: 'GCMAES256', pfs_group: 'ECP384' }],
  })],
]

const azureDefaults: Plan = [
  ...azure.slice(0, 4),
  ['gateway', 'azurerm_virtual_network_gateway', (made) => ({ ...place, name: 'gw', type: 'Vpn', sku: 'VpnGw1AZ', ip_configuration: [{ subnet_id: idOf(made, 'subnet'), public_ip_address_id: idOf(made, 'slot-0') }] })],
]

const gcp: Plan = [
  ['network', 'google_compute_network', () => ({ name: 'net', auto_create_subnetworks: false })],
  ['subnetwork', 'google_compute_subnetwork', (made) => ({ name: 'work', network: idOf(made, 'network'), ip_cidr_range: '10.30.1.0/24' })],
  ['address', 'google_compute_address', () => ({ name: 'ip', labels: { site: 'one' } })],
  ['gateway', 'google_compute_ha_vpn_gateway', (made) => ({ name: 'gw', network: idOf(made, 'network') })],
  ['router', 'google_compute_router', (made) => ({ name: 'router', network: idOf(made, 'network'), bgp: [{ asn: 64603 }] })],
  ['peer', 'google_compute_external_vpn_gateway', () => ({ name: 'peer', redundancy_type: 'SINGLE_IP_INTERNALLY_REDUNDANT', interface: [{ id: 0, ip_address: '198.51.100.1' }] })],
  ['tunnel', 'google_compute_vpn_tunnel', (made) => ({
    name: 't-0', vpn_gateway: idOf(made, 'gateway'), vpn_gateway_interface: 0, peer_external_gateway: idOf(made, 'peer'), peer_external_gateway_interface: 0, router: 'router', shared_secret: 'secret',
    cipher_suite: [{ phase1: [{ encryption: ['AES-GCM-16-256'], prf: ['PRF-HMAC-SHA2-384'], dh: ['Group-20'] }], phase2: [{ encryption: ['AES-GCM-16-256'], pfs: ['Group-20'] }] }],
  })],
  ['interface', 'google_compute_router_interface', () => ({ name: 'if-0', router: 'router', vpn_tunnel: 't-0', ip_range: '169.254.10.2/30' })],
  ['session', 'google_compute_router_peer', () => ({ name: 'peer-0', router: 'router', interface: 'if-0', peer_asn: 64601, peer_ip_address: '169.254.10.1', advertised_route_priority: 100 })],
  ['classic', 'google_compute_vpn_gateway', (made) => ({ name: 'classic', network: idOf(made, 'network') })],
  ...[['esp', 'ESP', null], ['udp-500', 'UDP', '500'], ['udp-4500', 'UDP', '4500']].map(([name, ip_protocol, port_range]) =>
    [String(name), 'google_compute_forwarding_rule', (made: Made) => ({ name, ip_protocol, port_range, ip_address: made['address']?.['address'], target: made['classic']?.['self_link'] })] as const),
  ['classic tunnel', 'google_compute_vpn_tunnel', (made) => ({ name: 't-1', target_vpn_gateway: made['classic']?.['self_link'], peer_ip: '198.51.100.1', shared_secret: 'secret' })],
  ['route', 'google_compute_route', (made) => ({ name: 'r', network: idOf(made, 'network'), dest_range: '10.1.0.0/16', next_hop_vpn_tunnel: idOf(made, 'classic tunnel') })],
]

const clouds: [string, SimulatedCloud, Attributes, Plan][] = [
  ['AWS', awsCloud, { region: 'ap-northeast-2' }, aws],
  ['Azure', azureCloud, { subscription_id: '11111111-1111-1111-1111-111111111111' }, azure],
  ['Azure with defaults', azureCloud, {}, azureDefaults],
  ['Google Cloud', gcpCloud, { project: 'p', region: 'asia-northeast3' }, gcp],
]

describe.each(clouds)('%s', (_name, cloud, provider, plan) => {
  itKeepsWhatItMade(cloud, provider, plan)
})

describe('what the schema of AWS knows', () => {
  const base = { type: 'ipsec.1', customer_gateway_id: 'cgw-0', vpn_gateway_id: 'vgw-0' }

  it.each([
    ['a reserved inside block', { tunnel1_inside_cidr: '169.254.5.0/30' }, { tunnel1_inside_cidr: '169.254.5.4/30' }],
    ['a key that starts with zero', { tunnel1_preshared_key: '0abcdefgh' }, { tunnel1_preshared_key: 'abcdefgh0' }],
    ['an unknown cipher', { tunnel1_phase1_encryption_algorithms: ['AES192'] }, { tunnel1_phase1_encryption_algorithms: ['AES128'] }],
    ['a long lifetime', { tunnel2_phase2_lifetime_seconds: 3601 }, { tunnel2_phase2_lifetime_seconds: 3600 }],
  ])('refuses %s at plan time, once, and accepts its neighbour', async (_what, refused, accepted) => {
    const { engine } = await applied(awsCloud, {}, [])
    const problems = (change: Attributes): unknown[] => engine.validate('aws_vpn_connection', { ...base, ...change })
    expect(problems(refused)).toHaveLength(1)
    expect(problems(accepted)).toEqual([])
  })

  it.each([['tunnel1_phase1_dh_group_numbers', 5, 2], ['tunnel2_phase2_dh_group_numbers', 1, 5], ['tunnel1_phase1_dh_group_numbers', 25, 24]])('refuses %s with %d at apply, and accepts %d', async (name, refused, accepted) => {
    const { engine, session, made } = await applied(awsCloud, { region: 'ap-northeast-2' }, aws.slice(0, 8))
    const create = async (group: number): Promise<readonly unknown[]> => {
      const config = shape(engine.resource('aws_vpn_connection').attributes, { ...base, customer_gateway_id: idOf(made, 'customer'), vpn_gateway_id: idOf(made, 'gateway'), [name]: [group] })
      return (await engine.create('aws_vpn_connection', engine.plan('aws_vpn_connection', { config, prior: undefined }, session).planned, config, session)).errors
    }
    expect(await create(refused)).toHaveLength(1)
    expect(await create(accepted)).toEqual([])
  })
})
