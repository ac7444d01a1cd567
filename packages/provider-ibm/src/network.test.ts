import { Cidr, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { network, workloadZones } from './network.ts'

const existing = {
  vpc: 'r022-1', vpcCrn: 'crn:v1:bluemix:public:is:jp-tok:a/123456::vpc:r022-1', routingTable: 'r022-2', gatewaySubnet: '02e7-3',
}

describe('network', () => {
  const { resources, exports } = network(siteWith({ resourceGroup: 'group-1', tags: ['team:net'] }))

  it('makes a VPC without addresses of its own', () => {
    expect(resources[0]).toEqual({
      type: 'ibm_is_vpc', name: 'north', body: { name: 'mesh-north', address_prefix_management: 'manual', resource_group: 'group-1', tags: ['team:net'] },
    })
  })

  it('makes an address prefix for each subnet, and the subnet only behind it', () => {
    const place = { name: 'mesh-north--data', vpc: ref('ibm_is_vpc.north', 'id'), zone: 'jp-tok-2' }
    expect(resources).toHaveLength(1 + 2 * 3)
    expect(resources.slice(3, 5)).toEqual([
      { type: 'ibm_is_vpc_address_prefix', name: 'north--data', body: { ...place, cidr: '10.1.1.0/24' } },
      {
        type: 'ibm_is_subnet', name: 'north--data', body: { ...place, ipv4_cidr_block: '10.1.1.0/24', resource_group: 'group-1', tags: ['team:net'] },
        dependsOn: ['ibm_is_vpc_address_prefix.north--data'],
      },
    ])
  })

  it('puts a subnet that names no zone into the first one', () => {
    expect(resources.at(-1)?.body).toMatchObject({ name: 'mesh-north--gateway', zone: 'jp-tok-1', ipv4_cidr_block: '10.1.255.0/27' })
  })

  it('exports what the gateway and its links need', () => {
    expect(exports).toEqual({
      vpc_id: ref('ibm_is_vpc.north', 'id'),
      vpc_crn: ref('ibm_is_vpc.north', 'crn'),
      routing_table_id: ref('ibm_is_vpc.north', 'default_routing_table'),
      gateway_subnet_id: ref('ibm_is_subnet.north--gateway', 'id'),
    })
  })

  it('makes names of subnets acceptable and keeps them apart', () => {
    const subnets = ['Web 1', 'web-1', 'gw'].map((name, index) => ({ name, cidr: Cidr.of(`10.1.${index}.0/24`), purpose: name === 'gw' ? 'gateway' : 'workload' } as const))
    const names = network(siteWith({}, { subnets })).resources.filter(({ type }) => type === 'ibm_is_subnet').map(({ name, body }) => [name, body['name']])
    expect(names).toEqual([
      [expect.stringMatching(/^north--web-1-[0-9a-f]{8}$/), expect.stringMatching(/^mesh-north--web-1-[0-9a-f]{8}$/)],
      ['north--web-1', 'mesh-north--web-1'],
      ['north--gw', 'mesh-north--gw'],
    ])
  })

  it('makes nothing for an existing network and passes its ids on', () => {
    expect(network(siteWith({ existing }))).toEqual({
      resources: [], exports: { vpc_id: existing.vpc, vpc_crn: existing.vpcCrn, routing_table_id: existing.routingTable, gateway_subnet_id: existing.gatewaySubnet },
    })
  })

  it('does not go on without a gateway subnet, or without a zone', () => {
    expect(() => network(siteWith({}, { subnets: [] }))).toThrow(/gateway/)
    expect(() => network(siteWith({}, { zones: [] }))).toThrow(/gateway of north has no zone/)
  })
})

describe('workloadZones', () => {
  it.each([
    ['the zones of its workload subnets', siteWith({}, { zones: ['jp-tok-3', 'jp-tok-1'] }), ['jp-tok-1', 'jp-tok-2']],
    ['each zone once', siteWith({}, { subnets: siteWith().subnets.map(({ name, cidr, purpose }) => ({ name, cidr, purpose })) }), ['jp-tok-1']],
    ['all its zones where the network exists', siteWith({ existing }), ['jp-tok-1', 'jp-tok-2']],
  ])('of a site are %s', (_, site, zones) => {
    expect(workloadZones(site)).toEqual(zones)
  })
})
