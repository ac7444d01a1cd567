import type { Fact, NetworkTerms } from '@isthmus/core'

/** The cloud's own words. */
export const terms: Fact<NetworkTerms> = {
  value: {
    vNet: 'VPC',
    subnet: 'vSwitch',
    routeTable: 'Route table',
    internetGateway: 'IPv4 gateway',
    natGateway: 'NAT gateway',
    publicAddress: 'Elastic IP address (EIP)',
    securityGroup: 'Security group',
    networkAcl: 'Network ACL',
    peering: 'VPC peering connection',
    transit: 'Transit router (Cloud Enterprise Network)',
    vpnGateway: 'VPN gateway',
    peerGateway: 'Customer gateway',
    vpnConnection: 'IPsec-VPN connection',
    dedicatedLine: 'Express Connect circuit',
  },
  source: 'resource names of aliyun/alicloud 1.290; words of its console and guides from memory',
  checked: '2026-11-24',
  unverified: true,
}
