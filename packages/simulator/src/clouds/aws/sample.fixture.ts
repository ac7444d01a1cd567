import type { Attributes } from '../../behaviour/behaviour.ts'
import { InMemoryCloud } from '../../behaviour/in-memory-cloud.ts'
import { awsCloud } from './index.ts'

/** A VPC with a subnet, a route table, an attached gateway and a customer gateway. For tests only. */
export interface Sample {
  readonly cloud: InMemoryCloud
  readonly vpc: Attributes
  readonly subnet: Attributes
  readonly table: Attributes
  readonly gateway: Attributes
  readonly customer: Attributes
  /** Creates a connection of the gateway with arguments changed. */
  connect(change?: Attributes): Attributes
}

export function sample(): Sample {
  const cloud = new InMemoryCloud(awsCloud, { region: 'ap-northeast-2' })
  const vpc = cloud.create('aws_vpc', { cidr_block: '10.10.0.0/16', tags: { Name: 'one' } })
  const subnet = cloud.create('aws_subnet', { vpc_id: vpc['id'], cidr_block: '10.10.1.0/24', availability_zone: 'ap-northeast-2a' })
  const table = cloud.create('aws_route_table', { vpc_id: vpc['id'] })
  const gateway = cloud.create('aws_vpn_gateway', { vpc_id: vpc['id'], amazon_side_asn: '64601' })
  const customer = cloud.create('aws_customer_gateway', { bgp_asn: '64602', ip_address: '198.51.100.7', type: 'ipsec.1', device_name: 'first' })
  return {
    cloud, vpc, subnet, table, gateway, customer,
    connect: (change = {}) => cloud.create('aws_vpn_connection', { customer_gateway_id: customer['id'], vpn_gateway_id: gateway['id'], type: 'ipsec.1', ...change }),
  }
}
