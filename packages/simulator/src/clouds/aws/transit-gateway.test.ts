import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

function attached(): ReturnType<typeof sample> & { transit: Attributes; attach: (subnets: unknown[], change?: Attributes) => Attributes } {
  const made = sample()
  const transit = made.cloud.create('aws_ec2_transit_gateway', { amazon_side_asn: 64610 })
  const attach = (subnets: unknown[], change: Attributes = {}): Attributes =>
    made.cloud.create('aws_ec2_transit_gateway_vpc_attachment', { transit_gateway_id: transit['id'], vpc_id: made.vpc['id'], subnet_ids: subnets, ...change })
  return { ...made, transit, attach }
}

describe('a transit gateway', () => {
  it('has one table for association and propagation', () => {
    const { transit } = attached()
    expect(transit).toMatchObject({ id: expect.stringMatching(/^tgw-0[0-9a-f]{16}$/), association_default_route_table_id: expect.stringMatching(/^tgw-rtb-0/) })
    expect(transit['propagation_default_route_table_id']).toBe(transit['association_default_route_table_id'])
  })

  it('stays while something is attached', () => {
    const { cloud, transit, subnet, customer, attach } = attached()
    const attachment = attach([subnet['id']])
    expect(refusalOf(() => cloud.remove('aws_ec2_transit_gateway', transit)).detail).toContain('has non-deleted VPC Attachments')
    cloud.remove('aws_ec2_transit_gateway_vpc_attachment', attachment)
    const connection = cloud.create('aws_vpn_connection', { customer_gateway_id: customer['id'], transit_gateway_id: transit['id'], type: 'ipsec.1' })
    expect(refusalOf(() => cloud.remove('aws_ec2_transit_gateway', transit)).detail).toContain(`has non-deleted VPN Attachments: ${String(connection['transit_gateway_attachment_id'])}`)
    cloud.remove('aws_vpn_connection', connection)
    expect(() => cloud.remove('aws_ec2_transit_gateway', transit)).not.toThrow()
  })

  it('takes more than ten connections', () => {
    const { cloud, transit, customer } = attached()
    for (let count = 0; count < 11; count += 1) {
      expect(cloud.create('aws_vpn_connection', { customer_gateway_id: customer['id'], transit_gateway_id: transit['id'], type: 'ipsec.1' })['tunnel1_bgp_asn']).toBe('64610')
    }
  })
})

describe('an attachment of a transit gateway', () => {
  it('takes one subnet per zone', () => {
    const { cloud, vpc, subnet, attach } = attached()
    const sameZone = cloud.create('aws_subnet', { vpc_id: vpc['id'], cidr_block: '10.10.2.0/24', availability_zone: 'ap-northeast-2a' })
    const nextZone = cloud.create('aws_subnet', { vpc_id: vpc['id'], cidr_block: '10.10.3.0/24', availability_zone: 'ap-northeast-2c' })
    expect(refusalOf(() => attach([subnet['id'], sameZone['id']])).message).toContain('DuplicateSubnetsInSameZone')
    expect(refusalOf(() => attach(['subnet-0'])).message).toContain('InvalidSubnetID.NotFound')
    const attachment = attach([subnet['id'], nextZone['id']])
    expect(attachment).toMatchObject({ id: expect.stringMatching(/^tgw-attach-0/), vpc_owner_id: '123456789012', transit_gateway_default_route_table_association: true })
    expect(refusalOf(() => cloud.remove('aws_subnet', nextZone)).message).toContain('DependencyViolation')
    expect(refusalOf(() => cloud.update(attachment, 'aws_ec2_transit_gateway_vpc_attachment', { subnet_ids: [subnet['id'], sameZone['id']] })).message).toContain('DuplicateSubnetsInSameZone')
  })

  it('is the only one of its VPC', () => {
    const { subnet, attach } = attached()
    attach([subnet['id']])
    expect(refusalOf(() => attach([subnet['id']])).message).toContain('DuplicateTransitGatewayAttachment')
  })
})

describe('a route of a transit gateway', () => {
  it('needs a table, an attachment and a destination of its own', () => {
    const { cloud, transit, subnet, attach } = attached()
    const attachment = attach([subnet['id']])
    const table = transit['association_default_route_table_id']
    const route = (change: Attributes): Attributes => cloud.create('aws_ec2_transit_gateway_route', {
      transit_gateway_route_table_id: table, transit_gateway_attachment_id: attachment['id'], destination_cidr_block: '10.20.0.0/16', ...change,
    })
    expect(refusalOf(() => route({ transit_gateway_route_table_id: 'tgw-rtb-0' })).message).toContain('InvalidRouteTableID.NotFound')
    expect(refusalOf(() => route({ transit_gateway_attachment_id: 'tgw-attach-0' })).message).toContain('InvalidTransitGatewayAttachmentID.NotFound')
    expect(refusalOf(() => route({ destination_cidr_block: '10.20.0.1/16' })).message).toContain('InvalidParameterValue')
    expect(route({})['id']).toBe(`${String(table)}_10.20.0.0/16`)
    expect(refusalOf(() => route({})).message).toContain('RouteAlreadyExists')
    expect(() => route({ destination_cidr_block: '10.21.0.0/16', transit_gateway_attachment_id: null, blackhole: true })).not.toThrow()
    expect(refusalOf(() => route({ destination_cidr_block: '10.22.0.0/16', transit_gateway_attachment_id: null })).message).toContain('InvalidTransitGatewayAttachmentID.NotFound')
  })
})
