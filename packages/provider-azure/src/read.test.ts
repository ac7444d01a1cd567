import { Cidr, type EndView, type Half, type ResourceSet, resourceSetOf, cipherOffer } from '@isthmus/core'
import { changed, resourcesOfLink } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { halfWith, onePeer, parallel, siteWith } from '../test/samples.ts'
import { azureFacts } from './facts.ts'
import { azure } from './index.ts'

const ciphers = cipherOffer(azureFacts.ciphers)

const site = siteWith()
const planWith = (half: Half): ResourceSet => resourcesOfLink(azure, site, half)
const connection = (id: string): string => `azurerm_virtual_network_gateway_connection.north--south--${id}`
const wanted = (ends: readonly EndView[]): EndView[] => ends.filter(({ mayIdle }) => !mayIdle)

describe('read under BGP', () => {
  const plan = planWith(halfWith(parallel))
  const ends = azure.read(plan)

  it('finds an end for each instance and connection, and knows which two have nobody opposite', () => {
    expect(ends.map((end) => [end.connection, end.outside, end.inside, end.mayIdle])).toEqual([
      [connection('0'), { local: { token: 'azurerm_public_ip.north--0.ip_address' }, peer: '198.51.100.0' }, { local: '169.254.21.6', peer: '169.254.21.5' }, false],
      [connection('0'), { local: { token: 'azurerm_public_ip.north--1.ip_address' }, peer: '198.51.100.0' }, { local: '169.254.22.6', peer: '169.254.21.5' }, true],
      [connection('1'), { local: { token: 'azurerm_public_ip.north--0.ip_address' }, peer: '198.51.100.1' }, { local: '169.254.21.6', peer: '169.254.22.5' }, true],
      [connection('1'), { local: { token: 'azurerm_public_ip.north--1.ip_address' }, peer: '198.51.100.1' }, { local: '169.254.22.6', peer: '169.254.22.5' }, false],
    ])
  })

  it('gives the half back', () => {
    expect(ends[0]).toEqual({
      cloud: 'azure',
      connection: connection('0'),
      at: {
        'outside.local': 'azurerm_virtual_network_gateway.north',
        'outside.peer': 'azurerm_local_network_gateway.north--south--0',
        'inside.peer': 'azurerm_local_network_gateway.north--south--0',
        'asn.peer': 'azurerm_local_network_gateway.north--south--0',
        'asn.local': 'azurerm_virtual_network_gateway.north',
        'prefixes.peer': 'azurerm_local_network_gateway.north--south--0',
        'prefixes.local': 'azurerm_virtual_network.north',
      },
      outside: { local: { token: 'azurerm_public_ip.north--0.ip_address' }, peer: '198.51.100.0' },
      inside: { local: '169.254.21.6', peer: '169.254.21.5' },
      routing: 'bgp',
      asn: { local: 64602, peer: 64601 },
      prefixes: { local: ['10.1.0.0/16'] },
      selectors: { local: ['0.0.0.0/0'], peer: ['0.0.0.0/0'] },
      ikeVersion: 2,
      phase1: { encryption: ['aes-256-cbc'], integrity: ['sha2-384'], prf: ['prf-sha2-384'], dhGroup: [20], lifetime: { seconds: 28800, fixed: true } },
      phase2: { encryption: ['aes-256-gcm-16'], integrity: [], pfs: [20], lifetime: { seconds: 3600, fixed: false } },
      key: { token: 'var.keys.north--south--0@v1' },
      initiates: true,
      mayIdle: false,
    })
  })

  it('reads traffic selectors where a connection has them', () => {
    const policy = { local_address_cidrs: ['10.1.0.0/16'], remote_address_cidrs: ['10.2.0.0/16', '10.3.0.0/16'] }
    const [first] = azure.read(changed(plan, connection('0'), { traffic_selector_policy: [policy] }))
    expect(first?.selectors).toEqual({ local: policy.local_address_cidrs, peer: policy.remote_address_cidrs })
  })

  it('leaves out an inside address that its instance was not made ready for', () => {
    const moved = changed(plan, connection('0'), { custom_bgp_addresses: [{ primary: '169.254.21.250', secondary: '169.254.22.6' }] })
    const [first] = azure.read(moved)
    expect(first).not.toHaveProperty('inside')
  })

  it('finds an inside address by the pool it is in, as the provider does', () => {
    const swapped = changed(plan, connection('0'), { custom_bgp_addresses: [{ primary: '169.254.22.6', secondary: '169.254.21.6' }] })
    expect(azure.read(swapped).map(({ inside }) => inside)).toEqual(ends.map(({ inside }) => inside))
  })

  it('gives an instance no pool that is meant for another', () => {
    const gateway = 'azurerm_virtual_network_gateway.north'
    const renamed = changed(plan, gateway, { ip_configuration: [{ name: 'other', public_ip_address_id: { token: 'azurerm_public_ip.north--0.id' } }] })
    expect(azure.read(renamed)[0]).not.toHaveProperty('inside')
  })

  it('takes a gateway that does not speak BGP at its word', () => {
    expect(azure.read(changed(plan, 'azurerm_virtual_network_gateway.north', { bgp_enabled: false }))[0]?.routing).toBe('static')
  })

  it('matches pools to instances by name, not by position', () => {
    const moved = changed(plan, 'azurerm_virtual_network_gateway.north', {
      bgp_settings: [{
        asn: 64602,
        peering_addresses: [
          { ip_configuration_name: 'slot-1', apipa_addresses: ['169.254.22.6'] },
          { ip_configuration_name: 'slot-0', apipa_addresses: ['169.254.21.6'] },
        ],
      }],
    })
    expect(azure.read(moved).map(({ inside }) => inside)).toEqual(ends.map(({ inside }) => inside))
  })

  it.each([
    ['peer address', 'azurerm_local_network_gateway.north--south--0', { gateway_address: '192.0.2.9' }, { outside: { peer: '192.0.2.9' } }],
    ['peer ASN', 'azurerm_local_network_gateway.north--south--0', { bgp_settings: [{ asn: 65000, bgp_peering_address: '169.254.21.5' }] }, { asn: { peer: 65000 } }],
    ['IKE version', connection('0'), { connection_protocol: 'IKEv1' }, { ikeVersion: 1 }],
    ['mode', connection('0'), { connection_mode: 'ResponderOnly' }, { initiates: false }],
    ['key', connection('0'), { shared_key: 'plain' }, { key: 'plain' }],
    ['unknown key', connection('0'), { shared_key: null }, { key: { token: `${connection('0')}.shared_key` } }],
  ])('shows a changed %s', (_, address, values, expected) => {
    expect(azure.read(changed(plan, address, values))[0]).toMatchObject(expected)
  })

  it('shows a policy that Azure would refuse, or that is not there, as one that cannot match', () => {
    const broken = changed(plan, connection('0'), { ipsec_policy: [{ ike_encryption: 'AES512', ipsec_encryption: 'GCMAES256', ipsec_integrity: 'SHA256' }] })
    expect(azure.read(broken)[0]).toMatchObject({ phase1: { encryption: [] }, phase2: { integrity: ['sha2-256'], lifetime: { seconds: 27000 } } })
    const absent = changed(plan, connection('0'), { ipsec_policy: null })
    expect(azure.read(absent)[0]).toMatchObject({ phase1: { encryption: [], dhGroup: [] }, phase2: { pfs: [] } })
  })

  it('takes public addresses from the gateway where only its state is at hand', () => {
    const gateway = plan.ofType('azurerm_virtual_network_gateway').map((view) => ({
      ...view,
      values: {
        ...view.values,
        id: '/gateway',
        ip_configuration: [{ name: 'slot-0', public_ip_address_id: '/ip/0' }, { name: 'slot-1', public_ip_address_id: '/ip/1' }],
        bgp_settings: [{
          asn: 64602,
          peering_addresses: [0, 1].map((slot) => ({ ip_configuration_name: `slot-${slot}`, apipa_addresses: ['169.254.21.6', '169.254.22.6'], tunnel_ip_addresses: [`203.0.113.${slot}`] })),
        }],
      },
    }))
    const [link] = plan.ofType('azurerm_virtual_network_gateway_connection')
    const state = resourceSetOf([...gateway, ...(link ? [{ ...link, values: { ...link.values, virtual_network_gateway_id: '/gateway' } }] : [])])
    expect(azure.read(state).map(({ outside }) => outside.local)).toEqual(['203.0.113.0', '203.0.113.1'])
  })

  it('says what it does not know when the gateway and the peer are in other stacks', () => {
    const alone = resourceSetOf(plan.ofType('azurerm_virtual_network_gateway_connection'))
    expect(azure.read(alone)[0]).toMatchObject({
      outside: { local: { token: `${connection('0')}.virtual_network_gateway_id.address_0` }, peer: { token: `${connection('0')}.local_network_gateway_id.gateway_address` } },
      inside: { local: '169.254.21.6' },
    })
  })

  it('passes over connections that are not site-to-site', () => {
    expect(azure.read(changed(plan, connection('0'), { type: 'ExpressRoute' }))).toHaveLength(2)
  })
})

describe('read under static routing', () => {
  const routing = { mode: 'static', localAsn: 64602, peerAsn: 64601, peerPrefixes: [Cidr.of('10.2.0.0/16')] } as const
  const ends = azure.read(planWith(halfWith(onePeer, { routing })))

  it('finds both instances before the one peer address, of which either may be idle', () => {
    expect(ends.map(({ outside, mayIdle }) => [outside.peer, mayIdle])).toEqual([['198.51.100.0', true], ['198.51.100.0', true]])
    expect(wanted(ends)).toEqual([])
  })

  it('reads the routed prefixes and no BGP', () => {
    expect(ends[0]).toMatchObject({ routing: 'static', prefixes: { local: ['10.1.0.0/16'], peer: ['10.2.0.0/16'] } })
    expect(ends[0]).not.toHaveProperty('asn')
    expect(ends[0]).not.toHaveProperty('inside')
  })
})

describe('read of every suite that Azure offers', () => {
  const phase1 = ciphers.phase1.encryption.flatMap((encryption) => {
    const aead = encryption.includes('gcm')
    return (aead ? (['sha2-384', 'sha2-256'] as const) : ciphers.phase1.integrity).flatMap((hash) => ciphers.phase1.dhGroup.map((dhGroup) => ({
      encryption, ...(aead ? {} : { integrity: hash }), prf: `prf-${hash}` as const, dhGroup,
    })))
  })
  const phase2 = ciphers.phase2.encryption.flatMap((encryption) =>
    (encryption.includes('gcm') ? [undefined] : ciphers.phase2.integrity).flatMap((integrity) =>
      ciphers.phase2.pfs.map((pfs) => ({ encryption, ...(integrity ? { integrity } : {}), pfs }))))

  it('understands what link writes', () => {
    expect(azureFacts.ciphers.phase1.value.encryption).toHaveProperty('aes-256-cbc')
    const rounds = Math.max(phase1.length, phase2.length)
    for (let round = 0; round < rounds; round += 1) {
      const [one, two] = [phase1[round % phase1.length], phase2[round % phase2.length]]
      if (!one || !two) throw new Error('no suites')
      const [end] = azure.read(planWith(halfWith(parallel, { suite: { phase1: one, phase2: two } })))
      expect(end?.phase1).toMatchObject({ encryption: [one.encryption], integrity: 'integrity' in one ? [one.integrity] : [], prf: [one.prf], dhGroup: [one.dhGroup] })
      expect(end?.phase2).toMatchObject({ encryption: [two.encryption], integrity: 'integrity' in two ? [two.integrity] : [], pfs: [two.pfs] })
    }
  })
})
