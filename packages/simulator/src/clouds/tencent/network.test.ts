import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'
import { vpcRouteTables } from './route-tables-data.ts'

describe('a VPC', () => {
  it('is born with a route table', () => {
    const { vpc } = sample()
    expect(vpc).toMatchObject({ id: expect.stringMatching(/^vpc-[0-9a-f]{8}$/), default_route_table_id: expect.stringMatching(/^rtb-/), assistant_cidrs: [], is_multicast: true })
  })

  it.each([
    ['a block that is not private', { cidr_block: '11.0.0.0/16' }, { cidr_block: '172.16.0.0/16' }, 'must lie in 10.0.0.0/8'],
    ['a block that is too large', { cidr_block: '10.0.0.0/11' }, { cidr_block: '10.0.0.0/12' }, 'prefix length of 12 to 28'],
    ['a block that is too small', { cidr_block: '10.0.0.0/29' }, { cidr_block: '10.0.0.0/28' }, 'prefix length of 12 to 28'],
    ['host bits', { cidr_block: '10.0.0.1/16' }, { cidr_block: '10.0.0.0/16' }, 'must be a network address'],
    ['a further block that is not private', { cidr_block: '10.0.0.0/16', assistant_cidrs: ['11.0.0.0/16'] }, { cidr_block: '10.0.0.0/16', assistant_cidrs: ['10.1.0.0/16'] }, 'assistant_cidrs'],
    ['a long name', { name: 'n'.repeat(61), cidr_block: '10.0.0.0/16' }, { name: 'n'.repeat(60), cidr_block: '10.0.0.0/16' }, 'expected length of name'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { make } = sample()
    expect(refusalOf(() => make('vpc', { name: 'x', ...refused })).detail).toContain(detail)
    expect(() => make('vpc', { name: 'x', ...accepted })).not.toThrow()
  })

  it('stays while something is in it', () => {
    const { cloud, make } = sample()
    const vpc = make('vpc', { name: 'more', cidr_block: '10.20.0.0/16' })
    const subnet = make('subnet', { name: 's', vpc_id: vpc['id'], cidr_block: '10.20.1.0/24', availability_zone: 'ap-seoul-1' })
    expect(refusalOf(() => cloud.remove('tencentcloud_vpc', vpc))).toMatchObject({ message: expect.stringContaining('ResourceInUse'), detail: expect.stringContaining(String(subnet['id'])) })
    cloud.remove('tencentcloud_subnet', subnet)
    expect(() => cloud.remove('tencentcloud_vpc', vpc)).not.toThrow()
  })
})

describe('a subnet', () => {
  const place = (vpc: Attributes, change: Attributes): Attributes => ({ name: 's', vpc_id: vpc['id'], cidr_block: '10.10.1.0/24', availability_zone: 'ap-seoul-1', ...change })

  it('uses the route table of its VPC', () => {
    const { vpc, make } = sample()
    expect(make('subnet', place(vpc, {}))).toMatchObject({ route_table_id: vpc['default_route_table_id'], available_ip_count: 253 })
  })

  it.each([
    ['a block outside its VPC', { cidr_block: '10.11.1.0/24' }, { cidr_block: '10.10.1.0/24' }, 'does not lie in a block'],
    ['a block that is too small', { cidr_block: '10.10.1.0/30' }, { cidr_block: '10.10.1.0/29' }, 'prefix length of 16 to 29'],
    ['an overlap', { cidr_block: '10.10.2.128/25' }, { cidr_block: '10.10.3.0/25' }, 'overlaps subnet-'],
    ['a zone of another region', { availability_zone: 'ap-tokyo-1' }, { availability_zone: 'ap-seoul-2' }, 'has no such zone'],
    ['a route table of nobody', { route_table_id: 'rtb-0' }, {}, 'it is no route table of'],
    ['a VPC that is not there', { vpc_id: 'vpc-0' }, {}, 'does not exist'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { vpc, make } = sample()
    make('subnet', place(vpc, { name: 'first', cidr_block: '10.10.2.0/24' }))
    expect(refusalOf(() => make('subnet', place(vpc, refused))).detail).toContain(detail)
    expect(() => make('subnet', place(vpc, accepted))).not.toThrow()
  })

  it('may lie in a further block', () => {
    const { make } = sample()
    const vpc = make('vpc', { name: 'two', cidr_block: '10.20.0.0/16', assistant_cidrs: ['10.21.0.0/16'] })
    expect(() => make('subnet', place(vpc, { cidr_block: '10.21.1.0/24' }))).not.toThrow()
  })
})

describe('an entry of a route table', () => {
  const to = (gateway: Attributes, table: unknown, change: Attributes = {}): Attributes => ({ route_table_id: table, destination_cidr_block: '10.20.0.0/16', next_type: 'VPN', next_hub: gateway['id'], ...change })

  it('may share a destination with another VPN gateway', () => {
    const { vpc, gateway, fixed, make } = sample()
    const entry = make('route_table_entry', to(gateway, vpc['default_route_table_id']))
    expect(entry).toMatchObject({ id: `${String(entry['route_entry_id'])}.${String(vpc['default_route_table_id'])}`, disabled: false, route_item_id: expect.stringMatching(/^rti-/) })
    expect(() => make('route_table_entry', to(fixed, vpc['default_route_table_id']))).not.toThrow()
    expect(refusalOf(() => make('route_table_entry', to(fixed, vpc['default_route_table_id'], { next_type: 'NAT', next_hub: 'nat-1' }))).message).toContain('Ecmp')
  })

  it.each([
    ['a destination inside the VPC', { destination_cidr_block: '10.10.1.0/24' }, {}, 'it lies in a block of vpc-'],
    ['host bits', { destination_cidr_block: '10.20.0.1/16' }, {}, 'not a valid network address'],
    ['a next hop that the provider does not know', { next_type: 'INTERNET' }, {}, 'expected next_type'],
    ['a gateway that is not there', { next_hub: 'vpngw-0' }, {}, 'does not exist'],
    ['a table that is not there', { route_table_id: 'rtb-0' }, {}, 'does not exist'],
  ])('refuses %s', (_what, refused, accepted, detail) => {
    const { vpc, gateway, make } = sample()
    expect(refusalOf(() => make('route_table_entry', to(gateway, vpc['default_route_table_id'], refused))).detail).toContain(detail)
    expect(() => make('route_table_entry', to(gateway, vpc['default_route_table_id'], accepted))).not.toThrow()
  })

  it('leads to a gateway of its own VPC, from any table of it', () => {
    const { vpc, gateway, make } = sample()
    const table = make('route_table', { name: 'mine', vpc_id: vpc['id'] })
    const foreign = make('vpc', { name: 'foreign', cidr_block: '10.30.0.0/16' })
    expect(refusalOf(() => make('route_table_entry', to(gateway, foreign['default_route_table_id']))).message).toContain('VpcMismatch')
    expect(() => make('route_table_entry', to(gateway, table['id']))).not.toThrow()
  })
})

describe('the look-up of route tables', () => {
  it('finds the one a VPC is born with', () => {
    const { cloud, vpc, gateway, make } = sample()
    make('route_table', { name: 'mine', vpc_id: vpc['id'] })
    make('route_table_entry', { route_table_id: vpc['default_route_table_id'], destination_cidr_block: '10.20.0.0/16', next_type: 'VPN', next_hub: gateway['id'] })
    const find = (config: Attributes): unknown => vpcRouteTables(config, cloud.context('tencentcloud_vpc_route_tables'))['instance_list']
    expect(find({ vpc_id: vpc['id'], association_main: true })).toEqual([expect.objectContaining({
      route_table_id: vpc['default_route_table_id'], is_default: true, route_entry_infos: [expect.objectContaining({ next_hub: gateway['id'], destination_cidr_block: '10.20.0.0/16' })],
    })])
    expect(find({ vpc_id: vpc['id'] })).toHaveLength(2)
    expect(find({ name: 'mine', association_main: false })).toEqual([expect.objectContaining({ is_default: false })])
    expect(find({ vpc_id: 'vpc-0' })).toEqual([])
  })
})
