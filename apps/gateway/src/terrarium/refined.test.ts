import { readFileSync } from 'node:fs'
import { viewsOfFragments } from '@isthmus/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { builtInProviders } from '../start/built-in-providers.ts'
import { connectionIn, planned, vnetOf, vpnOf } from '../testing/networks.fixture.ts'
import { readVpn } from '../vpn/reading.ts'
import { refinedOf } from './refined.ts'
import { refinedMembers } from './refined-members.ts'

const ajv = new Ajv2020({ strict: false })
ajv.addSchema(JSON.parse(readFileSync(new URL('../../test/contract/terrarium.schema.json', import.meta.url), 'utf8')), 'terrarium')

const hub = vnetOf('hub', connectionIn.aws, 1)

describe.each(Object.entries(connectionIn).filter(([cloud]) => cloud !== 'aws'))('the end in %s', (cloud, connection) => {
  const spoke = { ...vnetOf('spoke', connection, 2), ...(cloud === 'azure' ? { gatewaySubnet: '10.2.255.0/27' } : {}) }
  const vpn = vpnOf('one', hub, spoke)
  const plan = planned(vpn, [], [hub, spoke])
  const { resources } = readVpn(viewsOfFragments(plan.plan.fragments), vpn, plan, builtInProviders)

  it.each([['aws', 0], [cloud, 1]] as const)('has the shape that clients parse (%s)', (key, end) => {
    const refined = refinedOf(key, resources[end] ?? [])
    const valid = ajv.validate({ $ref: `terrarium#/$defs/refined.${key}` }, refined)
    expect(valid, `${ajv.errorsText()} in ${JSON.stringify(refined)}`).toBe(true)
    const lists = Object.entries(refinedMembers[key] ?? {}).filter(([, { list }]) => list)
    for (const [name] of lists) expect(Array.isArray(refined[name]), name).toBe(true)
    expect(Object.keys(refined)).toEqual(Object.keys(refinedMembers[key] ?? {}))
  })
})

describe('refinedOf', () => {
  const resource = (type: string, detail: object = {}) => ({ name: 'n', id: 'i', status: '', detail: { resource_type: type, ...detail } })

  it('has lists where there is nothing, and leaves single things out', () => {
    expect(refinedOf('aws', [])).toEqual({ customer_gateways: [], vpn_connections: [] })
    expect(refinedOf('nobody', [resource('x')])).toEqual({})
  })

  it('spells what the peer misspells both ways', () => {
    expect(refinedOf('tencent', [resource('tencentcloud_vpn_connection', { customer_gateway_id: 'cgw-1' })])).toMatchObject({ vpn_connections: [{ customer_gatway_id: 'cgw-1', customer_gateway_id: 'cgw-1' }] })
  })

  it('looks into blocks, and for the number of the other cloud', () => {
    expect(refinedOf('azure', [resource('azurerm_virtual_network_gateway', { bgp_settings: [{ asn: 65515 }] })])).toMatchObject({ bgp_asn: 65515 })
    expect(refinedOf('gcp', [resource('google_compute_router', { bgp: [{ asn: 64514 }] })])).toMatchObject({ router: { bgp_asn: 64514 } })
  })

  it('shows what the peer calls service and connection of a site', () => {
    expect(refinedOf('dcs', [resource('openstack_vpnaas_service_v2', { external_v4_ip: '192.0.2.1', router_id: 'r' })])).toMatchObject({ vpn_service: { external_ip: '192.0.2.1', router_id: 'r' }, site_connections: [] })
  })
})
