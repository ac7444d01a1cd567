import type { Attributes } from '../../behaviour/behaviour.ts'
import { InMemoryCloud } from '../../behaviour/in-memory-cloud.ts'
import { tencentCloud } from './index.ts'

/** A VPC with a gateway for BGP, one for static routing, and two customer gateways. For tests only. */
export interface Sample {
  readonly cloud: InMemoryCloud
  readonly vpc: Attributes
  readonly gateway: Attributes
  readonly fixed: Attributes
  readonly customer: Attributes
  readonly other: Attributes
  make(type: string, config: Attributes): Attributes
  /** A BGP connection with arguments changed. */
  connect(change?: Attributes): Attributes
  /** A static connection with arguments changed. */
  connectStatic(change?: Attributes): Attributes
}

export const bgpConfig = (block: string, local: string, remote: string): Attributes => ({ bgp_config: [{ tunnel_cidr: block, local_bgp_ip: local, remote_bgp_ip: remote }] })

export function sample(): Sample {
  const cloud = new InMemoryCloud(tencentCloud, { region: 'ap-seoul' })
  const make = (type: string, config: Attributes): Attributes => cloud.create(`tencentcloud_${type}`, config)
  const vpc = make('vpc', { name: 'net', cidr_block: '10.10.0.0/16' })
  const gateway = make('vpn_gateway', { name: 'bgp', vpc_id: vpc['id'], bandwidth: 200, bgp_asn: 64605 })
  const fixed = make('vpn_gateway', { name: 'static', vpc_id: vpc['id'], bandwidth: 5 })
  const customer = make('vpn_customer_gateway', { name: 'one', public_ip_address: '198.51.100.1', bgp_asn: 64601 })
  const other = make('vpn_customer_gateway', { name: 'two', public_ip_address: '198.51.100.2', bgp_asn: 64602 })
  const common = { vpc_id: vpc['id'], customer_gateway_id: customer['id'], pre_share_key: 'the-secret', ike_remote_address: '198.51.100.1' }
  return {
    cloud, vpc, gateway, fixed, customer, other, make,
    connect: (change = {}) => make('vpn_connection', {
      ...common, name: 'c', vpn_gateway_id: gateway['id'], ike_local_address: gateway['public_ip_address'], route_type: 'Bgp',
      ...bgpConfig('169.254.128.0/30', '169.254.128.2', '169.254.128.1'), ...change,
    }),
    connectStatic: (change = {}) => make('vpn_connection', { ...common, name: 's', vpn_gateway_id: fixed['id'], ike_local_address: fixed['public_ip_address'], route_type: 'StaticRoute', ...change }),
  }
}
