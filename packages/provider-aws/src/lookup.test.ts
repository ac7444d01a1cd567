import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { siteOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { aws } from './index.ts'
import { existing } from './lookup.ts'

const state = [
  { address: 'data.aws_vpc.own', type: 'data.aws_vpc', name: 'own', values: { id: 'vpc-0a1', cidr_block: '10.1.0.0/16', cidr_block_associations: [{ cidr_block: '10.1.0.0/16' }, { cidr_block: '10.9.0.0/16', state: 'associated' }, { cidr_block: '10.8.0.0/16', state: 'disassociated' }], tags: { Name: 'old' } } },
  { address: 'data.aws_subnet.own["subnet-0b"]', type: 'data.aws_subnet', name: 'own', values: { id: 'subnet-0b', vpc_id: 'vpc-0a1', cidr_block: '10.1.2.0/24', availability_zone: 'ap-northeast-2a', tags: {} } },
  { address: 'data.aws_subnet.own["subnet-0a"]', type: 'data.aws_subnet', name: 'own', values: { id: 'subnet-0a', vpc_id: 'vpc-0a1', cidr_block: '10.1.1.0/24', availability_zone: 'ap-northeast-2a', tags: { Name: 'apps' } } },
  { address: 'data.aws_subnet.own["subnet-0c"]', type: 'data.aws_subnet', name: 'own', values: { id: 'subnet-0c', vpc_id: 'vpc-0a1', cidr_block: '10.9.1.0/24', availability_zone: 'ap-northeast-2b', tags: null } },
  { address: 'data.aws_route_tables.own', type: 'data.aws_route_tables', name: 'own', values: { vpc_id: 'vpc-0a1', ids: ['rtb-0b', 'rtb-0a'] } },
]

const view: NetworkView = {
  cloud: 'aws', site: 'own', address: 'data.aws_vpc.own', id: 'vpc-0a1', name: 'old', cidrs: ['10.1.0.0/16', '10.9.0.0/16'], details: { routeTableIds: ['rtb-0a', 'rtb-0b'] },
  subnets: [
    { name: 'apps', id: 'subnet-0a', cidr: '10.1.1.0/24', zone: 'ap-northeast-2a' }, { name: '', id: 'subnet-0b', cidr: '10.1.2.0/24', zone: 'ap-northeast-2a' },
    { name: '', id: 'subnet-0c', cidr: '10.9.1.0/24', zone: 'ap-northeast-2b' },
  ],
}

it.each(['subnet-0a1', 'vpc-XYZ', '${vpc-1}'])('has an id that cannot be %s', (id) => {
  expect(id).not.toMatch(existing.id.pattern)
})

it('is read back from the state of a look-up', () => {
  expect(aws.networks(resourceSetOf(state))).toEqual([view])
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const site = {
      cidrs: ['10.1.0.0/16', '10.9.0.0/16'],
      zones: ['ap-northeast-2a', 'ap-northeast-2b'],
      subnets: [
        { name: 'apps', cidr: '10.1.1.0/24', zone: 'ap-northeast-2a', purpose: 'workload' }, { name: 'subnet-0b', cidr: '10.1.2.0/24', zone: 'ap-northeast-2a', purpose: 'workload' },
        { name: 'subnet-0c', cidr: '10.9.1.0/24', zone: 'ap-northeast-2b', purpose: 'workload' },
      ],
      existing: { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a', 'rtb-0b'], subnetIds: ['subnet-0a', 'subnet-0c'] },
    }
    expect(adopted()).toEqual({ ok: true, site })
    expect(() => siteOf(aws, 'own', { region: 'ap-northeast-2', ...site })).not.toThrow()
  })

  it('needs a route table', () => {
    expect(adopted({ details: {} })).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', title: 'the network old has no route table.' }] })
  })
})
