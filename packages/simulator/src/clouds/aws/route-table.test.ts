import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample, type Sample } from './sample.fixture.ts'

type Make = (sample: Sample) => Attributes

const elsewhere: Make = ({ cloud }) => cloud.create('aws_vpc', { cidr_block: '10.99.0.0/16' })

describe('a route table', () => {
  it('goes away only without subnets', () => {
    const { cloud, subnet, table } = sample()
    const association = cloud.create('aws_route_table_association', { subnet_id: subnet['id'], route_table_id: table['id'] })
    expect(refusalOf(() => cloud.remove('aws_route_table', table)).message).toContain('DependencyViolation')
    cloud.remove('aws_route_table_association', association)
    expect(() => cloud.remove('aws_route_table', table)).not.toThrow()
  })
})

describe('a route table association', () => {
  it('joins a subnet to one table of its own VPC', () => {
    const made = sample()
    const { cloud, subnet, table } = made
    const other = cloud.create('aws_route_table', { vpc_id: elsewhere(made)['id'] })
    const join = (id: unknown): Attributes => cloud.create('aws_route_table_association', { subnet_id: subnet['id'], route_table_id: id })
    expect(refusalOf(() => join(other['id'])).detail).toContain('belong to different networks')
    const { id } = join(table['id'])
    expect(id).toMatch(/^rtbassoc-0[0-9a-f]{16}$/)
    const second = cloud.create('aws_route_table', { vpc_id: made.vpc['id'], tags: { Name: 'second' } })
    expect(refusalOf(() => join(second['id'])).message).toContain('Resource.AlreadyAssociated')
  })
})

describe('a route', () => {
  const route = (made: Sample, change: Attributes): Attributes => made.cloud.create('aws_route', { route_table_id: made.table['id'], gateway_id: made.gateway['id'], ...change })

  it('computes what EC2 computes', () => {
    expect(route(sample(), { destination_cidr_block: '10.20.0.0/16' })).toMatchObject({
      id: expect.stringMatching(/^r-rtb-0[0-9a-f]{16}\d+$/), origin: 'CreateRoute', state: 'active', region: 'ap-northeast-2',
    })
  })

  it('leads to a destination once', () => {
    const made = sample()
    route(made, { destination_cidr_block: '10.20.0.0/16' })
    expect(refusalOf(() => route(made, { destination_cidr_block: '10.20.0.0/16' })).detail).toBe('The route identified by 10.20.0.0/16 already exists.')
    expect(() => route(made, { destination_cidr_block: '10.21.0.0/16' })).not.toThrow()
  })

  it.each([
    ['a destination inside the VPC', { destination_cidr_block: '10.10.8.0/24' }, { destination_cidr_block: '10.8.0.0/14' }, 'equal to or more specific'],
    ['a gateway of another VPC', { destination_cidr_block: '10.20.0.0/16', gateway_id: 'vgw-0' }, { destination_cidr_block: '10.20.0.0/16' }, 'belong to different networks'],
    ['a transit gateway without attachment', { destination_cidr_block: '10.20.0.0/16', gateway_id: null, transit_gateway_id: 'tgw-0' }, { destination_cidr_block: '10.20.0.0/16' }, "The transitGateway ID 'tgw-0' does not exist."],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const made = sample()
    expect(refusalOf(() => route(made, refused)).detail).toContain(detail)
    expect(() => route(made, accepted)).not.toThrow()
  })

  it('leads to a transit gateway once the VPC is attached', () => {
    const made = sample()
    const { cloud, vpc, subnet } = made
    const transit = cloud.create('aws_ec2_transit_gateway', { amazon_side_asn: 64610 })
    const config = { destination_cidr_block: '10.20.0.0/16', gateway_id: null, transit_gateway_id: transit['id'] }
    expect(refusalOf(() => route(made, config)).message).toContain('InvalidTransitGatewayID.NotFound')
    cloud.create('aws_ec2_transit_gateway_vpc_attachment', { transit_gateway_id: transit['id'], vpc_id: vpc['id'], subnet_ids: [subnet['id']] })
    expect(() => route(made, config)).not.toThrow()
  })
})
