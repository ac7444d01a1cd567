import { describe, expect, it } from 'vitest'
import { clouds, connectionIn, noon, vnetOf } from '../testing/networks.fixture.ts'
import { orderOfVnet, siteOf } from './site.ts'
import { newVnet } from './vnet-records.ts'

describe('siteOf', () => {
  it('names the site and its subnets by uid, so that names of users never reach a cloud', () => {
    const vnet = vnetOf('east', connectionIn.aws, 1)
    const { name, site } = siteOf(vnet, clouds, { asn: 64600 })
    expect(name).toBe(vnet.uid)
    expect(site).toEqual({ cloud: 'aws', region: 'ap-northeast-2', cidr: '10.1.0.0/16', subnets: vnet.subnets.map(({ uid, cidr, zone }) => ({ name: uid, cidr, purpose: 'workload', zone })), asn: 64600 })
  })

  it('takes the blocks of the subnets where the vNet has none of its own', () => {
    const { site } = siteOf(newVnet({ name: 'middle', connection: connectionIn.gcp, subnets: [{ name: 'a', cidr: '10.2.0.0/24' }, { name: 'b', cidr: '10.2.8.0/24' }] }, noon), clouds)
    expect(site['cidrs']).toEqual(['10.2.0.0/24', '10.2.8.0/24'])
    expect(site['cidr']).toBeUndefined()
  })

  it('adds the gateway subnet under the name that its cloud wants, once there is one', () => {
    const vnet = vnetOf('west', connectionIn.azure, 3)
    expect(siteOf(vnet, clouds).site['subnets']).toHaveLength(2)
    expect(siteOf({ ...vnet, gatewaySubnet: '10.3.255.0/27' }, clouds).site['subnets']).toContainEqual({ name: 'GatewaySubnet', cidr: '10.3.255.0/27', purpose: 'gateway' })
  })

  it('stands for a network that was there already with what it was found with', () => {
    expect(siteOf({ ...vnetOf('east', connectionIn.aws, 1), adopted: { existing: 'vpc-1' } }, clouds).site).toEqual({ cloud: 'aws', region: 'ap-northeast-2', existing: 'vpc-1' })
  })

  it.each([[undefined, 'it is being registered'], ['it has no subnet.', 'it has no subnet.']])('makes no network of its own of one that nobody can use: %s', (unsuitable, said) => {
    expect(() => siteOf({ ...vnetOf('east', connectionIn.aws, 1), origin: 'registered', unsuitable }, clouds)).toThrow(`vNet east cannot have a VPN: ${said}`)
  })

  it('refuses a connection that is gone', () => {
    expect(() => siteOf(vnetOf('east', 'gone-1', 1), clouds)).toThrow('the connection gone-1 of vNet east does not exist')
  })
})

it('makes an order without links of one vNet', () => {
  const vnet = vnetOf('east', connectionIn.aws, 1)
  expect(orderOfVnet('n0123456789a', vnet, clouds)).toEqual({ name: 'n0123456789a', topology: { links: [] }, sites: { [vnet.uid]: siteOf(vnet, clouds).site } })
})
