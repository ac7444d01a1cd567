import type { SimulatedCloud } from '../../behaviour/behaviour.ts'
import { vpnConnection, vpnConnectionRoute } from './connection.ts'
import { customerGateway } from './customer-gateway.ts'
import { vpnGateway, vpnGatewayAttachment, vpnGatewayRoutePropagation } from './gateway.ts'
import { routeTables, subnets } from './network-lists.ts'
import { subnet, vpc, vpcCidrBlockAssociation } from './network.ts'
import { schema } from './schema.ts'
import { route, routeTable, routeTableAssociation } from './route-table.ts'
import { transitGateway, transitGatewayRoute, transitGatewayVpcAttachment } from './transit-gateway.ts'

/** Amazon Web Services: VPC networking and Site-to-Site VPN. */
export const awsCloud: SimulatedCloud = {
  source: 'hashicorp/aws',
  schema,
  behaviours: {
    aws_vpc: vpc,
    aws_vpc_ipv4_cidr_block_association: vpcCidrBlockAssociation,
    aws_subnet: subnet,
    aws_route_table: routeTable,
    aws_route_table_association: routeTableAssociation,
    aws_route: route,
    aws_vpn_gateway: vpnGateway,
    aws_vpn_gateway_attachment: vpnGatewayAttachment,
    aws_vpn_gateway_route_propagation: vpnGatewayRoutePropagation,
    aws_customer_gateway: customerGateway,
    aws_vpn_connection: vpnConnection,
    aws_vpn_connection_route: vpnConnectionRoute,
    aws_ec2_transit_gateway: transitGateway,
    aws_ec2_transit_gateway_vpc_attachment: transitGatewayVpcAttachment,
    aws_ec2_transit_gateway_route: transitGatewayRoute,
  },
  dataSources: { aws_subnets: subnets, aws_route_tables: routeTables },
  nothingFound: (type) => `no matching EC2 ${type === 'aws_vpc' ? 'VPC' : 'Subnet'} found`,
}
