import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

describe('look-ups of a VPC', () => {
  it('find it by its id, with all its blocks', () => {
    const { cloud, vpc, vswitches, make } = sample()
    make('vpc', { vpc_name: 'other', cidr_block: '10.99.0.0/16' })
    make('vpc_ipv4_cidr_block', { vpc_id: vpc['id'], secondary_cidr_block: '10.9.0.0/16' })
    expect(cloud.data('alicloud_vpcs', { ids: [vpc['id']] })).toMatchObject({
      total_count: 1, vpcs: [{ vpc_id: vpc['id'], vpc_name: 'net', cidr_block: '10.4.0.0/16', secondary_cidr_blocks: ['10.9.0.0/16'], vswitch_ids: vswitches.map(({ id }) => id) }],
    })
    expect(cloud.data('alicloud_vpcs', { ids: ['vpc-nowhere'] })).toMatchObject({ total_count: 0, vpcs: [] })
  })

  it('find its vSwitches and route tables', () => {
    const { cloud, vpc, vswitches, make } = sample()
    const other = make('vpc', { vpc_name: 'other', cidr_block: '10.99.0.0/16' })
    make('vswitch', { vswitch_name: 'x', vpc_id: other['id'], cidr_block: '10.99.0.0/24', zone_id: 'ap-northeast-1a' })
    const table = make('route_table', { vpc_id: vpc['id'], route_table_name: 'own' })
    expect(cloud.data('alicloud_vswitches', { vpc_id: vpc['id'] })).toMatchObject({ ids: vswitches.map(({ id }) => id), vswitches: [{ zone_id: 'ap-northeast-1a' }, { zone_id: 'ap-northeast-1b' }] })
    expect(cloud.data('alicloud_route_tables', { vpc_id: vpc['id'] })).toMatchObject({ tables: [{ route_table_type: 'System', id: vpc['route_table_id'] }, { route_table_type: 'Custom', id: table['id'] }] })
  })

  it('see one region only', () => {
    const { cloud, vpc } = sample()
    const elsewhere = { ...cloud.context('alicloud_vpcs'), provider: { region: 'eu-central-1' } }
    expect(cloud.cloud.dataSources?.['alicloud_vpcs']?.({ ids: [vpc['id']] }, elsewhere)).toMatchObject({ vpcs: [] })
  })

  it('are refused where they ask for what is not simulated', () => {
    expect(refusalOf(() => sample().cloud.data('alicloud_vpcs', { name_regex: 'n.*' })).detail).toContain('does not look up by name_regex')
  })
})
