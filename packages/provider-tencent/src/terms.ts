import type { Fact, NetworkTerms } from '@isthmus/core'

/** The cloud's own words. */
export const terms: Fact<NetworkTerms> = {
  value: {
    vNet: 'VPC',
    subnet: 'Subnet',
    routeTable: 'Route table',
    internetGateway: null,
    natGateway: 'NAT Gateway',
    publicAddress: 'Elastic IP (EIP)',
    securityGroup: 'Security group',
    networkAcl: 'Network ACL',
    peering: 'Peering connection',
    transit: 'Cloud Connect Network (CCN)',
    vpnGateway: 'VPN gateway',
    peerGateway: 'Customer gateway',
    vpnConnection: 'VPN tunnel',
    dedicatedLine: 'Direct Connect',
  },
  source: 'resource names of tencentcloudstack/tencentcloud; words of its console and guides from memory. Machines with a public address need no gateway',
  checked: '2026-11-24',
  unverified: true,
}
