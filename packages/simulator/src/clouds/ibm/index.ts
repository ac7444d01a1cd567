import type { SimulatedCloud } from '../../behaviour/behaviour.ts'
import { vpnGatewayConnection } from './connection.ts'
import { vpnGateway } from './gateway.ts'
import { addressPrefixesData, subnetData, vpcData } from './network-data.ts'
import { addressPrefix, subnet, vpc } from './network.ts'
import { ikePolicy, ipsecPolicy } from './policies.ts'
import { route, routingTable } from './routing-table.ts'
import { schema } from './schema.ts'
import { transitConnection, transitGateway } from './transit-gateway.ts'

/** IBM Cloud: Virtual Private Cloud, VPN for VPC and Transit Gateway. */
export const ibmCloud: SimulatedCloud = {
  source: 'IBM-Cloud/ibm',
  schema,
  behaviours: {
    ibm_is_vpc: vpc,
    ibm_is_vpc_address_prefix: addressPrefix,
    ibm_is_subnet: subnet,
    ibm_is_vpc_routing_table: routingTable,
    ibm_is_vpc_routing_table_route: route,
    ibm_is_vpn_gateway: vpnGateway,
    ibm_is_ike_policy: ikePolicy,
    ibm_is_ipsec_policy: ipsecPolicy,
    ibm_is_vpn_gateway_connection: vpnGatewayConnection,
    ibm_tg_gateway: transitGateway,
    ibm_tg_connection: transitConnection,
  },
  dataSources: { ibm_is_vpc: vpcData, ibm_is_subnet: subnetData, ibm_is_vpc_address_prefixes: addressPrefixesData },
}
