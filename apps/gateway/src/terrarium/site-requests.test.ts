import { describe, expect, it } from 'vitest'
import { CloudCatalogue } from '../cloud/catalogue.ts'
import { builtInProviders } from '../start/built-in-providers.ts'
import { clouds } from '../testing/networks.fixture.ts'
import { siteKeys, siteOf, siteRequests, type SiteKey } from './site-requests.ts'

const requests = {
  aws: { vpc_id: 'vpc-1', subnet_id: 'subnet-1', bgp_asn: '64512' },
  azure: { region: 'koreacentral', resource_group_name: 'group', virtual_network_name: 'net', gateway_subnet_cidr: '10.1.255.0/27', bgp_asn: '65531', vpn_sku: 'VpnGw2AZ' },
  gcp: { vpc_network_name: 'net', bgp_asn: 65530 },
  alibaba: { vpc_id: 'vpc-1', vswitch_id_1: 'vsw-1', vswitch_id_2: 'vsw-2', bgp_asn: '' },
  tencent: { region: 'ap-tokyo', vpc_id: 'vpc-1' },
  ibm: { vpc_id: 'r022-1', subnet_id: '02w7-1' },
}

describe('siteOf', () => {
  it.each([
    ['aws', 'ap-northeast-2', 'vpc-1', { asn: 64512 }, ''],
    ['azure', 'koreacentral', 'group/net', { asn: 65531, sku: 'VpnGw2AZ' }, '10.1.255.0/27'],
    ['gcp', 'asia-northeast3', 'net', { asn: 65530 }, ''],
    ['alibaba', 'ap-northeast-2', 'vpc-1', {}, ''],
    ['tencent', 'ap-tokyo', 'vpc-1', {}, ''],
    ['ibm', 'au-syd', 'r022-1', {}, ''],
  ] as const)('reads an end in %s, whose region has a default', (key, region, network, settings, gatewaySubnet) => {
    const request = siteRequests[key].parse(requests[key])
    const site = siteOf({ key, opposite: 'aws', path: 'vpn_config' }, { [key]: request }, clouds)
    expect(site).toEqual({ key, cloud: key, region, network, settings, gatewaySubnet })
    expect(clouds.connection(`${key}-${site.region}`)).toBeDefined()
  })

  it.each(siteKeys)('names every field that %s lacks', (key) => {
    expect(() => siteOf({ key, opposite: 'aws', path: 'vpn_config' }, { [key]: {} }, clouds)).toThrow(new RegExp(`vpn_config\\.${key}\\.\\w+ is missing`))
  })

  it('refuses a number that is none', () => {
    expect(() => siteOf({ key: 'aws', opposite: 'gcp', path: 'tfVars' }, { aws: { ...siteRequests.aws.parse(requests.aws), bgp_asn: 'abc' } }, clouds)).toThrow('tfVars.aws.bgp_asn: an ASN is a number')
  })

  it('says that the provider of a cloud is missing', () => {
    const dcs = siteRequests.dcs.parse({ subnet_id: 's' })
    expect(() => siteOf({ key: 'dcs', opposite: 'aws', path: 'vpn_config.target_csp' }, { dcs }, clouds)).toThrow('vpn_config.target_csp.dcs: no provider for openstack is loaded')
  })

  it.each([
    ['a subnet, as the peer does', { subnet_id: 's' }, 'subnet/s'],
    ['a network', { network_id: 'n', subnet_id: 's' }, 'n'],
    ['a network and its router', { network_id: 'n', router_id: 'r', subnet_id: 's' }, 'n/r'],
  ])('names the network of a plugin by %s', (_, fields, network) => {
    const dcs = siteRequests.dcs.parse(fields)
    const withPlugin = new CloudCatalogue(builtInProviders.slice(0, 1).map((provider) => ({ ...provider, id: 'openstack' })), [], [])
    expect(siteOf({ key: 'dcs', opposite: 'aws', path: 'vpn_config.target_csp' }, { dcs }, withPlugin)).toMatchObject({ cloud: 'openstack', region: 'RegionOne', network })
  })

  it('takes wishes for the cloud opposite', () => {
    const azure = siteRequests.azure.parse({ ...requests.azure, bgp_peering_cidrs: { to_aws: ['169.254.21.0/30'], to_gcp: ['169.254.21.8/30'] } })
    const wishes = (opposite: SiteKey) => siteOf({ key: 'azure', opposite, path: 'vpn_config' }, { azure }, clouds).insideWishes
    expect([wishes('gcp'), wishes('ibm')]).toEqual([[{ field: 'vpn_config.azure.bgp_peering_cidrs.to_gcp[0]', cidr: '169.254.21.8/30' }], undefined])
  })

  it.each(['x', '12345678901', '-1', 1.5])('takes %s for no number', (bgp_asn) => {
    expect(siteRequests.aws.safeParse({ bgp_asn }).success).toBe(false)
  })
})
