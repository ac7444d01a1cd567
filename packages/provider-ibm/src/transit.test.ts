import { Cidr, networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { transit, transitCidr } from './transit.ts'

const vpnGateway = 'ibm_is_vpn_gateway.north'

describe('transit', () => {
  it('makes a local transit gateway and attaches the VPC, then the VPN gateway', () => {
    const site = siteWith({ resourceGroup: 'group-1' })
    const timeouts = { create: '30m', delete: '30m' }
    const id = ref('ibm_tg_gateway.north', 'id')
    expect(transit(site, vpnGateway)).toEqual([
      { type: 'ibm_tg_gateway', name: 'north', body: { name: 'mesh-north', location: 'jp-tok', global: false, resource_group: 'group-1', timeouts } },
      {
        type: 'ibm_tg_connection', name: 'north--vpc',
        body: { name: 'mesh-north--vpc', gateway: id, network_type: 'vpc', network_id: networkExport(site, 'vpc_crn'), timeouts },
      },
      {
        type: 'ibm_tg_connection', name: 'north--vpn', dependsOn: ['ibm_tg_connection.north--vpc'],
        body: { name: 'mesh-north--vpn', gateway: id, network_type: 'vpn_gateway', network_id: ref(vpnGateway, 'crn'), cidr: '192.168.255.224/27', timeouts },
      },
    ])
  })

  it('uses a transit gateway that is there', () => {
    const resources = transit(siteWith({ transitGateway: 'tg-1', transitCidr: '10.254.0.0/26' }), vpnGateway)
    expect(resources.map(({ name, body }) => [name, body['gateway'], body['cidr']])).toEqual([['north--vpc', 'tg-1', undefined], ['north--vpn', 'tg-1', '10.254.0.0/26']])
  })
})

describe('transitCidr', () => {
  it.each([
    ['the last block of the last private range', ['10.1.0.0/16'], {}, '192.168.255.224/27'],
    ['another one where the site uses that', ['192.168.0.0/16'], {}, '172.31.255.224/27'],
    ['the last one where the site uses two', ['192.168.255.240/28', '172.16.0.0/12'], {}, '10.255.255.224/27'],
    ['what the user says', ['10.1.0.0/16'], { transitCidr: '172.20.0.0/24' }, '172.20.0.0/24'],
  ])('is %s', (_, cidrs, options, expected) => {
    expect(transitCidr(siteWith(options, { cidrs: cidrs.map((cidr) => Cidr.of(cidr)) })).toString()).toBe(expected)
  })

  it('is never a block of the site itself', () => {
    const cidrs = ['192.168.0.0/16', '172.16.0.0/12', '10.0.0.0/8'].map((cidr) => Cidr.of(cidr))
    expect(() => transitCidr(siteWith({}, { cidrs }))).toThrow(/set transitCidr/)
  })
})
