import { locationsFrom, type CloudFacts, type Fact } from '@isthmus/core'

const networkList = 'cloud-barista/cb-tumblebug@4b571a8 assets/networkinfo.yaml, ktcloudvpc, where it is commented out as to be determined'
const placeList = 'cloud-barista/cb-tumblebug@027415a assets/cloudinfo.yaml, ktcloudvpc'
const tiers = 'cloud-barista/cb-spider issue 1105'
const today = '2026-11-24'

const fact = <T>(value: T, source: string): Fact<T> => ({ value, source, checked: today })
const unverified = <T>(value: T, source: string): Fact<T> => ({ value, source, checked: today, unverified: true })

/** KT Cloud, its D platform with VPCs. Little about it is public, so its bounds are the narrow ones that are known to work. */
export const kt: CloudFacts = {
  id: 'kt',
  title: 'KT Cloud',
  network: {
    vnet: {
      ranges: unverified(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], networkList),
      reserved: unverified(['172.17.0.0/16'], networkList),
      prefix: unverified({ min: 16, max: 24 }, networkList),
      hasCidr: unverified(true, networkList),
    },
    subnet: {
      prefix: unverified({ min: 24, max: 28 }, networkList),
      reservedAddresses: unverified(7, `${networkList}: 249 addresses of a /24 are left, which is seven less than it has`),
      scope: unverified('region', `${placeList}: the one region has no zones`),
    },
    regions: fact({ 'kr-dx-m1': [] }, placeList),
  },
  terms: unverified(
    {
      vNet: 'VPC',
      subnet: 'Tier',
      routeTable: null,
      internetGateway: null,
      natGateway: null,
      publicAddress: 'Public IP',
      securityGroup: 'Firewall',
      networkAcl: null,
      peering: null,
      transit: null,
      vpnGateway: 'Site-to-Site VPN',
      peerGateway: null,
      vpnConnection: null,
      dedicatedLine: null,
    },
    `from memory of its console, and ${tiers}`,
  ),
  locations: fact(locationsFrom({ 'kr-dx-m1': ['Seoul, South Korea', 37.54, 126.87] }), placeList),
  vpn: unverified(
    { reason: 'KT Cloud publishes no API for its VPN', instead: 'have the VPN set up by its console or support, or run one of your own on a machine in the designed network' },
    'the 2025 talk on VPNs between clouds; no document of an API was found on the day it was checked',
  ),
}
