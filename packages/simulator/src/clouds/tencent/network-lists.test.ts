import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

describe('look-ups of a VPC', () => {
  it('find it by its id, with all its blocks', () => {
    const { cloud, make } = sample()
    const vpc = make('vpc', { name: 'two', cidr_block: '10.20.0.0/16', assistant_cidrs: ['10.21.0.0/16'] })
    expect(cloud.data('tencentcloud_vpc_instances', { vpc_id: vpc['id'] })).toMatchObject({ instance_list: [{ vpc_id: vpc['id'], name: 'two', cidr_block: '10.20.0.0/16', common_assistant_cidr: ['10.21.0.0/16'] }] })
    expect(cloud.data('tencentcloud_vpc_instances', { vpc_id: 'vpc-nowhere' })).toMatchObject({ instance_list: [] })
  })

  it('find its subnets and not those of another', () => {
    const { cloud, vpc, make } = sample()
    const other = make('vpc', { name: 'two', cidr_block: '10.20.0.0/16' })
    const subnet = make('subnet', { name: 'apps', vpc_id: vpc['id'], cidr_block: '10.10.1.0/24', availability_zone: 'ap-seoul-1' })
    make('subnet', { name: 'apps', vpc_id: other['id'], cidr_block: '10.20.1.0/24', availability_zone: 'ap-seoul-1' })
    expect(cloud.data('tencentcloud_vpc_subnets', { vpc_id: vpc['id'] })).toMatchObject({ instance_list: [{ subnet_id: subnet['id'], cidr_block: '10.10.1.0/24', availability_zone: 'ap-seoul-1' }] })
    expect(cloud.data('tencentcloud_vpc_subnets', { name: 'apps' })['instance_list']).toHaveLength(2)
  })

  it('are refused where they ask for what is not simulated', () => {
    expect(refusalOf(() => sample().cloud.data('tencentcloud_vpc_subnets', { tag_key: 'a' })).detail).toContain('does not look up by tag_key')
  })
})
