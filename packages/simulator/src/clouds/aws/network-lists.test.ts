import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

describe('look-ups of a VPC', () => {
  it('give its subnets and not those of another', () => {
    const { cloud, vpc, subnet } = sample()
    const other = cloud.create('aws_vpc', { cidr_block: '10.99.0.0/16' })
    cloud.create('aws_subnet', { vpc_id: other['id'], cidr_block: '10.99.1.0/24' })
    const filtered = (values: readonly unknown[]) => cloud.data('aws_subnets', { filter: [{ name: 'vpc-id', values }] })['ids']
    expect(filtered([vpc['id']])).toEqual([subnet['id']])
    expect(filtered(['vpc-0'])).toEqual([])
    expect(cloud.data('aws_subnets', {})['ids']).toHaveLength(2)
  })

  it('give its route tables, the one it was born with among them', () => {
    const { cloud, vpc, table } = sample()
    cloud.create('aws_vpc', { cidr_block: '10.99.0.0/16' })
    expect(cloud.data('aws_route_tables', { vpc_id: vpc['id'] })['ids']).toEqual([String(vpc['main_route_table_id']), String(table['id'])].sort())
  })

  it('give its blocks', () => {
    const { cloud, vpc } = sample()
    cloud.create('aws_vpc_ipv4_cidr_block_association', { vpc_id: vpc['id'], cidr_block: '10.11.0.0/16' })
    expect(cloud.read('aws_vpc', vpc)['cidr_block_associations']).toMatchObject([{ cidr_block: '10.10.0.0/16', state: 'associated' }, { cidr_block: '10.11.0.0/16' }])
  })

  it('are refused where they ask for what is not simulated', () => {
    const { cloud } = sample()
    expect(refusalOf(() => cloud.data('aws_subnets', { filter: [{ name: 'tag:Name', values: ['x'] }] })).detail).toContain('use vpc-id')
    expect(refusalOf(() => cloud.data('aws_route_tables', { tags: { a: 'b' } })).detail).toContain('does not look up by tags')
  })
})

it('routes learned from a gateway reach the route table that a VPC was born with', () => {
  const { cloud, vpc, gateway } = sample()
  const propagation = cloud.create('aws_vpn_gateway_route_propagation', { vpn_gateway_id: gateway['id'], route_table_id: vpc['main_route_table_id'] })
  expect(propagation['id']).toBe(`${String(gateway['id'])}_${String(vpc['main_route_table_id'])}`)
})
