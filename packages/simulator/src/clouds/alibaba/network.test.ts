import { describe, expect, it } from 'vitest'
import { InMemoryCloud, refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { alibabaCloud } from './index.ts'
import { sample } from './sample.fixture.ts'

describe('a VPC', () => {
  it('comes with a router and a system route table', () => {
    const { vpc } = sample()
    expect(vpc).toMatchObject({
      id: expect.stringMatching(/^vpc-[0-9a-f]{20}$/), route_table_id: expect.stringMatching(/^vtb-/), router_id: expect.stringMatching(/^vrt-/),
      router_table_id: vpc['route_table_id'], name: 'net', region_id: 'ap-northeast-1', status: 'Available', secondary_cidr_blocks: [],
    })
  })

  it.each([
    ['host bits', '10.4.0.1/16', '10.5.0.0/16'],
    ['more than a /8', '10.0.0.0/7', '10.0.0.0/8'],
    ['less than a /28', '192.168.0.0/29', '192.168.0.0/28'],
    ['the shared address space', '100.64.0.0/16', '100.128.0.0/16'],
    ['link-local addresses', '169.254.0.0/16', '169.253.0.0/16'],
    ['multicast', '224.0.0.0/8', '223.0.0.0/8'],
    ['loopback', '127.0.0.0/16', '126.0.0.0/16'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted) => {
    const { make } = sample()
    expect(refusalOf(() => make('vpc', { cidr_block: refused }))).toMatchObject({ message: expect.stringContaining('InvalidCidrBlock.Malformed'), path: ['cidr_block'] })
    expect(() => make('vpc', { cidr_block: accepted })).not.toThrow()
  })

  it('has the whole of 172.16.0.0/12 where nobody says otherwise', () => {
    expect(sample().make('vpc', {})['cidr_block']).toBe('172.16.0.0/12')
  })

  it('shows further blocks and stays while something is in it', () => {
    const { cloud, make, vpc } = sample()
    make('vpc_ipv4_cidr_block', { vpc_id: vpc['id'], secondary_cidr_block: '10.5.0.0/16' })
    expect(cloud.read('alicloud_vpc', vpc)['secondary_cidr_blocks']).toEqual(['10.5.0.0/16'])
    expect(refusalOf(() => cloud.remove('alicloud_vpc', vpc)).message).toContain('DependencyViolation.VSwitch')
    const empty = make('vpc', { cidr_block: '10.6.0.0/16' })
    const table = make('route_table', { vpc_id: empty['id'], route_table_name: 'own' })
    expect(refusalOf(() => cloud.remove('alicloud_vpc', empty)).message).toContain('DependencyViolation.RouteTable')
    cloud.remove('alicloud_route_table', table)
    expect(() => cloud.remove('alicloud_vpc', empty)).not.toThrow()
  })
})

describe('a further block of a VPC', () => {
  it.each([
    ['one that overlaps', '10.4.128.0/17', '10.5.0.0/16', 'overlaps a CIDR block'],
    ['one that is none', '10.5.0.1/16', '10.5.0.0/16', 'is not valid'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { make, vpc } = sample()
    const add = (secondary_cidr_block: string) => make('vpc_ipv4_cidr_block', { vpc_id: vpc['id'], secondary_cidr_block })
    expect(refusalOf(() => add(refused)).detail).toContain(detail)
    expect(add(accepted)['id']).toBe(`${String(vpc['id'])}:${accepted}`)
    expect(refusalOf(() => add('10.5.64.0/18')).detail).toContain('overlaps a CIDR block')
  })

  it('stays while a vSwitch is in it', () => {
    const { cloud, make, vpc } = sample()
    const block = make('vpc_ipv4_cidr_block', { vpc_id: vpc['id'], secondary_cidr_block: '10.5.0.0/16' })
    const vswitch = make('vswitch', { vpc_id: vpc['id'], cidr_block: '10.5.1.0/24', zone_id: 'ap-northeast-1a' })
    expect(refusalOf(() => cloud.remove('alicloud_vpc_ipv4_cidr_block', block)).message).toContain('DependencyViolation')
    cloud.remove('alicloud_vswitch', vswitch)
    expect(() => cloud.remove('alicloud_vpc_ipv4_cidr_block', block)).not.toThrow()
  })
})

describe('a vSwitch', () => {
  const cases: [string, object, object, string][] = [
    ['a block outside of its VPC', { cidr_block: '10.5.0.0/24' }, { cidr_block: '10.4.2.0/24' }, 'InvalidCidrBlock.Malformed'],
    ['less than a /29', { cidr_block: '10.4.2.0/30' }, { cidr_block: '10.4.2.0/29' }, 'InvalidCidrBlock.Malformed'],
    ['a block that is taken', { cidr_block: '10.4.0.128/25' }, { cidr_block: '10.4.2.0/25' }, 'InvalidCidrBlock.Overlapped'],
    ['a zone of another region', { zone_id: 'ap-northeast-2a' }, { zone_id: 'ap-northeast-1c' }, 'InvalidZoneId.NotFound'],
    ['a zone with a hyphen too many', { zone_id: 'ap-northeast-1-a' }, { zone_id: 'ap-northeast-1a' }, 'InvalidZoneId.NotFound'],
    ['no zone', { zone_id: null }, { zone_id: null, availability_zone: 'ap-northeast-1a' }, 'InvalidZoneId.NotFound'],
    ['a VPC that is not there', { vpc_id: 'vpc-none' }, {}, 'InvalidVpcId.NotFound'],
  ]
  it.each(cases)('refuses %s and accepts its neighbour', (_what, refused, accepted, code) => {
    const { make, vpc } = sample()
    const config = { vpc_id: vpc['id'], cidr_block: '10.4.2.0/24', zone_id: 'ap-northeast-1a' }
    expect(refusalOf(() => make('vswitch', { ...config, ...refused })).message).toContain(code)
    expect(() => make('vswitch', { ...config, ...accepted })).not.toThrow()
  })

  it('has a zone with a hyphen where its region ends in a letter', () => {
    const cloud = new InMemoryCloud(alibabaCloud, {})
    const vpc = cloud.create('alicloud_vpc', { cidr_block: '10.4.0.0/16' })
    const make = (zone_id: string, cidr_block: string) => cloud.create('alicloud_vswitch', { vpc_id: vpc['id'], cidr_block, zone_id })
    expect(refusalOf(() => make('cn-beijinga', '10.4.0.0/24')).message).toContain('InvalidZoneId.NotFound')
    expect(make('cn-beijing-a', '10.4.0.0/24')['availability_zone']).toBe('cn-beijing-a')
  })

  it('stays while a gateway is in it', () => {
    const { cloud, gateway, vswitches } = sample()
    const made = gateway()
    for (const vswitch of vswitches) expect(refusalOf(() => cloud.remove('alicloud_vswitch', vswitch)).message).toContain('DependencyViolation.VpnGateway')
    cloud.remove('alicloud_vpn_gateway', made)
    expect(() => cloud.remove('alicloud_vswitch', vswitches[0])).not.toThrow()
  })
})
