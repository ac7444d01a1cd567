import { describe, expect, it } from 'vitest'
import { foldKeys } from '../../http/fold-keys.ts'
import { clouds, connectionIn, noon, vnetOf } from '../../testing/networks.fixture.ts'
import { vpnRequest } from './vpn-models.ts'
import { vpnOrderOf } from './vpn-orders.ts'

const east = { ...vnetOf('east', connectionIn.aws, 1), csp: { id: 'vpc-1', name: 'tb-east' } }
const west = { ...vnetOf('west', connectionIn.azure, 2), csp: { id: '/subscriptions/s/resourceGroups/g/providers/n/virtualNetworks/v', name: 'tb-west' } }
const stored = [east, west].map((doc) => ({ scope: 'ns', id: doc.name, version: 1, createdAt: noon, updatedAt: noon, doc }))
const orderOf = (body: unknown) => vpnOrderOf(vpnRequest.parse(foldKeys(vpnRequest, body)), stored, clouds)

/** Bodies of three generations of clients that ask for the same. */
const generations = {
  'sites as the list of sites shows them (before May 2025)': {
    name: 'vpn01',
    site1: { csp: 'aws', region: 'ap-northeast-2', connectionName: connectionIn.aws, vnet: 'vpc-1', subnet: 'subnet-1' },
    site2: { csp: 'azure', region: 'koreacentral', connectionName: connectionIn.azure, resourceGroup: 'g', vnet: 'tb-west', gatewaySubnetCidr: '10.2.8.0/27' },
  },
  'vNet ids with properties of both clouds at both sites (2025)': {
    name: 'vpn01',
    site1: { vNetId: 'east', cspSpecificProperty: { aws: { bgpAsn: '' }, azure: { bgpAsn: '65531', gatewaySubnetCidr: '10.9.9.0/27', vpnSku: 'VpnGw9' } } },
    site2: { vNetId: 'west', cspSpecificProperty: { aws: { bgpAsn: '64999' }, azure: { gatewaySubnetCidr: '10.2.8.0/27', bgpAsn: '', vpnSku: '' } } },
  },
  'vNet ids and little else, in other cases (2026)': {
    Name: 'vpn01',
    Site1: { vnetid: 'east' },
    SITE2: { VNetID: 'west', CspSpecificProperty: { Azure: { GatewaySubnetCidr: '10.2.8.0/27', bgpPeeringCidrs: { toAws: ['169.254.21.0/30'] } } } },
  },
}

describe('vpnOrderOf', () => {
  it.each(Object.entries(generations))('reads %s', (name, body) => {
    expect(orderOf(body)).toEqual({
      name: 'vpn01',
      ends: [{ vnet: 'east', settings: {}, gatewaySubnet: undefined }, { vnet: 'west', settings: {}, gatewaySubnet: '10.2.8.0/27' }],
      generation: name.startsWith('sites') ? 'site' : 'vnet',
      ...(name.includes('2026') ? { insideWishes: [{ field: 'site2.cspSpecificProperty.azure.bgpPeeringCidrs.toAws[0]', cidr: '169.254.21.0/30' }] } : {}),
    })
  })

  it('takes wishes for the cloud opposite, of either end, and passes over those for others', () => {
    const bgpPeeringCidrs = { toGcp: ['169.254.21.8/30'], TOAWS: ['169.254.21.0/30', 'nonsense'], toAlibaba: [] }
    const body = (one: object, other: object) => ({ name: 'v', site1: { vNetId: 'east', cspSpecificProperty: one }, site2: { vNetId: 'west', cspSpecificProperty: other } })
    expect(orderOf(body({ azure: { bgpPeeringCidrs } }, { azure: { bgpPeeringCidrs } })).insideWishes).toEqual([
      { field: 'site2.cspSpecificProperty.azure.bgpPeeringCidrs.TOAWS[0]', cidr: '169.254.21.0/30' },
      { field: 'site2.cspSpecificProperty.azure.bgpPeeringCidrs.TOAWS[1]', cidr: 'nonsense' },
    ])
    expect(vpnRequest.safeParse(body({}, { azure: { bgpPeeringCidrs: { toAws: 'one' } } })).success).toBe(false)
  })

  it('takes the number and the SKU of the own cloud of a vNet, as text or number', () => {
    const property = (bgpAsn: unknown) => ({ name: 'v', site1: { vNetId: 'east', cspSpecificProperty: { aws: { bgpAsn } } }, site2: { vNetId: 'west', cspSpecificProperty: { azure: { vpnSku: 'VpnGw2AZ', bgpAsn: '65010' } } } })
    for (const given of ['64600', 64600]) expect(orderOf(property(given)).ends.map(({ settings }) => settings)).toEqual([{ asn: 64600 }, { asn: 65010, sku: 'VpnGw2AZ' }])
    for (const wrong of ['many', '12345678901', 1.5, {}]) expect(vpnRequest.safeParse(property(wrong)).success).toBe(false)
  })

  it('takes sites in either order', () => {
    const swapped = { name: 'v', site1: { vNetId: 'west' }, site2: { vNetId: 'east' } }
    expect(orderOf(swapped).ends.map(({ vnet }) => vnet)).toEqual(['west', 'east'])
  })

  it('refuses a vNet that is in another cloud than its client thinks', () => {
    const body = { name: 'v', site1: { csp: 'AWS', vnet: 'vpc-1' }, site2: { csp: 'gcp', vnet: 'tb-west' } }
    expect(() => orderOf(body)).toThrow('site2.csp: vNet west is in azure and not in gcp; give azure, or another vNet')
  })

  it.each([
    ['an id', { name: 'v', site1: { vNetId: 'gone' }, site2: { vNetId: 'west' } }],
    ['an id of a cloud', { name: 'v', site1: { csp: 'aws', vnet: 'gone' }, site2: { csp: 'azure', vnet: 'tb-west' } }],
    ['the connection of another one', { name: 'v', site1: { csp: 'aws', vnet: 'gone', connectionName: connectionIn.gcp }, site2: { csp: 'azure', vnet: 'tb-west' } }],
  ])('refuses %s that nobody has', (_, body) => expect(() => orderOf(body)).toThrow('does not exist, vNet: gone'))
})
