import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { siteOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { alibaba } from './index.ts'
import { existing } from './lookup.ts'

const state = [
  { address: 'data.alicloud_vpcs.own', type: 'data.alicloud_vpcs', name: 'own', values: { vpcs: [{ vpc_id: 'vpc-mj7', vpc_name: 'old', cidr_block: '10.1.0.0/16', secondary_cidr_blocks: ['10.9.0.0/16'] }] } },
  { address: 'data.alicloud_vswitches.own', type: 'data.alicloud_vswitches', name: 'own', values: { vswitches: [{ vswitch_id: 'vsw-b', vswitch_name: 'b', vpc_id: 'vpc-mj7', cidr_block: '10.1.2.0/24', zone_id: 'ap-northeast-1b' }, { vswitch_id: 'vsw-a', vswitch_name: 'a', vpc_id: 'vpc-mj7', cidr_block: '10.1.1.0/24', zone_id: 'ap-northeast-1a' }] } },
  { address: 'data.alicloud_route_tables.own', type: 'data.alicloud_route_tables', name: 'own', values: { tables: [{ route_table_id: 'vtb-s', route_table_type: 'System' }, { route_table_id: 'vtb-c', route_table_type: 'Custom' }] } },
]

const view: NetworkView = {
  cloud: 'alibaba', site: 'own', address: 'data.alicloud_vpcs.own', id: 'vpc-mj7', name: 'old', cidrs: ['10.1.0.0/16', '10.9.0.0/16'], details: { routeTableIds: ['vtb-c'] },
  subnets: [{ name: 'a', id: 'vsw-a', cidr: '10.1.1.0/24', zone: 'ap-northeast-1a' }, { name: 'b', id: 'vsw-b', cidr: '10.1.2.0/24', zone: 'ap-northeast-1b' }],
}

it.each(['vsw-mj7', 'vpc-A'])('has an id that cannot be %s', (id) => {
  expect(id).not.toMatch(existing.id.pattern)
})

it('is read back from the state of a look-up', () => {
  expect(alibaba.networks(resourceSetOf(state))).toEqual([view])
})

it('is none where the look-up found nothing', () => {
  expect(alibaba.networks(resourceSetOf([{ address: 'data.alicloud_vpcs.own', type: 'data.alicloud_vpcs', name: 'own', values: { vpcs: [] } }]))).toEqual([])
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const site = {
      cidrs: ['10.1.0.0/16', '10.9.0.0/16'],
      zones: ['ap-northeast-1a', 'ap-northeast-1b'],
      subnets: [{ name: 'a', cidr: '10.1.1.0/24', zone: 'ap-northeast-1a', purpose: 'workload' }, { name: 'b', cidr: '10.1.2.0/24', zone: 'ap-northeast-1b', purpose: 'workload' }],
      existing: { vpcId: 'vpc-mj7', vswitchIds: ['vsw-a', 'vsw-b'], routeTableIds: ['vtb-c'] },
    }
    expect(adopted()).toEqual({ ok: true, site })
    expect(() => siteOf(alibaba, 'own', { region: 'ap-northeast-1', ...site })).not.toThrow()
  })

  const single = Object.values(alibaba.facts.network.regions.value).find((zones) => zones.length === 1)?.[0]
  const inZone = (zone: string) => ({ subnets: view.subnets.map((subnet) => ({ ...subnet, zone })) })

  it('needs vSwitches in two zones', () => {
    expect(adopted(inZone('ap-northeast-1a'))).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', hint: 'add a vSwitch in another zone, such as ap-northeast-1b.' }] })
    expect(adopted({ subnets: [] })).toMatchObject({ ok: false, findings: [{ title: 'the network old has no vSwitch.' }] })
  })

  it('makes do with one zone where the region has one', () => {
    expect(single).toBeDefined()
    expect(adopted(inZone(single ?? ''))).toMatchObject({ ok: true, site: { existing: { vswitchIds: ['vsw-a', 'vsw-b'] } } })
  })
})
