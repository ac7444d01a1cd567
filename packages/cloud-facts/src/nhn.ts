import { locationsFrom, type CloudFacts, type Fact } from '@isthmus/core'

const networkList = 'cloud-barista/cb-tumblebug@4b571a8 assets/networkinfo.yaml, nhncloud'
const placeList = 'cloud-barista/cb-tumblebug@027415a assets/cloudinfo.yaml, nhncloud'
const today = '2026-11-24'

const fact = <T>(value: T, source: string): Fact<T> => ({ value, source, checked: today })
const unverified = <T>(value: T, source: string): Fact<T> => ({ value, source, checked: today, unverified: true })

/** NHN Cloud. */
export const nhn: CloudFacts = {
  id: 'nhn',
  title: 'NHN Cloud',
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], networkList),
      reserved: fact(['169.254.0.0/16'], networkList),
      prefix: fact({ min: 8, max: 24 }, networkList),
      hasCidr: fact(true, networkList),
    },
    subnet: {
      prefix: fact({ min: 8, max: 28 }, networkList),
      reservedAddresses: fact(5, networkList),
      scope: unverified('region', 'from memory: machines of every zone can be put into a subnet'),
    },
    regions: fact({ kr1: ['kr-pub-a', 'kr-pub-b'], kr2: ['kr2-pub-a', 'kr2-pub-b'], jp1: ['jp-pub-a', 'jp-pub-b'] }, placeList),
  },
  terms: unverified(
    {
      vNet: 'VPC',
      subnet: 'Subnet',
      routeTable: 'Routing Table',
      internetGateway: 'Internet Gateway',
      natGateway: 'NAT Gateway',
      publicAddress: 'Floating IP',
      securityGroup: 'Security Group',
      networkAcl: 'Network ACL',
      peering: 'Peering Gateway',
      transit: 'Transit Hub',
      vpnGateway: 'VPN Gateway',
      peerGateway: null,
      vpnConnection: 'VPN Connection',
      dedicatedLine: 'Colocation Gateway',
    },
    'NHN Cloud, API v2 guides of Internet Gateway and Colocation Gateway, headings; the rest from memory of its console guide',
  ),
  locations: fact(locationsFrom({ kr1: ['Pangyo, South Korea', 37.39, 127.1], kr2: ['Pyeongchon, South Korea', 37.39, 126.95], jp1: ['Tokyo, Japan', 35.69, 139.69] }), `${placeList}, for the places; general knowledge for their coordinates`),
  vpn: unverified(
    { reason: 'NHN Cloud publishes no API for its VPN gateway', instead: 'have the gateway made in its console, or run a VPN of your own on a machine in the designed network' },
    'NHN Cloud documents: internet, service and colocation gateways have an API v2 guide, and none was found for the VPN gateway',
  ),
}
