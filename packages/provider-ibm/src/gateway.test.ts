import { networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { gateway } from './gateway.ts'

const addresses = (...made: Parameters<typeof gateway>) => gateway(...made).resources.map(({ type, name }) => `${type}.${name}`)

describe('gateway', () => {
  const site = siteWith()

  it('is one route-based gateway in a subnet of its own', () => {
    expect(gateway(site, { modes: ['static'] }).resources).toEqual([{
      type: 'ibm_is_vpn_gateway',
      name: 'north',
      body: { name: 'mesh-north', subnet: networkExport(site, 'gateway_subnet_id'), mode: 'route', local_asn: 64606, timeouts: { create: '30m', delete: '30m' } },
    }])
  })

  it('has a transit gateway only where a link speaks BGP, and stays itself', () => {
    const both = gateway(site, { modes: ['bgp', 'static'] })
    expect(both.resources.map(({ type, name }) => `${type}.${name}`)).toEqual([
      'ibm_is_vpn_gateway.north', 'ibm_tg_gateway.north', 'ibm_tg_connection.north--vpc', 'ibm_tg_connection.north--vpn',
    ])
    expect(both.resources[0]).toEqual(gateway(site, { modes: ['static'] }).resources[0])
    expect(both.exports).toEqual(gateway(site, { modes: ['static'] }).exports)
  })

  it('exports what links need', () => {
    expect(gateway(site, { modes: ['bgp'] }).exports).toEqual({
      gateway_id: ref('ibm_is_vpn_gateway.north', 'id'),
      address_0: ref('ibm_is_vpn_gateway.north', 'public_ip_address'),
      address_1: ref('ibm_is_vpn_gateway.north', 'public_ip_address2'),
    })
  })

  it('is not attached at once where the user says so', () => {
    expect(addresses(siteWith({ attachGateway: false }), { modes: ['bgp'] })).not.toContain('ibm_tg_connection.north--vpn')
  })
})
