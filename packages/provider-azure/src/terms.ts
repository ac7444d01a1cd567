import type { Fact, NetworkTerms } from '@isthmus/core'

/** The cloud's own words. */
export const terms: Fact<NetworkTerms> = {
  value: {
    vNet: 'Virtual network (VNet)',
    subnet: 'Subnet',
    routeTable: 'Route table',
    internetGateway: null,
    natGateway: 'NAT gateway',
    publicAddress: 'Public IP address',
    securityGroup: 'Network security group',
    networkAcl: null,
    peering: 'Virtual network peering',
    transit: 'Virtual WAN hub',
    vpnGateway: 'Virtual network gateway (VPN)',
    peerGateway: 'Local network gateway',
    vpnConnection: 'Connection',
    dedicatedLine: 'ExpressRoute circuit',
  },
  source: 'resource names of hashicorp/azurerm; words of its portal and guides from memory. Subnets reach the internet by a system route, and a network security group filters at subnets as well',
  checked: '2026-11-24',
  unverified: true,
}
