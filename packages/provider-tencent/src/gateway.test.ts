import { networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { sampleSite } from '../test/samples.ts'
import { gateway } from './gateway.ts'

const site = sampleSite({ bandwidth: 500, tags: { team: 'net' } })
const common = { vpc_id: networkExport(site, 'vpc_id'), type: 'IPSEC', charge_type: 'POSTPAID_BY_HOUR', bandwidth: 500, tags: { team: 'net' } }
const at = (name: string, path: string) => ref(`tencentcloud_vpn_gateway.south--${name}`, path)

describe('gateway', () => {
  it('makes two gateways for BGP, with the number of the site', () => {
    expect(gateway(site, { modes: ['bgp'] })).toEqual({
      resources: ['0', '1'].map((slot) => ({ type: 'tencentcloud_vpn_gateway', name: `south--${slot}`, body: { name: `mesh-south--${slot}`, ...common, bgp_asn: 64605 } })),
      exports: {
        address_0: at('0', 'public_ip_address'), gateway_id_0: at('0', 'id'),
        address_1: at('1', 'public_ip_address'), gateway_id_1: at('1', 'id'),
      },
    })
  })

  it('makes two of their own for static routing, without a number', () => {
    expect(gateway(site, { modes: ['static'] })).toEqual({
      resources: ['0', '1'].map((slot) => ({ type: 'tencentcloud_vpn_gateway', name: `south--static-${slot}`, body: { name: `mesh-south--static-${slot}`, ...common } })),
      exports: {
        static_address_0: at('static-0', 'public_ip_address'), static_gateway_id_0: at('static-0', 'id'),
        static_address_1: at('static-1', 'public_ip_address'), static_gateway_id_1: at('static-1', 'id'),
      },
    })
  })

  it('never mixes the two modes on one gateway', () => {
    const { resources, exports } = gateway(site, { modes: ['bgp', 'static'] })
    expect(resources.map(({ name, body }) => [name, 'bgp_asn' in body])).toEqual([['south--0', true], ['south--1', true], ['south--static-0', false], ['south--static-1', false]])
    expect(Object.keys(exports)).toHaveLength(8)
  })
})
