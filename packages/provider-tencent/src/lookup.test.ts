import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { siteOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { tencent } from './index.ts'
import { existing } from './lookup.ts'

const state = [
  { address: 'data.tencentcloud_vpc_instances.own', type: 'data.tencentcloud_vpc_instances', name: 'own', values: { instance_list: [{ vpc_id: 'vpc-1a', name: 'old', cidr_block: '10.1.0.0/16', common_assistant_cidr: ['10.9.0.0/16'] }] } },
  { address: 'data.tencentcloud_vpc_subnets.own', type: 'data.tencentcloud_vpc_subnets', name: 'own', values: { instance_list: [{ subnet_id: 'subnet-b', name: 'b', vpc_id: 'vpc-1a', cidr_block: '10.1.2.0/24', availability_zone: 'ap-seoul-2' }, { subnet_id: 'subnet-a', name: 'a', vpc_id: 'vpc-1a', cidr_block: '10.1.1.0/24', availability_zone: 'ap-seoul-1' }] } },
  { address: 'data.tencentcloud_vpc_route_tables.own', type: 'data.tencentcloud_vpc_route_tables', name: 'own', values: { instance_list: [{ route_table_id: 'rtb-b' }, { route_table_id: 'rtb-a' }] } },
]

const view: NetworkView = {
  cloud: 'tencent', site: 'own', address: 'data.tencentcloud_vpc_instances.own', id: 'vpc-1a', name: 'old', cidrs: ['10.1.0.0/16', '10.9.0.0/16'], details: { routeTableIds: ['rtb-a', 'rtb-b'] },
  subnets: [{ name: 'a', id: 'subnet-a', cidr: '10.1.1.0/24', zone: 'ap-seoul-1' }, { name: 'b', id: 'subnet-b', cidr: '10.1.2.0/24', zone: 'ap-seoul-2' }],
}

it.each(['subnet-1a2b', 'vpc-A'])('has an id that cannot be %s', (id) => {
  expect(id).not.toMatch(existing.id.pattern)
})

it('is read back from the state of a look-up', () => {
  expect(tencent.networks(resourceSetOf(state))).toEqual([view])
})

it('is none where the look-up found nothing', () => {
  expect(tencent.networks(resourceSetOf([{ address: 'data.tencentcloud_vpc_instances.own', type: 'data.tencentcloud_vpc_instances', name: 'own', values: { instance_list: [] } }]))).toEqual([])
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const site = {
      cidrs: ['10.1.0.0/16', '10.9.0.0/16'],
      zones: ['ap-seoul-1', 'ap-seoul-2'],
      subnets: [{ name: 'a', cidr: '10.1.1.0/24', zone: 'ap-seoul-1', purpose: 'workload' }, { name: 'b', cidr: '10.1.2.0/24', zone: 'ap-seoul-2', purpose: 'workload' }],
      existing: { vpcId: 'vpc-1a', routeTableIds: ['rtb-a', 'rtb-b'] },
    }
    expect(adopted()).toEqual({ ok: true, site })
    expect(() => siteOf(tencent, 'own', { region: 'ap-seoul', ...site })).not.toThrow()
  })

  it('leaves its route table to the cloud where none is known', () => {
    expect(adopted({ details: {} })).toMatchObject({ ok: true, site: { existing: { vpcId: 'vpc-1a' } } })
  })
})
