import { lifetimeAgainst, local, modeless, naming, only, outsideUnlessIdle, pointer, price, refused, shared, startingWith, underBgp, underStatic, type Rules, type Setting, type Verdict } from '../rules.ts'
import { tokensIn, type Argument } from '../stack.ts'

const unlessAead = ({ resource }: Argument): Verdict => (String(resource.values['ipsec_encrypt_algorithm']).includes('GCM') ? only('not negotiated beside an AEAD') : shared('phase2.integrity'))

/** Two gateways are made, and under static routing a peer that takes one address only uses one of them. */
const ofUsedGateway = ({ resource }: Argument, { resources }: Setting): Verdict =>
  (resources.some(({ type, values }) => type === 'tencentcloud_vpn_connection' && tokensIn(values['vpn_gateway_id']).includes(`${resource.address}.id`)) ? pointer('prefixes') : only('gateway that the deal does not use'))

/** What the arguments of its resources mean to the other end. */
export const tencentArguments: Rules = {
  tencentcloud_vpn_gateway: [
    [/^(name|provider|tags\..*)$/, naming],
    [/^charge_type$/, price],
    [/^type$/, refused],
    [/^bandwidth$/, underBgp({ ...pointer('routing'), harmless: (changed) => Number(changed) > 200 })],
    [/^vpc_id$/, ofUsedGateway],
    [/^bgp_asn$/, underBgp(shared('asn'))],
  ],
  tencentcloud_vpn_customer_gateway: [
    [/^(name|provider|tags\..*)$/, naming],
    [/^public_ip_address$/, outsideUnlessIdle('azurerm_public_ip')],
    [/^bgp_asn$/, underBgp(shared('asn'))],
  ],
  tencentcloud_vpn_connection: [
    [/^(name|provider|tags\..*)$/, naming],
    [/^(dpd_enable|dpd_timeout|ipsec_sa_lifetime_traffic)$/, local],
    [/^ike_exchange_mode$/, modeless],
    [/^vpc_id$/, pointer('prefixes')],
    [/^vpn_gateway_id$/, pointer('outside', 'asn', 'prefixes')],
    [/^customer_gateway_id$/, pointer('outside', 'asn')],
    [/^pre_share_key$/, shared('key')],
    [/^ike_(local|remote)_identity$/, { fields: ['outside'], indirect: true, assumed: 'ADDRESS' }],
    [/^ike_(local|remote)_address$/, pointer('outside')],
    [/^ike_version$/, shared('ikeVersion')],
    [/^negotiation_type$/, startingWith('active', 'active')],
    [/^dpd_action$/, (argument, setting) => (argument.resource.values['negotiation_type'] === 'passive' ? only('an end that waits has nothing to restart') : startingWith('restart', 'clear')(argument, setting))],
    [/^enable_health_check$/, { fields: ['prefixes'], indirect: true, assumed: false }],
    [/^route_type$/, { fields: ['routing', 'prefixes'], indirect: true }],
    [/^bgp_config\.0\.(local|remote)_bgp_ip$/, shared('inside')],
    [/^bgp_config\.0\.tunnel_cidr$/, shared('inside', 'insidePrefix')],
    [/^ike_proto_encry_algorithm$/, shared('phase1.encryption')],
    [/^ike_proto_authen_algorithm$/, shared('phase1.integrity', 'phase1.prf')],
    [/^ike_dh_group_name$/, shared('phase1.dhGroup')],
    [/^ike_sa_lifetime_seconds$/, lifetimeAgainst(['azure', 'gcp'], 'phase1.lifetime', 86_400)],
    [/^ipsec_encrypt_algorithm$/, shared('phase2.encryption')],
    [/^ipsec_integrity_algorithm$/, unlessAead],
    [/^ipsec_pfs_dh_group$/, shared('phase2.pfs')],
    [/^ipsec_sa_lifetime_seconds$/, lifetimeAgainst(['gcp'], 'phase2.lifetime', 3600)],
  ],
  tencentcloud_vpn_gateway_route: [
    [/^provider$/, naming],
    [/^priority$/, only('which of two routes goes first; either leads to the peer')],
    [/^destination_cidr_block$/, pointer('prefixes')],
    [/^(vpn_gateway_id|instance_type|instance_id|status)$/, pointer('prefixes')],
  ],
  tencentcloud_route_table_entry: [
    [/^provider$/, naming],
    [/^(destination_cidr_block|next_type|next_hub|route_table_id)$/, pointer('prefixes')],
  ],
  tencentcloud_vpc: [[/^(cidr_block|assistant_cidrs)$/, underStatic(shared('prefixes'))], [/./, naming]],
}
