import { Cidr, networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { addresses, bodyOf, siteWith } from '../test/samples.ts'
import { gateway } from './gateway.ts'
import { network } from './network.ts'

const existing = { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1', 'rtb-0a2'], subnetIds: ['subnet-0a1'] }

describe('network', () => {
  it('makes a VPC, its subnets and one route table for all of them', () => {
    const fragment = network(siteWith({ tags: { team: 'net', Name: 'mine' } }))
    expect(addresses(fragment)).toEqual([
      'aws_vpc.south', 'aws_route_table.south',
      'aws_subnet.south--apps', 'aws_route_table_association.south--apps',
      'aws_subnet.south--data', 'aws_route_table_association.south--data',
      'aws_subnet.south--more', 'aws_route_table_association.south--more',
    ])
    expect(bodyOf(fragment, 'aws_vpc.south')).toMatchObject({ cidr_block: '10.1.0.0/16', tags: { team: 'net', Name: 'mesh-south' } })
    expect(bodyOf(fragment, 'aws_subnet.south--data')).toMatchObject({ cidr_block: '10.1.1.0/24', availability_zone: 'ap-northeast-2a' })
  })

  it('exports one subnet per zone for attachments', () => {
    expect(network(siteWith()).exports).toEqual({
      vpc_id: ref('aws_vpc.south', 'id'),
      route_table_id: ref('aws_route_table.south', 'id'),
      route_table_ids: [ref('aws_route_table.south', 'id')],
      attachment_subnet_ids: [ref('aws_subnet.south--apps', 'id'), ref('aws_subnet.south--more', 'id')],
    })
  })

  it('adds further blocks to the VPC before its subnets', () => {
    const fragment = network(siteWith({}, { cidrs: [Cidr.of('10.1.0.0/16'), Cidr.of('10.9.0.0/16')] }))
    expect(bodyOf(fragment, 'aws_vpc_ipv4_cidr_block_association.south--10-9-0-0-16')).toMatchObject({ cidr_block: '10.9.0.0/16' })
    const subnet = fragment.resources.find((resource) => resource.type === 'aws_subnet')
    expect(subnet?.dependsOn).toEqual(['aws_vpc_ipv4_cidr_block_association.south--10-9-0-0-16'])
  })

  it('makes nothing where a VPC exists', () => {
    expect(network(siteWith({ existing }))).toEqual({
      resources: [],
      exports: { vpc_id: 'vpc-0a1', route_table_id: 'rtb-0a1', route_table_ids: ['rtb-0a1', 'rtb-0a2'], attachment_subnet_ids: ['subnet-0a1'] },
    })
  })

  it('refuses a site without addresses', () => {
    expect(() => network(siteWith({}, { cidrs: [] }))).toThrow(expect.objectContaining({ code: 'CONTRACT_BROKEN' }))
  })
})

describe('gateway', () => {
  it('attaches a virtual private gateway and propagates its routes', () => {
    const fragment = gateway(siteWith())
    expect(bodyOf(fragment, 'aws_vpn_gateway.south')).toMatchObject({ vpc_id: networkExport({ name: 'south' }, 'vpc_id'), amazon_side_asn: '64601' })
    expect(bodyOf(fragment, 'aws_vpn_gateway_route_propagation.south')).toMatchObject({ vpn_gateway_id: ref('aws_vpn_gateway.south', 'id') })
    expect(fragment.exports).toEqual({ gateway_id: ref('aws_vpn_gateway.south', 'id') })
  })

  it('propagates routes to every route table of an existing VPC, named by the table', () => {
    expect(addresses(gateway(siteWith({ existing })))).toEqual([
      'aws_vpn_gateway.south', 'aws_vpn_gateway_route_propagation.south--rtb-0a1', 'aws_vpn_gateway_route_propagation.south--rtb-0a2',
    ])
  })

  it('attaches the VPC to a transit gateway, whose ASN is a number', () => {
    const fragment = gateway(siteWith({ gateway: 'tgw' }))
    expect(bodyOf(fragment, 'aws_ec2_transit_gateway.south')).toMatchObject({ amazon_side_asn: 64_601, vpn_ecmp_support: 'enable' })
    expect(bodyOf(fragment, 'aws_ec2_transit_gateway_vpc_attachment.south')).toMatchObject({ subnet_ids: networkExport({ name: 'south' }, 'attachment_subnet_ids') })
    expect(fragment.exports).toEqual({
      gateway_id: ref('aws_ec2_transit_gateway.south', 'id'),
      attached_gateway_id: ref('aws_ec2_transit_gateway_vpc_attachment.south', 'transit_gateway_id'),
      route_table_id: ref('aws_ec2_transit_gateway.south', 'association_default_route_table_id'),
    })
  })

  it.each([
    ['vgw', { ...existing, vpnGatewayId: 'vgw-0a1' }, { gateway_id: 'vgw-0a1' }],
    ['tgw', { ...existing, transitGatewayId: 'tgw-0a1' }, { gateway_id: 'tgw-0a1', attached_gateway_id: 'tgw-0a1' }],
    ['tgw', { ...existing, transitGatewayId: 'tgw-0a1', transitGatewayRouteTableId: 'tgw-rtb-0a1' }, { gateway_id: 'tgw-0a1', attached_gateway_id: 'tgw-0a1', route_table_id: 'tgw-rtb-0a1' }],
  ] as const)('leaves an existing %s alone', (kind, given, exports) => {
    expect(gateway(siteWith({ gateway: kind, existing: given }))).toEqual({ resources: [], exports })
  })
})
