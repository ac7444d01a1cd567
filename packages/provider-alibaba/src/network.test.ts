import { Cidr, findOverlaps, ref } from '@isthmus/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { facts } from './facts.ts'
import { gatewayVswitches } from './gateway-vswitches.ts'
import { network } from './network.ts'

const subnet = (name: string, cidr: string, zone?: string) => ({ name, cidr: Cidr.of(cidr), purpose: 'workload' as const, ...(zone === undefined ? {} : { zone }) })

describe('network', () => {
  it('makes a VPC and its vSwitches, and hands on two of them in two zones', () => {
    const { resources, exports } = network(siteWith({ tags: { team: 'network' } }))
    expect(resources).toEqual([
      { type: 'alicloud_vpc', name: 'north', body: { vpc_name: 'mesh-north', cidr_block: '10.4.0.0/16', tags: { team: 'network' } } },
      {
        type: 'alicloud_vswitch',
        name: 'north--workload-a',
        body: { vswitch_name: 'mesh-north--workload-a', vpc_id: ref('alicloud_vpc.north', 'id'), cidr_block: '10.4.0.0/18', zone_id: 'ap-northeast-1a', tags: { team: 'network' } },
      },
      {
        type: 'alicloud_vswitch',
        name: 'north--workload-b',
        body: { vswitch_name: 'mesh-north--workload-b', vpc_id: ref('alicloud_vpc.north', 'id'), cidr_block: '10.4.64.0/18', zone_id: 'ap-northeast-1b', tags: { team: 'network' } },
      },
    ])
    expect(exports).toEqual({
      vpc_id: ref('alicloud_vpc.north', 'id'), vswitch_0: ref('alicloud_vswitch.north--workload-a', 'id'), vswitch_1: ref('alicloud_vswitch.north--workload-b', 'id'),
    })
  })

  it('adds further blocks one after another, and before the vSwitches in them', () => {
    const { resources } = network(siteWith({}, { cidrs: ['10.4.0.0/16', '10.5.0.0/16', '10.6.0.0/16'].map((text) => Cidr.of(text)) }))
    const order = resources.map(({ name, dependsOn }) => [name, dependsOn])
    const blocks = ['alicloud_vpc_ipv4_cidr_block.north--10-5-0-0-16', 'alicloud_vpc_ipv4_cidr_block.north--10-6-0-0-16']
    expect(order).toEqual([
      ['north', undefined], ['north--10-5-0-0-16', undefined], ['north--10-6-0-0-16', blocks.slice(0, 1)], ['north--workload-a', blocks], ['north--workload-b', blocks],
    ])
  })

  it('makes nothing where there is a VPC', () => {
    const existing = { vpcId: 'vpc-0xi1', vswitchIds: ['vsw-0xi1', 'vsw-0xi2'] }
    expect(network(siteWith({ existing }))).toEqual({ resources: [], exports: { vpc_id: 'vpc-0xi1', vswitch_0: 'vsw-0xi1', vswitch_1: 'vsw-0xi2' } })
  })

  it('makes the vSwitch that only the gateway uses', () => {
    const { resources, exports } = network(siteWith({}, { subnets: [subnet('apps', '10.4.0.0/24', 'ap-northeast-1a')] }))
    expect(resources.at(-1)).toMatchObject({ name: 'north--vpn', body: { vswitch_name: 'mesh-north--vpn', cidr_block: '10.4.255.248/29', zone_id: 'ap-northeast-1b' } })
    expect(exports['vswitch_1']).toEqual(ref('alicloud_vswitch.north--vpn', 'id'))
  })

  it('makes a VPC alone where nothing is linked to it and it has no subnet yet', () => {
    const { resources, exports } = network(siteWith({}, { subnets: [], unlinked: true }))
    expect([resources.map(({ type }) => type), exports]).toEqual([['alicloud_vpc'], { vpc_id: ref('alicloud_vpc.north', 'id') }])
  })

  it('refuses a site without an address block or a subnet', () => {
    expect(() => network(siteWith({}, { cidrs: [] }))).toThrow(/without an address block/)
    expect(() => network(siteWith({}, { subnets: [] }))).toThrow(/without a subnet/)
  })
})

describe('gatewayVswitches', () => {
  const seoul = { region: 'ap-northeast-2', zones: ['ap-northeast-2a'] }
  const cases: [string, Parameters<typeof siteWith>[1], string[]][] = [
    ['the first two in different zones', { subnets: [subnet('a', '10.4.0.0/24', 'ap-northeast-1a'), subnet('b', '10.4.1.0/24', 'ap-northeast-1a'), subnet('c', '10.4.2.0/24', 'ap-northeast-1b')] }, ['a ap-northeast-1a', 'c ap-northeast-1b']],
    ['a subnet without a zone in the first of the site', { subnets: [subnet('a', '10.4.0.0/24'), subnet('b', '10.4.1.0/24', 'ap-northeast-1b')] }, ['a ap-northeast-1a', 'b ap-northeast-1b']],
    ['a small one in another zone of the site', { subnets: [subnet('a', '10.4.0.0/24', 'ap-northeast-1b')] }, ['a ap-northeast-1b', 'vpn ap-northeast-1a']],
    ['a small one in another zone of the region', { zones: ['ap-northeast-1c'], subnets: [subnet('a', '10.4.0.0/24')] }, ['a ap-northeast-1c', 'vpn ap-northeast-1a']],
    ['a small one of another name where that is taken', { subnets: [subnet('vpn', '10.4.0.0/24')] }, ['vpn ap-northeast-1a', 'vpn-gateway-only ap-northeast-1b']],
    ['two of the only zone there is', { ...seoul, subnets: [subnet('a', '10.4.0.0/24'), subnet('b', '10.4.1.0/24')] }, ['a ap-northeast-2a', 'b ap-northeast-2a']],
    ['one twice where there is no other', { ...seoul, subnets: [subnet('a', '10.4.0.0/24')] }, ['a ap-northeast-2a', 'a ap-northeast-2a']],
    ['one twice where there is no room either', { subnets: [subnet('a', '10.4.0.0/16')] }, ['a ap-northeast-1a', 'a ap-northeast-1a']],
    ['a small one in a second block', { cidrs: [Cidr.of('10.4.0.0/16'), Cidr.of('10.5.0.0/16')], subnets: [subnet('a', '10.4.0.0/16')] }, ['a ap-northeast-1a', 'vpn ap-northeast-1b']],
  ]
  it.each(cases)('takes %s', (_, change, expected) => {
    expect(gatewayVswitches(siteWith({}, change)).pair.map(({ name, zone }) => `${name} ${zone}`)).toEqual(expected)
  })

  it('never lays the small one over another or outside of the network', () => {
    const blocks = fc.uniqueArray(fc.nat({ max: 15 }), { minLength: 1, maxLength: 15 })
    fc.assert(fc.property(blocks, fc.constantFrom('10.4.0.0/20', '192.168.16.0/20'), (positions, text) => {
      const cidr = Cidr.of(text)
      const subnets = positions.map((position) => ({ ...subnet(`s-${position}`, '10.0.0.0/8', 'ap-northeast-1a'), cidr: cidr.child(24, position) }))
      const { pair, spare } = gatewayVswitches(siteWith({}, { cidrs: [cidr], subnets }))
      expect(spare).toBeDefined()
      expect(pair[1]).toBe(spare)
      expect(spare && cidr.contains(spare.cidr)).toBe(true)
      expect(spare?.zone).not.toBe('ap-northeast-1a')
      expect(findOverlaps([...subnets.map((each) => each.cidr), ...(spare ? [spare.cidr] : [])])).toEqual([])
      expect(Number(spare?.cidr.size)).toBeGreaterThan(facts.network.subnet.reservedAddresses.value)
      expect(spare?.cidr.prefix).toBeLessThanOrEqual(facts.network.subnet.prefix.value.max)
    }))
  })
})
