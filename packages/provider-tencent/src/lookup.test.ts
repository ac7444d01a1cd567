import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { lookUp, siteOf } from '@isthmus/provider-kit/samples'
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

describe('an id', () => {
  it.each(['vpc-1a2b3c4d'])('can be %s', (id) => {
    expect(id).toMatch(existing.id.pattern)
  })

  it.each(['', 'subnet-1a2b', 'vpc-A'])('cannot be %s', (id) => {
    expect(id).not.toMatch(existing.id.pattern)
  })
})

describe('a look-up', () => {
  const { stacks, types } = lookUp(tencent, 'ap-seoul', 'vpc-1a')

  it('composes into the stack of a network, with data sources alone', () => {
    expect(stacks).toEqual(['network-own'])
    expect(types).toEqual(['data.tencentcloud_vpc_instances', 'data.tencentcloud_vpc_route_tables', 'data.tencentcloud_vpc_subnets'])
  })

  it('is read back from a state', () => {
    expect(tencent.networks(resourceSetOf(state))).toEqual([view])
  })

  it('that found nothing gives no network', () => {
    expect(tencent.networks(resourceSetOf([{ address: 'data.tencentcloud_vpc_instances.own', type: 'data.tencentcloud_vpc_instances', name: 'own', values: { instance_list: [] } }]))).toEqual([])
  })
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const result = adopted()
    expect(result).toEqual({ ok: true, site: {
      cidrs: ['10.1.0.0/16', '10.9.0.0/16'],
      zones: ['ap-seoul-1', 'ap-seoul-2'],
      subnets: [{ name: 'a', cidr: '10.1.1.0/24', zone: 'ap-seoul-1', purpose: 'workload' }, { name: 'b', cidr: '10.1.2.0/24', zone: 'ap-seoul-2', purpose: 'workload' }],
      existing: { vpcId: 'vpc-1a', routeTableIds: ['rtb-a', 'rtb-b'] },
    } })
    expect(() => siteOf(tencent, 'own', { region: 'ap-seoul', ...(result.ok ? result.site : {}) })).not.toThrow()
  })

  it('must be there', () => {
    expect(adopted({ id: { token: 'tencent.own.id' } })).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', hint: 'apply its stack first.' }] })
  })

  it('leaves its route table to the cloud where none is known', () => {
    expect(adopted({ details: {} })).toMatchObject({ ok: true, site: { existing: { vpcId: 'vpc-1a' } } })
  })
})
