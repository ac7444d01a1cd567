import { isDeepStrictEqual } from 'node:util'
import { isToken, type ResourceView } from '@isthmus/core'
import { behind, judge, lifetimeAgainst, local, modeless, naming, only, outsideUnlessIdle, patience, pointer, price, refused, shared, startingWith, underBgp, underStatic, type Rule, type Rules, type Setting, type Verdict } from '../rules.ts'
import { tokensIn, type Argument } from '../stack.ts'

/** The VPC of a vSwitch that is pointed to. */
function vpcOf(vswitch: unknown, resources: readonly ResourceView[]): unknown {
  return resources.find(({ address }) => isToken(vswitch) && vswitch.token === `${address}.id`)?.values['vpc_id']
}

const tunnel: readonly Rule[] = [
  [/\.role$/, ({ value }) => ({ ...pointer('outside'), assumed: value })],
  [/\.customer_gateway_id$/, pointer('outside', 'asn')],
  [/\.enable_dpd$/, local],
  [/\.enable_nat_traversal$/, { fields: ['prefixes'], indirect: true, assumed: true }],
  [/\.tunnel_bgp_config\.0\.local_asn$/, shared('asn')],
  [/\.tunnel_bgp_config\.0\.local_bgp_ip$/, shared('inside')],
  [/\.tunnel_bgp_config\.0\.tunnel_cidr$/, shared('inside', 'insidePrefix')],
  [/\.ike_mode$/, modeless],
  [/\.ike_version$/, { fields: ['ikeVersion'] }],
  [/\.psk$/, shared('key')],
  [/\.ike_enc_alg$/, shared('phase1.encryption')],
  [/\.ike_auth_alg$/, shared('phase1.integrity', 'phase1.prf')],
  [/\.ike_pfs$/, shared('phase1.dhGroup')],
  [/\.ike_lifetime$/, lifetimeAgainst(['azure', 'gcp'], 'phase1.lifetime', 86_400)],
  [/\.ipsec_enc_alg$/, shared('phase2.encryption')],
  [/\.ipsec_auth_alg$/, shared('phase2.integrity')],
  [/\.ipsec_pfs$/, shared('phase2.pfs')],
  [/\.ipsec_lifetime$/, lifetimeAgainst(['gcp'], 'phase2.lifetime', 86_400)],
]

/** A connection has two tunnels even where the deal has one: then both go to one address with one key, and the peer knows one of them. */
function isSpare({ resource, path }: Argument, { resources }: Setting): boolean {
  const specification: unknown = resource.values['tunnel_options_specification']
  const tunnels: unknown[] = Array.isArray(specification) ? specification : []
  const [first, second] = tunnels.map((options) => JSON.stringify(tokensIn(options)))
  const attribute = path[1] === '1' ? 'disaster_recovery_internet_ip' : 'internet_ip'
  const own = tokensIn(resource.values['vpn_gateway_id']).map((token) => token.replace(/id$/, attribute))
  return first === second && !resources.some((other) => other !== resource && tokensIn(other.values).some((token) => own.includes(token)))
}

function ofTunnel(argument: Argument, setting: Setting): Verdict {
  if (isSpare(argument, setting)) return only('tunnel that the deal does not use')
  return judge(tunnel, argument, setting)
}

/** What the arguments of its resources mean to the other end. */
export const alibabaArguments: Rules = {
  alicloud_vpn_gateway: [
    [/^(vpn_gateway_name|provider|tags\..*)$/, naming],
    [/^(bandwidth|payment_type)$/, price],
    [/^timeouts\./, patience],
    [/^vpn_type$/, refused],
    [/^enable_ssl$/, only('for single clients, beside the tunnels')],
    [/^enable_ipsec$/, { ...pointer('prefixes'), assumed: true }],
    [/^network_type$/, { ...pointer('prefixes'), assumed: 'public' }],
    [/^vpc_id$/, pointer('prefixes')],
    [/^(disaster_recovery_)?vswitch_id$/, { ...pointer('prefixes'), harmless: (changed, { value }, { resources }) => vpcOf(changed, resources) !== undefined && isDeepStrictEqual(vpcOf(changed, resources), vpcOf(value, resources)) }],
    [/^auto_propagate$/, underBgp(pointer('prefixes'))],
  ],
  alicloud_vpn_customer_gateway: [
    [/^(customer_gateway_name|provider|tags\..*)$/, naming],
    [/^ip_address$/, outsideUnlessIdle('azurerm_public_ip')],
    [/^asn$/, underBgp(shared('asn'))],
  ],
  alicloud_vpn_connection: [
    [/^(vpn_connection_name|provider|tags\..*)$/, naming],
    [/^timeouts\./, patience],
    [/^auto_config_route$/, only('routes are written one by one')],
    [/^vpn_gateway_id$/, pointer('outside', 'prefixes')],
    [/^network_type$/, { fields: ['prefixes'], indirect: true, assumed: 'public' }],
    [/^(local|remote)_subnet$/, shared('selectors')],
    [/^effect_immediately$/, startingWith(true, false)],
    [/^enable_tunnels_bgp$/, { fields: ['routing'], assumed: false }],
    [/^tunnel_options_specification\./, ofTunnel],
  ],
  alicloud_vpn_route_entry: [
    [/^provider$/, naming],
    [/^timeouts\./, patience],
    [/^weight$/, only('which of two routes goes first; either leads to the peer')],
    [/^route_dest$/, shared('prefixes')],
    [/^(next_hop|vpn_gateway_id|publish_vpc)$/, pointer('prefixes')],
  ],
  alicloud_vpc: [[/^cidr_block$/, underStatic(shared('prefixes'))], [/./, naming]],
  alicloud_vswitch: [[/^vpc_id$/, pointer('prefixes')], [/./, behind]],
}
