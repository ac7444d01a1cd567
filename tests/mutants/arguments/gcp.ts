import { behind, local, naming, only, pointer, refused, shared, underBgp, underStatic, type Rules, type Setting, type Verdict } from '../rules.ts'
import { tokensIn, type Argument } from '../stack.ts'

/** Two Classic VPN gateways are made, and under static routing a peer that takes one address only uses one of them. */
const ofUsedGateway = ({ resource }: Argument, { resources }: Setting): Verdict => {
  const [site, slot] = resource.name.split('--')
  const used = resources.some(({ values }) => tokensIn(values['target_vpn_gateway']).some((token) => token.includes(`.${site}--${slot}--`)))
  return used ? pointer('outside') : only('gateway that the deal does not use')
}


/** What the arguments of its resources mean to the other end. */
export const gcpArguments: Rules = {
  google_compute_external_vpn_gateway: [
    [/^(name|provider)$/, naming],
    [/^redundancy_type$/, refused],
    [/^interface\.\d\.ip_address$/, shared('outside')],
    [/^interface\.\d\.id$/, pointer('outside')],
  ],
  google_compute_ha_vpn_gateway: [[/./, naming]],
  google_compute_router: [
    [/^(name|network|region|provider)$/, naming],
    [/^bgp\.0\.keepalive_interval$/, local],
    [/^bgp\.0\.advertise_mode$/, only('under BGP networks are learned, not agreed')],
    [/^bgp\.0\.asn$/, underBgp(shared('asn'))],
  ],
  google_compute_router_interface: [
    [/^(name|region|provider)$/, naming],
    [/^router$/, refused],
    [/^ip_range$/, pointer('inside', 'insidePrefix')],
    [/^vpn_tunnel$/, pointer('inside', 'asn')],
  ],
  google_compute_router_peer: [
    [/^(name|region|provider)$/, naming],
    [/^(advertised_route_priority|advertise_mode)$/, only('under BGP networks are learned, not agreed')],
    [/^router$/, pointer('asn')],
    [/^interface$/, pointer('inside', 'asn')],
    [/^(ip_address|peer_ip_address)$/, shared('inside')],
    [/^peer_asn$/, shared('asn')],
    [/^enable$/, { fields: ['inside'], indirect: true, assumed: true }],
  ],
  google_compute_vpn_tunnel: [
    [/^(name|region|provider)$/, naming],
    [/^router$/, refused],
    [/^vpn_gateway$/, pointer('outside')],
    [/^vpn_gateway_interface$/, { fields: ['outside'], assumed: 0 }],
    [/^peer_external_gateway$/, pointer('outside')],
    [/^peer_external_gateway_interface$/, { fields: ['outside'], indirect: true, assumed: 0 }],
    [/^target_vpn_gateway$/, pointer('outside')],
    [/^peer_ip$/, shared('outside')],
    [/^(local|remote)_traffic_selector$/, { fields: ['selectors'], assumed: ['0.0.0.0/0'] }],
    [/^shared_secret$/, shared('key')],
    [/^ike_version$/, { fields: ['ikeVersion'], assumed: 2 }],
    [/^cipher_suite\.0\.phase1\.0\.encryption$/, shared('phase1.encryption')],
    [/^cipher_suite\.0\.phase1\.0\.integrity$/, shared('phase1.integrity')],
    [/^cipher_suite\.0\.phase1\.0\.prf$/, shared('phase1.prf')],
    [/^cipher_suite\.0\.phase1\.0\.dh$/, shared('phase1.dhGroup')],
    [/^cipher_suite\.0\.phase2\.0\.encryption$/, shared('phase2.encryption')],
    [/^cipher_suite\.0\.phase2\.0\.integrity$/, shared('phase2.integrity')],
    [/^cipher_suite\.0\.phase2\.0\.pfs$/, shared('phase2.pfs')],
  ],
  google_compute_route: [
    [/^(name|network|provider)$/, naming],
    [/^priority$/, local],
    [/^dest_range$/, shared('prefixes')],
    [/^next_hop_vpn_tunnel$/, pointer('prefixes')],
  ],
  google_compute_address: [[/./, naming]],
  google_compute_vpn_gateway: [[/./, naming]],
  google_compute_forwarding_rule: [
    [/^(name|region|provider)$/, naming],
    [/^(ip_protocol|port_range|ip_address|target)$/, ofUsedGateway],
  ],
  google_compute_subnetwork: [[/^ip_cidr_range$/, underStatic(pointer('prefixes'))], [/./, behind]],
}
