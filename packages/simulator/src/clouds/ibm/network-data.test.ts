import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

describe('a look-up', () => {
  it('finds a VPC by id and by name, with its subnets', () => {
    const { cloud, vpc, gatewaySubnet, make } = sample()
    make('is_vpc', { name: 'other', address_prefix_management: 'manual' })
    const found = { id: vpc['id'], crn: vpc['crn'], default_routing_table: vpc['default_routing_table'], resource_name: 'net', subnets: [{ id: gatewaySubnet['id'], name: 'gateway', zone: 'jp-tok-1', total_ipv4_address_count: 32 }] }
    expect(cloud.data('ibm_is_vpc', { identifier: vpc['id'] })).toMatchObject(found)
    expect(cloud.data('ibm_is_vpc', { name: 'net' })).toMatchObject(found)
  })

  it('finds a subnet with its routing table', () => {
    const { cloud, vpc, gatewaySubnet } = sample()
    expect(cloud.data('ibm_is_subnet', { identifier: gatewaySubnet['id'] })).toMatchObject({ ipv4_cidr_block: '10.1.255.0/27', vpc: vpc['id'], vpc_name: 'net', routing_table: [{ id: vpc['default_routing_table'] }] })
  })

  it('finds the address prefixes of a VPC, all or by name', () => {
    const { cloud, vpc, subnet, make } = sample()
    subnet('apps', '10.1.1.0/24', 2)
    const other = make('is_vpc', { name: 'other', address_prefix_management: 'manual' })
    make('is_vpc_address_prefix', { name: 'far', vpc: other['id'], zone: 'jp-tok-1', cidr: '10.9.0.0/16' })
    const prefixes = (more: object = {}) => cloud.data('ibm_is_vpc_address_prefixes', { vpc: vpc['id'], ...more })['address_prefixes']
    expect(prefixes()).toMatchObject([{ cidr: '10.1.255.0/27', zone: [{ name: 'jp-tok-1' }] }, { cidr: '10.1.1.0/24', zone: [{ name: 'jp-tok-2' }] }])
    expect(prefixes({ name: 'apps' })).toMatchObject([{ cidr: '10.1.1.0/24' }])
    expect(refusalOf(() => prefixes({ name: 'far' })).detail).toContain('no AddressPrefixes found')
  })

  it.each(['ibm_is_vpc', 'ibm_is_subnet'])('of %s is refused where nothing has the id', (type) => {
    expect(refusalOf(() => sample().cloud.data(type, { identifier: 'r022-nowhere' })).message).toContain('not_found')
  })
})
