import { Cidr, gatewayExport, KeyReference, networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { halfWith, onePeer, parallel, siteWith, tunnel } from '../test/samples.ts'
import { link } from './link.ts'

const site = siteWith()
const group = networkExport(site, 'resource_group_name')
const connections = (half: ReturnType<typeof halfWith>) =>
  link(site, half).resources.filter(({ type }) => type === 'azurerm_virtual_network_gateway_connection').map(({ body }) => body)

describe('link under BGP', () => {
  const { resources, exports } = link(site, halfWith(parallel))

  it('makes a local network gateway and a connection for each peer address', () => {
    expect(resources.map(({ type, name }) => `${type}.${name}`)).toEqual([
      'azurerm_local_network_gateway.north--south--0',
      'azurerm_virtual_network_gateway_connection.north--south--0',
      'azurerm_local_network_gateway.north--south--1',
      'azurerm_virtual_network_gateway_connection.north--south--1',
    ])
    expect(exports).toEqual({})
  })

  it('gives the peer its BGP address and no address space', () => {
    expect(resources[2]?.body).toEqual({
      name: 'mesh-north--south--1',
      resource_group_name: group,
      location: 'koreacentral',
      gateway_address: '198.51.100.1',
      bgp_settings: [{ asn: 64601, bgp_peering_address: '169.254.22.5' }],
    })
  })

  it('states every transform, and an inside address for both instances', () => {
    expect(resources[3]?.body).toEqual({
      name: 'mesh-north--south--1',
      resource_group_name: group,
      location: 'koreacentral',
      type: 'IPsec',
      virtual_network_gateway_id: gatewayExport(site, 'gateway_id'),
      local_network_gateway_id: ref('azurerm_local_network_gateway.north--south--1', 'id'),
      shared_key: new KeyReference('north--south--1@v1'),
      connection_protocol: 'IKEv2',
      connection_mode: 'Default',
      bgp_enabled: true,
      custom_bgp_addresses: [{ primary: '169.254.21.6', secondary: '169.254.22.6' }],
      dpd_timeout_seconds: 45,
      ipsec_policy: [{
        dh_group: 'ECP384',
        ike_encryption: 'AES256',
        ike_integrity: 'SHA384',
        ipsec_encryption: 'GCMAES256',
        ipsec_integrity: 'GCMAES256',
        pfs_group: 'ECP384',
        sa_datasize: 102400000,
        sa_lifetime: 3600,
      }],
    })
  })

  it('names the PRF by ike_integrity where phase 1 is an AEAD', () => {
    const suite = { ...halfWith([]).suite, phase1: { encryption: 'aes-256-gcm-16', prf: 'prf-sha2-256', dhGroup: 14 } as const }
    expect(connections(halfWith(parallel, { suite }))[0]?.['ipsec_policy']).toMatchObject([{ ike_encryption: 'GCMAES256', ike_integrity: 'SHA256', dh_group: 'DHGroup14' }])
  })

  it('waits when the other end starts', () => {
    expect(connections(halfWith(parallel, { initiates: false }))[0]?.['connection_mode']).toBe('ResponderOnly')
  })

  it('refuses two tunnels to one peer address, which has one BGP address', () => {
    expect(() => link(site, halfWith(onePeer))).toThrow(/more than one BGP tunnel/)
  })

  it('refuses a transform that Azure does not have', () => {
    const suite = { ...halfWith([]).suite, phase2: { encryption: 'aes-256-cbc', integrity: 'sha2-512', pfs: 14 } as const }
    expect(() => link(site, halfWith(parallel, { suite }))).toThrow(/sha2-512/)
  })
})

describe('link under static routing', () => {
  const routing = { mode: 'static', localAsn: 64602, peerAsn: 64601, peerPrefixes: [Cidr.of('10.2.0.0/16'), Cidr.of('10.3.0.0/24')] } as const
  const { resources } = link(site, halfWith(onePeer, { routing, dpdTimeout: undefined }))

  it('makes one connection, whose two tunnels share a peer address and a key', () => {
    expect(resources).toHaveLength(2)
    expect(resources[0]?.body).toMatchObject({ gateway_address: '198.51.100.0', address_space: ['10.2.0.0/16', '10.3.0.0/24'] })
    expect(resources[0]?.body).not.toHaveProperty('bgp_settings')
    expect(resources[1]?.body).toMatchObject({ bgp_enabled: false, shared_key: new KeyReference('north--south--0@v1') })
    expect(resources[1]?.body).not.toHaveProperty('custom_bgp_addresses')
    expect(resources[1]?.body).not.toHaveProperty('dpd_timeout_seconds')
  })

  it('refuses a connection whose tunnels end at two peer addresses', () => {
    const mixed = [{ id: '0', tunnels: [tunnel(0, 0, '169.254.21.0/30'), tunnel(1, 1, '169.254.22.0/30')] }]
    expect(() => link(site, halfWith(mixed, { routing }))).toThrow(/one peer address and one key/)
  })
})
