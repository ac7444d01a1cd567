import type { Attributes } from '../../behaviour/behaviour.ts'
import { InMemoryCloud } from '../../behaviour/in-memory-cloud.ts'
import { alibabaCloud } from './index.ts'

/** A VPC with all that a connection needs. For tests only. */
export interface Sample {
  readonly cloud: InMemoryCloud
  readonly vpc: Attributes
  readonly vswitches: readonly [Attributes, Attributes]
  readonly customers: readonly [Attributes, Attributes]
  /** Creates an object of a type, named without the name of the cloud. */
  make(type: string, config: Attributes): Attributes
  /** Creates a gateway with arguments changed. */
  gateway(change?: Attributes): Attributes
  /** Creates a connection of a gateway with arguments changed. */
  connect(gateway: Attributes, change?: Attributes): Attributes
}

export function sample(region = 'ap-northeast-1'): Sample {
  const cloud = new InMemoryCloud(alibabaCloud, { region })
  const make = (type: string, config: Attributes): Attributes => cloud.create(`alicloud_${type}`, config)
  const vpc = make('vpc', { vpc_name: 'net', cidr_block: '10.4.0.0/16' })
  const vswitch = (name: string, cidr_block: string, zone: string): Attributes => make('vswitch', { vswitch_name: name, vpc_id: vpc['id'], cidr_block, zone_id: `${region}${zone}` })
  const vswitches = [vswitch('a', '10.4.0.0/24', 'a'), vswitch('b', '10.4.1.0/24', 'b')] as const
  const customers = [make('vpn_customer_gateway', { ip_address: '198.51.100.1', asn: '64601' }), make('vpn_customer_gateway', { ip_address: '198.51.100.2', asn: '64601' })] as const
  let count = 0
  return {
    cloud, vpc, vswitches, customers, make,
    gateway: (change = {}) => make('vpn_gateway', {
      vpn_gateway_name: 'gw', vpc_id: vpc['id'], vswitch_id: vswitches[0]['id'], disaster_recovery_vswitch_id: vswitches[1]['id'], bandwidth: 100, enable_ipsec: true, enable_ssl: false, ...change,
    }),
    connect(gateway, change = {}) {
      count += 1
      return make('vpn_connection', {
        vpn_connection_name: `c-${count}`, vpn_gateway_id: gateway['id'], local_subnet: ['0.0.0.0/0'], remote_subnet: ['0.0.0.0/0'], enable_tunnels_bgp: true, effect_immediately: true,
        tunnel_options_specification: [tunnel('master', customers[0], 0), tunnel('slave', customers[1], 4)], ...change,
      })
    },
  }
}

/** Block `tunnel_options_specification` with a BGP session in `169.254.10.<first>/30`; further arguments change it. */
export function tunnel(role: string, customer: Attributes, first: number, change: Attributes = {}): Attributes {
  return {
    role, customer_gateway_id: customer['id'], enable_dpd: true, enable_nat_traversal: true,
    tunnel_ike_config: [{ ike_version: 'ikev2', ike_mode: 'main', ike_enc_alg: 'aes256', ike_auth_alg: 'sha512', ike_pfs: 'group14', ike_lifetime: 28800, psk: 'the-secret' }],
    tunnel_ipsec_config: [{ ipsec_enc_alg: 'aes256', ipsec_auth_alg: 'sha256', ipsec_pfs: 'group14', ipsec_lifetime: 3600 }],
    tunnel_bgp_config: [{ local_asn: '64604', local_bgp_ip: `169.254.10.${first + 2}`, tunnel_cidr: `169.254.10.${first}/30` }],
    ...change,
  }
}
