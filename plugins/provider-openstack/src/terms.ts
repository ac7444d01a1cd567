import type { Fact, NetworkTerms } from '@isthmus/core'

/** What OpenStack calls the things that networks are made of. */
export const terms: Fact<NetworkTerms> = {
  value: {
    vNet: 'network',
    subnet: 'subnet',
    routeTable: 'routes of a router',
    internetGateway: 'external gateway of a router',
    natGateway: 'SNAT of a router',
    publicAddress: 'floating IP',
    securityGroup: 'security group',
    networkAcl: 'firewall group (FWaaS)',
    peering: null,
    transit: null,
    vpnGateway: 'VPN service (VPNaaS)',
    peerGateway: null,
    vpnConnection: 'IPsec site connection',
    dedicatedLine: null,
  },
  source: 'docs.openstack.org, Networking API v2.0 reference',
  checked: '2026-11-24',
}
