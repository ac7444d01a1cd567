import { locationsFrom, type CloudFacts, type Fact } from '@isthmus/core'

const networkList = 'cloud-barista/cb-tumblebug@4b571a8 assets/networkinfo.yaml, ncpvpc'
const placeList = 'cloud-barista/cb-tumblebug@027415a assets/cloudinfo.yaml, ncpvpc'
const createVpc = 'NAVER Cloud Platform API guide, "createVpc"'
const today = '2026-11-24'

const fact = <T>(value: T, source: string): Fact<T> => ({ value, source, checked: today })
const unverified = <T>(value: T, source: string): Fact<T> => ({ value, source, checked: today, unverified: true })

/** NAVER Cloud Platform, its VPC environment. */
export const ncp: CloudFacts = {
  id: 'ncp',
  title: 'NAVER Cloud Platform',
  network: {
    vnet: {
      ranges: fact(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], createVpc),
      reserved: unverified([], `${networkList} names none`),
      prefix: fact({ min: 16, max: 28 }, createVpc),
      hasCidr: fact(true, createVpc),
    },
    subnet: {
      prefix: fact({ min: 16, max: 28 }, networkList),
      reservedAddresses: fact(5, networkList),
      scope: fact('zone', 'terraform-ncloud-modules/terraform-ncloud-vpc, variable vpcs: each subnet has a zone'),
    },
    regions: fact({ KR: ['KR-1', 'KR-2'], SGN: ['SGN-4', 'SGN-5'], JPN: ['JPN-4', 'JPN-5'] }, placeList),
  },
  terms: unverified(
    {
      vNet: 'VPC',
      subnet: 'Subnet',
      routeTable: 'Route Table',
      internetGateway: null,
      natGateway: 'NAT Gateway',
      publicAddress: 'Public IP',
      securityGroup: 'ACG (Access Control Group)',
      networkAcl: 'Network ACL',
      peering: 'VPC Peering',
      transit: 'Transit VPC Connect',
      vpnGateway: 'IPsec VPN Gateway',
      peerGateway: null,
      vpnConnection: 'IPsec VPN Tunnel',
      dedicatedLine: 'Cloud Connect',
    },
    'NAVER Cloud Platform user guide and API guide, headings of VPC, "IPsec VPN" and "VPC Peering"; the rest from memory. A public subnet reaches the internet without a gateway',
  ),
  locations: fact(locationsFrom({ KR: ['Seoul, South Korea', 37.57, 126.98], SGN: ['Singapore', 1.35, 103.82], JPN: ['Tokyo, Japan', 35.69, 139.69] }), `${placeList}, for the places; general knowledge for their coordinates`),
  vpn: fact(
    { reason: 'NAVER Cloud Platform shows IPsec VPN gateways through its API and makes none', instead: 'have the gateway made in its console, or run a VPN of your own on a machine in the designed network' },
    'NAVER Cloud Platform user guide, "IPsec VPN permissions management": every action is a view, and the only managed policy is NCP_VPC_IPSEC_VPN_VIEWER',
  ),
}
