import { Cidr, networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { sampleSite } from '../test/samples.ts'
import { network, routeTables } from './network.ts'

const vpc = 'tencentcloud_vpc.south'

describe('network', () => {
  it('makes a VPC and its subnets, each in its zone or the first one', () => {
    expect(network(sampleSite({ tags: { team: 'net' } }))).toEqual({
      resources: [
        { type: 'tencentcloud_vpc', name: 'south', body: { name: 'mesh-south', cidr_block: '10.10.0.0/16', tags: { team: 'net' } } },
        ...[['apps', '10.10.1.0/24', 'ap-seoul-2'], ['data', '10.10.2.0/24', 'ap-seoul-1']].map(([name, cidr_block, availability_zone]) => ({
          type: 'tencentcloud_subnet',
          name: `south--${name}`,
          body: { name: `mesh-south--${name}`, vpc_id: ref(vpc, 'id'), cidr_block, availability_zone, tags: { team: 'net' } },
        })),
      ],
      exports: { vpc_id: ref(vpc, 'id'), route_table_id: ref(vpc, 'default_route_table_id') },
    })
  })

  it('puts further blocks beside the first', () => {
    const cidrs = ['10.10.0.0/16', '10.11.0.0/16', '192.168.0.0/20'].map((text) => Cidr.of(text))
    expect(network(sampleSite({}, { cidrs })).resources[0]?.body).toEqual({ name: 'mesh-south', cidr_block: '10.10.0.0/16', assistant_cidrs: ['10.11.0.0/16', '192.168.0.0/20'] })
  })

  it('shortens the name of a subnet that is too long', () => {
    const subnets = [{ name: 'n'.repeat(50), cidr: Cidr.of('10.10.1.0/24'), purpose: 'workload' as const }]
    expect(String(network(sampleSite({}, { subnets })).resources[1]?.body['name'])).toHaveLength(60)
  })

  it.each([
    ['without an address block', { cidrs: [] }, /no address block/],
    ['without a zone', { zones: [] }, /no zone/],
  ])('does not go on %s', (_what, change, message) => {
    expect(() => network(sampleSite({}, change))).toThrow(message)
  })
})

describe('an existing network', () => {
  it('has its default route table looked up', () => {
    const site = sampleSite({ existing: { vpcId: 'vpc-1' } })
    expect(network(site)).toEqual({
      resources: [{ type: 'tencentcloud_vpc_route_tables', name: 'south', mode: 'data', body: { vpc_id: 'vpc-1', association_main: true } }],
      exports: { vpc_id: 'vpc-1', route_table_id: ref('data.tencentcloud_vpc_route_tables.south', 'instance_list', 0, 'route_table_id') },
    })
    expect(routeTables(site)).toEqual([{ suffix: '', id: networkExport(site, 'route_table_id') }])
  })

  it('is taken at its word about its route tables', () => {
    const site = sampleSite({ existing: { vpcId: 'vpc-1', routeTableIds: ['rtb-1', 'rtb-2'] } })
    expect(network(site)).toEqual({ resources: [], exports: { vpc_id: 'vpc-1', route_table_id: 'rtb-1' } })
    expect(routeTables(site)).toEqual([{ suffix: '--rtb-1', id: 'rtb-1' }, { suffix: '--rtb-2', id: 'rtb-2' }])
  })
})
