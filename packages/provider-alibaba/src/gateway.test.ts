import { networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { alibaba } from './index.ts'

const site = siteWith({ bandwidth: 500, tags: { team: 'network' } })

describe('gateway', () => {
  it('has two addresses in two vSwitches and learns routes by itself', () => {
    expect(alibaba.gateway(site, { modes: ['bgp'] })).toEqual({
      resources: [{
        type: 'alicloud_vpn_gateway',
        name: 'north',
        body: {
          vpn_gateway_name: 'mesh-north',
          vpc_id: networkExport(site, 'vpc_id'),
          vswitch_id: networkExport(site, 'vswitch_0'),
          disaster_recovery_vswitch_id: networkExport(site, 'vswitch_1'),
          vpn_type: 'Normal',
          network_type: 'public',
          bandwidth: 500,
          payment_type: 'PayAsYouGo',
          enable_ipsec: true,
          enable_ssl: false,
          auto_propagate: true,
          tags: { team: 'network' },
          timeouts: { create: '30m', update: '30m', delete: '30m' },
        },
      }],
      exports: {
        gateway_id: ref('alicloud_vpn_gateway.north', 'id'),
        address_0: ref('alicloud_vpn_gateway.north', 'internet_ip'),
        address_1: ref('alicloud_vpn_gateway.north', 'disaster_recovery_internet_ip'),
      },
    })
  })

  it('is the same whatever the links need', () => {
    expect(alibaba.gateway(site, { modes: ['bgp', 'static'] })).toEqual(alibaba.gateway(site, { modes: ['static'] }))
  })
})
