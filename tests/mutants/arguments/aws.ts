import { behind, lifetimeAgainst, local, naming, only, outsideUnlessIdle, pointer, refused, shared, startingWith, underBgp, underStatic, type Rule, type Rules, type Setting, type Shared, type Verdict } from '../rules.ts'
import type { Argument } from '../stack.ts'

/** A tunnel that AWS makes although the deal has one less: it neither starts nor comes back. */
const unlessSpare = (verdict: Rule[1]) => (argument: Argument, setting: Setting): Verdict => {
  const number = argument.path[0]?.slice(0, 'tunnelN'.length) ?? ''
  const { values } = argument.resource
  const spare = values[`${number}_startup_action`] === 'add' && values[`${number}_dpd_timeout_action`] === 'clear'
  if (spare) return only('tunnel that the deal does not use')
  return typeof verdict === 'function' ? verdict(argument, setting) : verdict
}

const unlessAead = (encryption: string, verdict: Shared) => ({ resource, path }: Argument): Verdict => {
  const beside = resource.values[(path[0] ?? '').replace(/integrity/, encryption)]
  return String(beside).includes('GCM') ? only('not negotiated beside an AEAD') : verdict
}

const startsAlone = ({ resource, path }: Argument): boolean => resource.values[(path[0] ?? '').replace('dpd_timeout_action', 'startup_action')] === 'start'

const awsTunnel: readonly Rule[] = [
  [/_(dpd_timeout_seconds|rekey_\w+|replay_window_size|enable_tunnel_lifecycle_control)$/, local],
  [/_ike_versions$/, unlessSpare({ fields: ['ikeVersion'], assumed: ['ikev2'], mayOfferMore: true })],
  [/_inside_cidr$/, unlessSpare(underBgp(shared('inside', 'insidePrefix')))],
  [/_preshared_key$/, unlessSpare(shared('key'))],
  [/_startup_action$/, unlessSpare(startingWith('start', 'add'))],
  [/_dpd_timeout_action$/, unlessSpare((argument, setting) => (startsAlone(argument) ? startingWith('restart', 'clear')(argument, setting) : only('an end that waits has nothing to restart')))],
  [/_phase1_encryption_algorithms$/, unlessSpare(shared('phase1.encryption'))],
  [/_phase1_integrity_algorithms$/, unlessSpare(shared('phase1.integrity', 'phase1.prf'))],
  [/_phase1_dh_group_numbers$/, unlessSpare(shared('phase1.dhGroup'))],
  [/_phase1_lifetime_seconds$/, unlessSpare(lifetimeAgainst(['azure', 'gcp'], 'phase1.lifetime', 28_800))],
  [/_phase2_encryption_algorithms$/, unlessSpare(shared('phase2.encryption'))],
  [/_phase2_integrity_algorithms$/, unlessSpare(unlessAead('encryption', shared('phase2.integrity')))],
  [/_phase2_dh_group_numbers$/, unlessSpare(shared('phase2.pfs'))],
  [/_phase2_lifetime_seconds$/, unlessSpare(lifetimeAgainst(['gcp'], 'phase2.lifetime', 3600))],
]


/** What the arguments of its resources mean to the other end. */
export const awsArguments: Rules = {
  aws_customer_gateway: [
    [/^(device_name|tags\..*|provider)$/, naming],
    [/^type$/, refused],
    [/^ip_address$/, outsideUnlessIdle('azurerm_public_ip')],
    [/^bgp_asn(_extended)?$/, underBgp(shared('asn'))],
  ],
  aws_vpn_connection: [
    [/^(tags\..*|provider)$/, naming],
    [/^type$/, refused],
    [/^customer_gateway_id$/, pointer('outside', 'asn')],
    [/^(vpn|transit)_gateway_id$/, underBgp(pointer('asn'))],
    [/^static_routes_only$/, { fields: ['routing'], assumed: false }],
    [/^(local|remote)_ipv4_network_cidr$/, { fields: ['selectors'], assumed: '0.0.0.0/0' }],
    ...awsTunnel,
  ],
  aws_vpn_connection_route: [[/^provider$/, naming], [/^destination_cidr_block$/, shared('prefixes')], [/^vpn_connection_id$/, pointer('prefixes')]],
  aws_ec2_transit_gateway_route: [
    [/^provider$/, naming],
    [/^destination_cidr_block$/, shared('prefixes')],
    [/^transit_gateway_attachment_id$/, pointer('prefixes')],
    [/^transit_gateway_route_table_id$/, behind],
  ],
  aws_route: [[/./, behind]],
  aws_vpn_gateway_route_propagation: [[/./, behind]],
  aws_ec2_transit_gateway_vpc_attachment: [[/./, behind]],
  aws_vpn_gateway: [[/^(tags\..*|provider)$/, naming], [/^vpc_id$/, behind], [/^amazon_side_asn$/, underBgp(shared('asn'))]],
  aws_ec2_transit_gateway: [[/^(tags\..*|provider)$/, naming], [/^(auto_|default_|dns_|vpn_ecmp)/, behind], [/^amazon_side_asn$/, underBgp(shared('asn'))]],
  aws_vpc: [[/^cidr_block$/, underStatic(shared('prefixes'))], [/./, behind]],
}
