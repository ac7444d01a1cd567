import type { Fact, NetworkTerms } from '@isthmus/core'

/** The cloud's own words. */
export const terms: Fact<NetworkTerms> = {
  value: {
    vNet: 'VPC',
    subnet: 'Subnet',
    routeTable: 'Route table',
    internetGateway: 'Internet gateway',
    natGateway: 'NAT gateway',
    publicAddress: 'Elastic IP address',
    securityGroup: 'Security group',
    networkAcl: 'Network ACL',
    peering: 'VPC peering connection',
    transit: 'Transit gateway',
    vpnGateway: 'Virtual private gateway',
    peerGateway: 'Customer gateway',
    vpnConnection: 'Site-to-Site VPN connection',
    dedicatedLine: 'Direct Connect',
  },
  source: 'resource names of hashicorp/aws; words of its console and guides from memory',
  checked: '2026-11-24',
  unverified: true,
}
