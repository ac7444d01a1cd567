import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { type Sample, sample } from './sample.fixture.ts'

type Make = (made: Sample) => unknown

describe('a VPC', () => {
  it('computes its names in other services, and the table that its subnets use', () => {
    const { vpc, gatewaySubnet } = sample()
    expect(vpc).toMatchObject({
      id: expect.stringMatching(/^r022-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/), crn: `crn:v1:bluemix:public:is:jp-tok:a/a1b2c3d4e5f6478091a2b3c4d5e6f708::vpc:${String(vpc['id'])}`, status: 'available',
      resource_name: 'net', tags: [],
    })
    expect(gatewaySubnet).toMatchObject({ routing_table: vpc['default_routing_table'], total_ipv4_address_count: 32, available_ipv4_address_count: 27 })
  })

  it('gets its region from the provider', () => {
    const { cloud } = sample()
    const elsewhere = { ...cloud.context('ibm_is_vpc'), provider: { region: 'eu-de' } }
    expect(cloud.cloud.behaviours['ibm_is_vpc']?.id?.({ name: 'net' }, elsewhere)).toMatch(/^r010-/)
  })

  it('stays while it has subnets', () => {
    const { cloud, vpc, gateway, gatewaySubnet } = sample()
    expect(refusalOf(() => cloud.remove('ibm_is_vpc', vpc)).message).toContain('vpc_in_use')
    expect(refusalOf(() => cloud.remove('ibm_is_subnet', gatewaySubnet)).message).toContain('subnet_in_use')
    cloud.remove('ibm_is_vpn_gateway', gateway)
    cloud.remove('ibm_is_subnet', gatewaySubnet)
    expect(() => cloud.remove('ibm_is_vpc', vpc)).not.toThrow()
  })

  it('is one of ten in a region', () => {
    const { make } = sample()
    for (let count = 1; count < 10; count += 1) make('is_vpc', { name: `net-${count}` })
    expect(refusalOf(() => make('is_vpc', { name: 'net-10' })).message).toContain('over_quota')
  })
})

describe('names', () => {
  it.each([
    ['a second VPC of a name', ({ make }) => make('is_vpc', { name: 'net' }), ({ make }) => make('is_vpc', { name: 'net-2' }), 'not unique'],
    ['a second subnet of a name in a VPC', ({ subnet }) => subnet('gateway', '10.1.1.0/24'), ({ subnet, make }) => subnet('gateway', '10.1.1.0/24', 1, { vpc: make('is_vpc', { name: 'other' })['id'] }), 'not unique'],
    ['a capital', ({ make }) => make('is_vpc', { name: 'Net' }), ({ make }) => make('is_vpc', { name: 'n--et' }), 'should match regexp'],
    ['64 characters', ({ make }) => make('is_vpc', { name: 'n'.repeat(64) }), ({ make }) => make('is_vpc', { name: 'n'.repeat(63) }), 'at most 63'],
  ] satisfies [string, Make, Make, string][])('refuse %s and accept its neighbour', (_what, refused, accepted, detail) => {
    expect(refusalOf(() => refused(sample())).detail).toContain(detail)
    expect(() => accepted(sample())).not.toThrow()
  })

  it('are free again after a change of name', () => {
    const { cloud, vpc, make } = sample()
    expect(refusalOf(() => cloud.update(make('is_vpc', { name: 'other' }), 'ibm_is_vpc', { name: 'net' })).detail).toContain('not unique')
    cloud.update(vpc, 'ibm_is_vpc', { name: 'renamed' })
    expect(make('is_vpc', { name: 'net' })['id']).not.toBe(vpc['id'])
  })
})

describe('address prefixes and subnets', () => {
  const prefix = (cidr: string, change: Attributes = {}): Make => ({ make, vpc }) => make('is_vpc_address_prefix', { name: 'p', vpc: vpc['id'], zone: 'jp-tok-1', cidr, ...change })
  const inside = (cidr: string, zone = 'jp-tok-2'): Make => (made) => {
    prefix('10.2.0.0/16', { zone: 'jp-tok-2' })(made)
    made.make('is_subnet', { name: 'one', vpc: made.vpc['id'], zone: 'jp-tok-2', ipv4_cidr_block: '10.2.0.0/24' })
    return made.make('is_subnet', { name: 's', vpc: made.vpc['id'], zone, ipv4_cidr_block: cidr })
  }

  it.each([
    ['a prefix with host bits', prefix('10.9.0.1/24'), prefix('10.9.0.0/24'), 'is no network'],
    ['a prefix that is too large', prefix('10.0.0.0/8'), prefix('11.0.0.0/9'), 'is no network of /9 to /28'],
    ['a prefix that is too small', prefix('10.9.0.0/29'), prefix('10.9.0.0/28'), 'is no network of /9 to /28'],
    ['a prefix of the cloud’s own services', prefix('161.26.0.0/24'), prefix('161.27.0.0/24'), 'cannot be used'],
    ['a prefix in the metadata range', prefix('169.254.0.0/17'), prefix('169.253.0.0/17'), 'cannot be used'],
    ['a prefix over another one', prefix('10.1.254.0/23'), prefix('10.1.252.0/23'), 'overlaps address prefix 10.1.255.0/27'],
    ['a zone of another region', prefix('10.9.0.0/24', { zone: 'eu-de-1' }), prefix('10.9.0.0/24', { zone: 'jp-tok-3' }), 'not in region jp-tok'],
    ['a fourth zone', prefix('10.9.0.0/24', { zone: 'jp-tok-4' }), prefix('10.9.0.0/24'), 'not in region jp-tok'],
    ['a VPC that is not there', prefix('10.9.0.0/24', { vpc: 'none' }), prefix('10.9.0.0/24'), 'was not found'],
    ['a subnet outside all prefixes', inside('10.3.0.0/24'), inside('10.2.1.0/24'), 'in no address prefix'],
    ['a subnet in another zone than its prefix', inside('10.2.1.0/24', 'jp-tok-1'), inside('10.2.1.0/24'), 'in no address prefix of the VPC in zone jp-tok-1'],
    ['a subnet over another one', inside('10.2.0.128/25'), inside('10.2.1.0/25'), 'overlaps subnet one'],
    ['a subnet that is too small', inside('10.2.1.0/30'), inside('10.2.1.0/29'), '/29 or larger'],
  ] satisfies [string, Make, Make, string][])('refuse %s and accept its neighbour', (_what, refused, accepted, detail) => {
    expect(refusalOf(() => refused(sample())).detail).toContain(detail)
    expect(() => accepted(sample())).not.toThrow()
  })

  it('stay while a subnet is in them, and say so', () => {
    const { cloud, subnet } = sample()
    const made = subnet('work', '10.1.1.0/24')
    const home = cloud.context('ibm_is_subnet').list('ibm_is_vpc_address_prefix').find(({ attributes }) => attributes['name'] === 'work')?.attributes ?? {}
    expect(cloud.read('ibm_is_vpc_address_prefix', home)['has_subnets']).toBe(true)
    expect(refusalOf(() => cloud.remove('ibm_is_vpc_address_prefix', home)).message).toContain('address_prefix_in_use')
    cloud.remove('ibm_is_subnet', made)
    expect(() => cloud.remove('ibm_is_vpc_address_prefix', home)).not.toThrow()
  })
})
