import { networkExport, ref, type Fragment, type Site } from '@isthmus/core'
import { routeTables, tags } from './network.ts'
import type { AwsOptions } from './options.ts'

/** The site's virtual private gateway or transit gateway. */
export function gateway(site: Site<AwsOptions>): Fragment {
  return site.options.gateway === 'tgw' ? transitGateway(site) : vpnGateway(site)
}

function vpnGateway(site: Site<AwsOptions>): Fragment {
  const id = site.options.existing?.vpnGatewayId
  if (id) return { resources: [], exports: { gateway_id: id } }
  const address = `aws_vpn_gateway.${site.name}`
  return {
    resources: [
      {
        type: 'aws_vpn_gateway',
        name: site.name,
        body: { vpc_id: networkExport(site, 'vpc_id'), amazon_side_asn: String(site.asn), tags: tags(site, site.label) },
      },
      ...routeTables(site).map((table) => ({
        type: 'aws_vpn_gateway_route_propagation',
        name: `${site.name}${table.suffix}`,
        body: { vpn_gateway_id: ref(address, 'id'), route_table_id: table.id },
      })),
    ],
    exports: { gateway_id: ref(address, 'id') },
  }
}

function transitGateway(site: Site<AwsOptions>): Fragment {
  const { existing } = site.options
  if (existing?.transitGatewayId) {
    const { transitGatewayId: id, transitGatewayRouteTableId: table } = existing
    return { resources: [], exports: { gateway_id: id, attached_gateway_id: id, ...(table ? { route_table_id: table } : {}) } }
  }
  const address = `aws_ec2_transit_gateway.${site.name}`
  return {
    resources: [
      {
        type: 'aws_ec2_transit_gateway',
        name: site.name,
        body: {
          amazon_side_asn: site.asn,
          auto_accept_shared_attachments: 'disable',
          default_route_table_association: 'enable',
          default_route_table_propagation: 'enable',
          dns_support: 'enable',
          vpn_ecmp_support: 'enable',
          tags: tags(site, site.label),
        },
      },
      {
        type: 'aws_ec2_transit_gateway_vpc_attachment',
        name: site.name,
        body: {
          transit_gateway_id: ref(address, 'id'),
          vpc_id: networkExport(site, 'vpc_id'),
          subnet_ids: networkExport(site, 'attachment_subnet_ids'),
          dns_support: 'enable',
          ipv6_support: 'disable',
          transit_gateway_default_route_table_association: true,
          transit_gateway_default_route_table_propagation: true,
          tags: tags(site, site.label),
        },
      },
    ],
    exports: {
      gateway_id: ref(address, 'id'),
      // A VPC route to a transit gateway is refused before the VPC is attached; this reference makes it wait.
      attached_gateway_id: ref(`aws_ec2_transit_gateway_vpc_attachment.${site.name}`, 'transit_gateway_id'),
      route_table_id: ref(address, 'association_default_route_table_id'),
    },
  }
}
