import { describe, expect, it } from 'vitest'
import { clouds } from '../testing/networks.fixture.ts'
import { siteKeys, siteOf, siteRequests } from './site-requests.ts'

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
    const site = siteOf(key, { [key]: request }, clouds, 'vpn_config')
    expect(site).toEqual({ key, cloud: key, region, network, settings, gatewaySubnet })
    expect(clouds.connection(`${key}-${site.region}`)).toBeDefined()
  })

  it.each(siteKeys.filter((key) => key !== 'dcs'))('names every field that %s lacks', (key) => {
    expect(() => siteOf(key, { [key]: {} }, clouds, 'vpn_config')).toThrow(new RegExp(`vpn_config\\.${key}\\.\\w+ is missing`))
  })

  it('says that the provider of a cloud is missing', () => {
    const dcs = siteRequests.dcs.parse({ network_id: 'n', subnet_id: 's', router_id: 'r' })
    expect(() => siteOf('dcs', { dcs }, clouds, 'vpn_config.target_csp')).toThrow('vpn_config.target_csp.dcs: no provider for openstack is loaded')
  })

  it.each(['x', '12345678901', '-1', 1.5])('takes %s for no number', (bgp_asn) => {
    expect(siteRequests.aws.safeParse({ bgp_asn }).success).toBe(false)
  })
})
