import { describe } from 'vitest'
import { idOf, itKeepsWhatItMade, type Plan } from '../second-plan.fixture.ts'
import { ibmCloud } from './index.ts'
import { dynamic } from './sample.fixture.ts'

const plan: Plan = [
  ['vpc', 'ibm_is_vpc', () => ({ name: 'net', address_prefix_management: 'manual', tags: ['team:net'] })],
  ['plain', 'ibm_is_vpc', () => ({ name: 'plain' })],
  ['prefix', 'ibm_is_vpc_address_prefix', (made) => ({ name: 'p', vpc: idOf(made, 'vpc'), zone: 'jp-tok-1', cidr: '10.1.0.0/16' })],
  ['subnet', 'ibm_is_subnet', (made) => ({ name: 's', vpc: idOf(made, 'vpc'), zone: 'jp-tok-1', ipv4_cidr_block: '10.1.255.0/27' })],
  ['table', 'ibm_is_vpc_routing_table', (made) => ({ vpc: idOf(made, 'vpc') })],
  ['gateway', 'ibm_is_vpn_gateway', (made) => ({ name: 'gw', subnet: idOf(made, 'subnet'), local_asn: 64606 })],
  ['ike', 'ibm_is_ike_policy', () => ({ name: 'i', ike_version: 2, encryption_algorithms: ['aes256'], authentication_algorithms: ['sha512'], dh_groups: [21] })],
  ['old ike', 'ibm_is_ike_policy', () => ({ name: 'old', encryption_algorithm: 'aes256', authentication_algorithm: 'sha256', dh_group: 14 })],
  ['ipsec', 'ibm_is_ipsec_policy', () => ({ name: 's', encryption_algorithms: ['aes256gcm16'], authentication_algorithms: ['disabled'], pfs_groups: ['group_21'] })],
  ['connection', 'ibm_is_vpn_gateway_connection', (made) => ({
    name: 'c', vpn_gateway: idOf(made, 'gateway'), preshared_key: 'a-key.1', ike_policy: idOf(made, 'ike'), ipsec_policy: idOf(made, 'ipsec'), ...dynamic('169.254.10.1', '169.254.10.5'),
  })],
  ['old connection', 'ibm_is_vpn_gateway_connection', (made) => ({ name: 'o', vpn_gateway: idOf(made, 'gateway'), preshared_key: 'a-key.2', peer_address: '198.51.100.8' })],
  ['static connection', 'ibm_is_vpn_gateway_connection', (made) => ({ name: 's', vpn_gateway: idOf(made, 'gateway'), preshared_key: 'a-key.3', peer: [{ address: '198.51.100.7' }], routing_protocol: 'none' })],
  ['route', 'ibm_is_vpc_routing_table_route', (made) => ({
    vpc: idOf(made, 'vpc'), routing_table: made['vpc']?.['default_routing_table'], zone: 'jp-tok-1', destination: '10.2.0.0/16', next_hop: made['static connection']?.['gateway_connection'],
  })],
  ['transit', 'ibm_tg_gateway', () => ({ name: 'tg', location: 'jp-tok' })],
  ['attached network', 'ibm_tg_connection', (made) => ({ name: 'vpc', gateway: idOf(made, 'transit'), network_type: 'vpc', network_id: made['vpc']?.['crn'] })],
  ['attached gateway', 'ibm_tg_connection', (made) => ({ name: 'vpn', gateway: idOf(made, 'transit'), network_type: 'vpn_gateway', network_id: made['gateway']?.['crn'], cidr: '192.168.255.224/27' })],
]

describe('IBM Cloud', () => {
  itKeepsWhatItMade(ibmCloud, { region: 'jp-tok' }, plan)
})
