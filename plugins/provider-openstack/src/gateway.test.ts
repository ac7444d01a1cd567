import { networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { gateway } from './gateway.ts'

describe('gateway', () => {
  const { resources, exports } = gateway(siteWith())

  it('is one VPN service of the router, without a subnet, which would rule out endpoint groups', () => {
    expect(resources.map(({ type, body }) => [type, body])).toEqual([
      ['openstack_vpnaas_service_v2', { name: 'mesh-north', router_id: networkExport({ name: 'north' }, 'router_id'), admin_state_up: true }],
    ])
  })

  it('exports the address that the service itself tells, which is not that of the router in every driver', () => {
    expect(exports['address_0']).toEqual(ref('openstack_vpnaas_service_v2.north', 'external_v4_ip'))
  })
})
