import type { Fact, NetworkTerms } from '@isthmus/core'

/** The cloud's own words. */
export const terms: Fact<NetworkTerms> = {
  value: {
    vNet: 'VPC network',
    subnet: 'Subnet',
    routeTable: 'Route',
    internetGateway: 'Default internet gateway',
    natGateway: 'Cloud NAT',
    publicAddress: 'Static external IP address',
    securityGroup: 'VPC firewall rule',
    networkAcl: null,
    peering: 'VPC Network Peering',
    transit: 'Network Connectivity Center hub',
    vpnGateway: 'Cloud VPN gateway',
    peerGateway: 'Peer VPN gateway',
    vpnConnection: 'VPN tunnel',
    dedicatedLine: 'Cloud Interconnect',
  },
  source: 'resource names of hashicorp/google; words of its console and guides from memory. Routes belong to the network and have no table of their own',
  checked: '2026-11-24',
  unverified: true,
}
