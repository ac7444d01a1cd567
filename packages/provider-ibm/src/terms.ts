import type { Fact, NetworkTerms } from '@isthmus/core'

/** The cloud's own words. */
export const terms: Fact<NetworkTerms> = {
  value: {
    vNet: 'VPC',
    subnet: 'Subnet',
    routeTable: 'Routing table',
    internetGateway: null,
    natGateway: 'Public gateway',
    publicAddress: 'Floating IP',
    securityGroup: 'Security group',
    networkAcl: 'Access control list (ACL)',
    peering: null,
    transit: 'Transit Gateway',
    vpnGateway: 'VPN gateway',
    peerGateway: null,
    vpnConnection: 'VPN connection',
    dedicatedLine: 'Direct Link',
  },
  source: 'resource names of IBM-Cloud/ibm; words of its console and guides from memory. The peer is a part of the VPN connection, and VPCs are joined by a Transit Gateway',
  checked: '2026-11-24',
  unverified: true,
}
