import type { SimulatedCloud } from '../../behaviour/behaviour.ts'
import { vpnConnection } from './connection.ts'
import { customerGateway, vpnGateway } from './gateway.ts'
import { routeTables, vpcs, vswitches } from './network-lists.ts'
import { secondaryBlock, vpc, vswitch } from './network.ts'
import { routeEntry, routeTable, vpnRouteEntry } from './route.ts'
import { schema } from './schema.ts'

/** Alibaba Cloud: VPC and VPN Gateway. */
export const alibabaCloud: SimulatedCloud = {
  source: 'aliyun/alicloud',
  schema,
  behaviours: {
    alicloud_vpc: vpc,
    alicloud_vpc_ipv4_cidr_block: secondaryBlock,
    alicloud_vswitch: vswitch,
    alicloud_route_table: routeTable,
    alicloud_route_entry: routeEntry,
    alicloud_vpn_gateway: vpnGateway,
    alicloud_vpn_customer_gateway: customerGateway,
    alicloud_vpn_connection: vpnConnection,
    alicloud_vpn_route_entry: vpnRouteEntry,
  },
  dataSources: { alicloud_vpcs: vpcs, alicloud_vswitches: vswitches, alicloud_route_tables: routeTables },
}
