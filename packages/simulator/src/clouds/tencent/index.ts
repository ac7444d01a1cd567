import type { SimulatedCloud } from '../../behaviour/behaviour.ts'
import { vpnConnection } from './connection.ts'
import { vpnGatewayRoute } from './gateway-route.ts'
import { customerGateway, vpnGateway } from './gateway.ts'
import { vpcInstances, vpcSubnets } from './network-lists.ts'
import { routeTable, subnet, vpc } from './network.ts'
import { routeTableEntry } from './route-table-entry.ts'
import { vpcRouteTables } from './route-tables-data.ts'
import { schema } from './schema.ts'

/** Tencent Cloud: VPC networking and VPN connections. */
export const tencentCloud: SimulatedCloud = {
  source: 'tencentcloudstack/tencentcloud',
  schema,
  behaviours: {
    tencentcloud_vpc: vpc,
    tencentcloud_subnet: subnet,
    tencentcloud_route_table: routeTable,
    tencentcloud_route_table_entry: routeTableEntry,
    tencentcloud_vpn_gateway: vpnGateway,
    tencentcloud_vpn_customer_gateway: customerGateway,
    tencentcloud_vpn_connection: vpnConnection,
    tencentcloud_vpn_gateway_route: vpnGatewayRoute,
  },
  dataSources: { tencentcloud_vpc_instances: vpcInstances, tencentcloud_vpc_subnets: vpcSubnets, tencentcloud_vpc_route_tables: vpcRouteTables },
}
