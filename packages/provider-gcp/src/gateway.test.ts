import { networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { gateway } from './gateway.ts'
import { sampleSite } from '../test/samples.ts'

const types = (modes: readonly ('bgp' | 'static')[]): string[] => gateway(sampleSite(), { modes }).resources.map(({ type }) => type)

describe('the gateway of a site in Google Cloud', () => {
  it('is one HA VPN gateway with one router for BGP', () => {
    const made = gateway(sampleSite(), { modes: ['bgp'] })
    expect(made.resources).toEqual([
      {
        type: 'google_compute_ha_vpn_gateway',
        name: 'south',
        body: { name: 'mesh-south', network: networkExport({ name: 'south' }, 'network_id'), region: 'asia-northeast3', stack_type: 'IPV4_ONLY' },
      },
      {
        type: 'google_compute_router',
        name: 'south',
        body: {
          name: 'mesh-south',
          network: networkExport({ name: 'south' }, 'network_id'),
          region: 'asia-northeast3',
          bgp: [{ asn: 64603, advertise_mode: 'DEFAULT', keepalive_interval: 20 }],
        },
      },
    ])
    expect(made.exports).toEqual({
      address_0: ref('google_compute_ha_vpn_gateway.south', 'vpn_interfaces', 0, 'ip_address'),
      address_1: ref('google_compute_ha_vpn_gateway.south', 'vpn_interfaces', 1, 'ip_address'),
      ha_gateway_id: ref('google_compute_ha_vpn_gateway.south', 'id'),
      router_name: ref('google_compute_router.south', 'name'),
    })
  })

  it('is two Classic VPN gateways with three rules each for static routes', () => {
    const one = ['google_compute_address', 'google_compute_vpn_gateway', ...Array.from({ length: 3 }, () => 'google_compute_forwarding_rule')]
    expect(types(['static'])).toEqual([...one, ...one])
  })

  it('hands a Classic VPN gateway on only when all its rules exist', () => {
    const made = gateway(sampleSite(), { modes: ['static'] })
    const last = made.resources.find(({ name }) => name === 'south--1--udp-4500')
    expect(made.exports['classic_gateway_1']).toEqual(ref('google_compute_forwarding_rule.south--1--udp-4500', 'target'))
    expect(last?.dependsOn).toEqual(['google_compute_forwarding_rule.south--1--esp', 'google_compute_forwarding_rule.south--1--udp-500'])
    expect(last?.body).toEqual({
      name: 'mesh-south--1--udp-4500',
      region: 'asia-northeast3',
      ip_protocol: 'UDP',
      port_range: '4500',
      ip_address: ref('google_compute_address.south--1', 'address'),
      target: ref('google_compute_vpn_gateway.south--1', 'self_link'),
    })
  })

  it('is both where links need both, and each part is as it is alone', () => {
    const bgp = gateway(sampleSite(), { modes: ['bgp'] })
    const fixed = gateway(sampleSite(), { modes: ['static'] })
    expect(gateway(sampleSite(), { modes: ['bgp', 'static'] })).toEqual({
      resources: [...bgp.resources, ...fixed.resources],
      exports: { ...bgp.exports, ...fixed.exports },
    })
  })
})
