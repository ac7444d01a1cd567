import type { Attributes } from '../../behaviour/behaviour.ts'
import { InMemoryCloud } from '../../behaviour/in-memory-cloud.ts'
import { ibmCloud } from './index.ts'

/** A VPC with a gateway in a subnet of its own. For tests only. */
export interface Sample {
  readonly cloud: InMemoryCloud
  readonly vpc: Attributes
  readonly gatewaySubnet: Attributes
  readonly gateway: Attributes
  /** Creates an object of a type, its name without `ibm_`. */
  make(type: string, config: Attributes): Attributes
  /** Creates an address prefix and a subnet in it, in a zone of the region. */
  subnet(name: string, cidr: string, zone?: number, change?: Attributes): Attributes
  /** Creates a static connection of the gateway with arguments changed. */
  connect(name: string, change?: Attributes): Attributes
}

export function sample(): Sample {
  const cloud = new InMemoryCloud(ibmCloud, { region: 'jp-tok' })
  const make = (type: string, config: Attributes): Attributes => cloud.create(`ibm_${type}`, config)
  const vpc = make('is_vpc', { name: 'net', address_prefix_management: 'manual' })
  const subnet = (name: string, cidr: string, zone = 1, change: Attributes = {}): Attributes => {
    const place = { name, vpc: vpc['id'], zone: `jp-tok-${zone}`, ...change }
    make('is_vpc_address_prefix', { ...place, cidr })
    return make('is_subnet', { ...place, ipv4_cidr_block: cidr })
  }
  const gatewaySubnet = subnet('gateway', '10.1.255.0/27')
  const gateway = make('is_vpn_gateway', { name: 'gw', subnet: gatewaySubnet['id'], mode: 'route', local_asn: 64606 })
  return {
    cloud, vpc, gatewaySubnet, gateway, make, subnet,
    connect: (name, change = {}) => make('is_vpn_gateway_connection', { name, vpn_gateway: gateway['id'], preshared_key: 'a-key.1', peer: [{ address: '198.51.100.9' }], ...change }),
  }
}

/** Arguments of a dynamic connection whose members have the two given blocks, each block by its first host. */
export function dynamic(first: string, second: string, asn = 64601): Attributes {
  const tunnel = (host: string): Attributes => ({ neighbor_ip: host, tunnel_interface_ip: host.replace(/\d+$/, (last) => String(Number(last) + 1)) })
  return { routing_protocol: 'bgp', peer: [{ address: '198.51.100.9', asn }], tunnel: [tunnel(first), tunnel(second)] }
}
