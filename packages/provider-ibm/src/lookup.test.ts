import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { siteOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { ibm } from './index.ts'
import { existing } from './lookup.ts'

const crn = 'crn:v1:bluemix:public:is:jp-tok:a/1::vpc:r022-v'
const state = [
  { address: 'data.ibm_is_vpc.own', type: 'data.ibm_is_vpc', name: 'own', values: { id: 'r022-v', name: null, resource_name: 'old', crn, default_routing_table: 'r022-t' } },
  { address: 'data.ibm_is_subnet.own["r022-g"]', type: 'data.ibm_is_subnet', name: 'own', values: { id: 'r022-g', name: 'gateway', vpc: 'r022-v', ipv4_cidr_block: '10.1.255.0/27', zone: 'jp-tok-1', routing_table: [{ id: 'r022-t' }], available_ipv4_address_count: 27, total_ipv4_address_count: 32 } },
  { address: 'data.ibm_is_subnet.own["r022-a"]', type: 'data.ibm_is_subnet', name: 'own', values: { id: 'r022-a', name: 'apps', vpc: 'r022-v', ipv4_cidr_block: '10.1.1.0/24', zone: 'jp-tok-1', routing_table: [{ id: 'r022-u' }], available_ipv4_address_count: 200, total_ipv4_address_count: 256 } },
  { address: 'data.ibm_is_vpc_address_prefixes.own', type: 'data.ibm_is_vpc_address_prefixes', name: 'own', values: { vpc: 'r022-v', address_prefixes: [{ cidr: '10.1.254.0/23' }, { cidr: '10.1.0.0/18' }] } },
]

const view: NetworkView = {
  cloud: 'ibm', site: 'own', address: 'data.ibm_is_vpc.own', id: 'r022-v', name: 'old', cidrs: ['10.1.0.0/18', '10.1.254.0/23'],
  subnets: [{ name: 'apps', id: 'r022-a', cidr: '10.1.1.0/24', zone: 'jp-tok-1' }, { name: 'gateway', id: 'r022-g', cidr: '10.1.255.0/27', zone: 'jp-tok-1' }],
  details: { crn, defaultRoutingTable: 'r022-t', routingTables: { 'r022-g': 'r022-t', 'r022-a': 'r022-u' }, emptySubnets: ['r022-g'] },
}

it.each(['a/b', 'r022:1'])('has an id that cannot be %s', (id) => {
  expect(id).not.toMatch(existing.id.pattern)
})

it('is read back from the state of a look-up', () => {
  expect(ibm.networks(resourceSetOf(state))).toEqual([view])
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const site = {
      cidrs: ['10.1.0.0/18', '10.1.254.0/23'],
      zones: ['jp-tok-1'],
      subnets: [{ name: 'apps', cidr: '10.1.1.0/24', zone: 'jp-tok-1', purpose: 'workload' }, { name: 'gateway', cidr: '10.1.255.0/27', zone: 'jp-tok-1', purpose: 'gateway' }],
      existing: { vpc: 'r022-v', vpcCrn: crn, routingTable: 'r022-u', gatewaySubnet: 'r022-g' },
    }
    expect(adopted()).toEqual({ ok: true, site })
    expect(() => siteOf(ibm, 'own', { region: 'jp-tok', ...site })).not.toThrow()
  })

  const more = { name: 'more', id: 'r022-m', cidr: '10.1.2.0/24', zone: 'jp-tok-1' }

  it.each<[string, Partial<NetworkView>, string]>([
    ['an empty subnet', { details: { ...view.details, emptySubnets: [] } }, 'no subnet that a gateway could have to itself'],
    ['a subnet beside that of the gateway', { subnets: view.subnets.slice(1) }, 'no subnet that a gateway could have to itself'],
    ['a subnet large enough', { subnets: view.subnets.map((subnet) => ({ ...subnet, cidr: '10.1.3.0/29' })) }, 'no subnet that a gateway could have to itself'],
    ['one routing table', { subnets: [...view.subnets, more], details: { ...view.details, routingTables: { 'r022-a': 'r022-u', 'r022-m': 'r022-t' } } }, 'subnets with 2 routing tables'],
  ])('needs %s', (_, change, what) => {
    expect(adopted(change)).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', title: `the network old has ${what}.` }] })
  })

  it('gives the gateway the smallest empty subnet where none is named for it', () => {
    const subnets = [...view.subnets.map((subnet) => ({ ...subnet, name: 'x' })), more]
    expect(adopted({ subnets, details: { ...view.details, emptySubnets: ['r022-g', 'r022-m'] } })).toMatchObject({ ok: true, site: { existing: { gatewaySubnet: 'r022-g' } } })
  })

  it('uses the default routing table where its subnets name none', () => {
    expect(adopted({ details: { ...view.details, routingTables: {} } })).toMatchObject({ ok: true, site: { existing: { routingTable: 'r022-t' } } })
  })
})
