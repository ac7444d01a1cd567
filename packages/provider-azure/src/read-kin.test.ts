import { type Half, resourceSetOf, type ResourceView } from '@isthmus/core'
import { changed, resourcesOfLink } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { halfWith, siteWith, tunnel } from '../test/samples.ts'
import { azure } from './index.ts'

const site = siteWith()
const gateway = 'azurerm_virtual_network_gateway'

/** A half that names another gateway, with a tunnel between all instances. */
const half: Half = { ...halfWith([{ id: 'all', tunnels: [tunnel(0, 0, '169.254.10.0/30'), tunnel(0, 1, '169.254.10.4/30'), tunnel(1, 0, '169.254.10.8/30'), tunnel(1, 1, '169.254.10.12/30')] }]), kin: '/far' }

const own = resourcesOfLink(azure, site, half)
const far: ResourceView = {
  address: `${gateway}.south`, type: gateway, name: 'south',
  values: {
    id: '/far', active_active: true, bgp_enabled: true,
    ip_configuration: [{ name: 'slot-0' }, { name: 'slot-1' }],
    bgp_settings: [{ asn: 64609, peering_addresses: [0, 1].map((slot) => ({ ip_configuration_name: `slot-${slot}`, default_addresses: [`10.2.255.${4 + slot}`], tunnel_ip_addresses: [`198.51.100.${slot}`] })) }],
  },
}
const both = resourceSetOf([...own.all, far])

describe('a half that names another gateway of Azure', () => {
  it('is one connection and no local network gateway', () => {
    expect(azure.link(site, half).resources.map(({ type, name }) => `${type}.${name}`)).toEqual(['azurerm_virtual_network_gateway_connection.north--south--all'])
    expect(azure.link(site, half).resources[0]?.body).toMatchObject({ type: 'Vnet2Vnet', peer_virtual_network_gateway_id: '/far', bgp_enabled: true })
    expect(azure.link(site, half).resources[0]?.body).not.toHaveProperty('custom_bgp_addresses')
  })

  it('is read as an end from every instance to every other, with BGP between private addresses', () => {
    const token = (slot: number): object => ({ token: `${gateway}.north.bgp_settings.0.peering_addresses.${slot}.default_addresses.0` })
    expect(azure.read(both).map(({ outside, inside, mayIdle }) => [outside.peer, inside, mayIdle])).toEqual([
      ['198.51.100.0', { local: token(0), peer: '10.2.255.4' }, false],
      ['198.51.100.1', { local: token(0), peer: '10.2.255.5' }, false],
      ['198.51.100.0', { local: token(1), peer: '10.2.255.4' }, false],
      ['198.51.100.1', { local: token(1), peer: '10.2.255.5' }, false],
    ])
    expect(azure.read(both)[0]).toMatchObject({ routing: 'bgp', asn: { local: site.asn, peer: 64609 }, prefixes: { local: ['10.1.0.0/16'] } })
  })

  it.each([
    ['the connection has BGP switched off', 'azurerm_virtual_network_gateway_connection.north--south--all', { bgp_enabled: false }],
    ['its gateway has BGP switched off', `${gateway}.north`, { bgp_enabled: false }],
  ])('is read as static where %s', (_, address, values) => {
    expect(azure.read(changed(both, address, values))[0]).toMatchObject({ routing: 'static' })
    expect(azure.read(changed(both, address, values))[0]).not.toHaveProperty('inside')
  })

  it('is read where the other gateway is not at hand', () => {
    const ends = azure.read(own)
    expect(ends).toHaveLength(4)
    expect(ends[0]?.outside.peer).toEqual({ token: 'azurerm_virtual_network_gateway_connection.north--south--all.peer_virtual_network_gateway_id.address_0' })
  })
})
