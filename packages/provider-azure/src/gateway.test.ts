import { networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { gateway } from './gateway.ts'
import { skus } from './options.ts'

const bodyOf = (site: ReturnType<typeof siteWith>, type: string) => gateway(site).resources.filter((resource) => resource.type === type).map(({ body }) => body)

describe('gateway', () => {
  it('makes two zone-redundant addresses and one active-active gateway with BGP and its whole pool', () => {
    const site = siteWith({ apipaPoolSize: 2 })
    expect(bodyOf(site, 'azurerm_public_ip')).toEqual(['mesh-north--0', 'mesh-north--1'].map((name) => ({
      name, resource_group_name: networkExport(site, 'resource_group_name'), location: 'koreacentral', allocation_method: 'Static', sku: 'Standard', zones: ['1', '2', '3'],
    })))
    expect(bodyOf(site, 'azurerm_virtual_network_gateway')).toEqual([{
      name: 'mesh-north',
      resource_group_name: networkExport(site, 'resource_group_name'),
      location: 'koreacentral',
      type: 'Vpn',
      vpn_type: 'RouteBased',
      sku: 'VpnGw2AZ',
      generation: 'Generation1',
      active_active: true,
      bgp_enabled: true,
      ip_configuration: [0, 1].map((slot) => ({
        name: `slot-${slot}`,
        subnet_id: networkExport(site, 'gateway_subnet_id'),
        public_ip_address_id: ref(`azurerm_public_ip.north--${slot}`, 'id'),
      })),
      bgp_settings: [{
        asn: 64602,
        peering_addresses: [
          { ip_configuration_name: 'slot-0', apipa_addresses: ['169.254.21.2', '169.254.21.6'] },
          { ip_configuration_name: 'slot-1', apipa_addresses: ['169.254.22.2', '169.254.22.6'] },
        ],
      }],
      timeouts: { create: '90m', delete: '2h' },
    }])
  })

  it('exports what links need', () => {
    expect(gateway(siteWith()).exports).toEqual({
      gateway_id: ref('azurerm_virtual_network_gateway.north', 'id'),
      address_0: ref('azurerm_public_ip.north--0', 'ip_address'),
      address_1: ref('azurerm_public_ip.north--1', 'ip_address'),
    })
  })

  it.each([
    ['names no zones in a region without them', 'koreasouth', [], undefined],
    ['takes the zones of the order in a region newer than the facts', 'atlantisnorth', ['1', '2'], ['1', '2']],
  ])('%s', (_, region, zones, expected) => {
    for (const body of bodyOf(siteWith({}, { region, zones }), 'azurerm_public_ip')) expect(body['zones']).toEqual(expected)
  })

  it('uses Generation2 for the sizes that exist only there', () => {
    const generations = skus.map((sku) => bodyOf(siteWith({ sku }), 'azurerm_virtual_network_gateway')[0]?.['generation'])
    expect(generations).toEqual(['Generation1', 'Generation1', 'Generation2', 'Generation2', 'Generation2'])
  })

  it('keeps the largest pool inside the blocks of its instances', () => {
    const [body] = bodyOf(siteWith({ apipaPoolSize: 64 }), 'azurerm_virtual_network_gateway')
    const text = JSON.stringify(body?.['bgp_settings'])
    expect(text.match(/169\.254\.21\.\d+/g)).toHaveLength(64)
    expect(text.match(/169\.254\.22\.\d+/g)).toHaveLength(64)
    expect(text).toContain('169.254.22.254')
  })
})
