import { IpAddress, type EndField, type ResourceView } from '@isthmus/core'
import { tokensIn, type Argument } from './stack.ts'

/** What decides whether an argument has to agree with the other end. */
export interface Setting {
  readonly routing: 'bgp' | 'static'
  /** Clouds at both ends, sorted. */
  readonly clouds: readonly string[]
  /** True where both ends start IKE, so that either may be told to wait. */
  readonly bothInitiate: boolean
  /** The whole stack. */
  readonly resources: readonly ResourceView[]
}

/** An argument that the other end has to agree with. */
export interface Shared {
  /** Fields that a finding may name; any of them. */
  readonly fields: readonly EndField[]
  /** True where the finding names the resource at the other end of a reference, because that is where the wrong value shows. */
  readonly indirect?: true
  /** What the cloud assumes when the argument is absent: taking it away changes nothing then. */
  readonly assumed?: unknown
  /** True where a longer list still contains what was agreed. */
  readonly mayOfferMore?: true
}

/** An argument that concerns one end only, and why. */
export interface OneSided {
  readonly reason: string
}

type Rule = readonly [argument: RegExp, verdict: Shared | OneSided | ((argument: Argument, setting: Setting) => Shared | OneSided)]

const only = (reason: string): OneSided => ({ reason })
const shared = (...fields: EndField[]): Shared => ({ fields })
const pointer = (...fields: EndField[]): Shared => ({ fields, indirect: true })

const naming = only('names, labels and places mean nothing to the other end')
const behind = only('behind the gateway, out of sight of the other end')
const refused = only('a cloud refuses any other value')
const local = only('a timer or counter that each end keeps for itself')

const underBgp = (verdict: Shared) => (_: Argument, { routing }: Setting): Shared | OneSided => (routing === 'bgp' ? verdict : only('static routing uses no autonomous system numbers'))
const underStatic = (verdict: Shared) => (_: Argument, { routing }: Setting): Shared | OneSided => (routing === 'static' ? verdict : only('under BGP networks are learned, not agreed'))
const initiation = ({ value }: Argument, { bothInitiate }: Setting): Shared | OneSided => {
  if (bothInitiate) return only('the other end starts, which is enough')
  const starts = value === 'start' || value === 'Default'
  return starts ? { fields: ['initiation'], assumed: 'Default' } : only('the other end starts; that this one does too does no harm')
}
const lifetimeAgainst = (fixed: readonly string[], field: EndField, assumed: unknown) => (_: Argument, { clouds }: Setting): Shared | OneSided =>
  clouds.some((cloud) => fixed.includes(cloud)) ? only('the other end has a fixed lifetime, and IKEv2 lets them differ') : { fields: [field], assumed }

/** A tunnel that AWS makes although the deal has one less: it neither starts nor comes back. */
const unlessSpare = (verdict: Rule[1]) => (argument: Argument, setting: Setting): Shared | OneSided => {
  const number = argument.path[0]?.slice(0, 'tunnelN'.length) ?? ''
  const { values } = argument.resource
  const spare = values[`${number}_startup_action`] === 'add' && values[`${number}_dpd_timeout_action`] === 'clear'
  if (spare) return only('tunnel that the deal does not use')
  return typeof verdict === 'function' ? verdict(argument, setting) : verdict
}

const unlessAead = (encryption: string, verdict: Shared) => ({ resource, path }: Argument): Shared | OneSided => {
  const beside = resource.values[(path[0] ?? '').replace(/integrity/, encryption)]
  return String(beside).includes('GCM') ? only('not negotiated beside an AEAD') : verdict
}

const awsTunnel: readonly Rule[] = [
  [/_(dpd_timeout_action|dpd_timeout_seconds|rekey_\w+|replay_window_size|enable_tunnel_lifecycle_control)$/, local],
  [/_ike_versions$/, unlessSpare({ fields: ['ikeVersion'], assumed: ['ikev2'], mayOfferMore: true })],
  [/_inside_cidr$/, unlessSpare(underBgp(shared('inside', 'insidePrefix')))],
  [/_preshared_key$/, unlessSpare(shared('key'))],
  [/_startup_action$/, unlessSpare(initiation)],
  [/_phase1_encryption_algorithms$/, unlessSpare(shared('phase1.encryption'))],
  [/_phase1_integrity_algorithms$/, unlessSpare(shared('phase1.integrity', 'phase1.prf'))],
  [/_phase1_dh_group_numbers$/, unlessSpare(shared('phase1.dhGroup'))],
  [/_phase1_lifetime_seconds$/, unlessSpare(lifetimeAgainst(['azure', 'gcp'], 'phase1.lifetime', 28_800))],
  [/_phase2_encryption_algorithms$/, unlessSpare(shared('phase2.encryption'))],
  [/_phase2_integrity_algorithms$/, unlessSpare(unlessAead('encryption', shared('phase2.integrity')))],
  [/_phase2_dh_group_numbers$/, unlessSpare(shared('phase2.pfs'))],
  [/_phase2_lifetime_seconds$/, unlessSpare(lifetimeAgainst(['gcp'], 'phase2.lifetime', 3600))],
]

/** Azure is told an address for both instances; the one that shares its /30 with the peer’s is in use. */
const inUse = ({ resource, value }: Argument, { resources }: Setting): Shared | OneSided => {
  const peer = resources.find((view) => view.type === 'azurerm_local_network_gateway' && view.name === resource.name)
  const settings: unknown = Array.isArray(peer?.values['bgp_settings']) ? peer.values['bgp_settings'][0] : undefined
  const opposite = typeof settings === 'object' && settings !== null && 'bgp_peering_address' in settings ? IpAddress.of(String(settings.bgp_peering_address)).value : 0n
  return IpAddress.of(String(value)).value >> 2n === opposite >> 2n ? shared('inside') : only('address of the instance that has no tunnel here')
}

/** Two Classic VPN gateways are made, and under static routing a peer that takes one address only uses one of them. */
const ofUsedGateway = ({ resource }: Argument, { resources }: Setting): Shared | OneSided => {
  const [site, slot] = resource.name.split('--')
  const used = resources.some(({ values }) => tokensIn(values['target_vpn_gateway']).some((token) => token.includes(`.${site}--${slot}--`)))
  return used ? pointer('outside') : only('gateway that the deal does not use')
}

const rules: Readonly<Record<string, readonly Rule[]>> = {
  aws_customer_gateway: [
    [/^(device_name|tags\..*|provider)$/, naming],
    [/^type$/, refused],
    [/^ip_address$/, shared('outside')],
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

  azurerm_local_network_gateway: [
    [/^(name|location|resource_group_name|provider|tags\..*)$/, naming],
    [/^gateway_address$/, shared('outside')],
    [/^bgp_settings\.0\.asn$/, shared('asn')],
    [/^bgp_settings\.0\.bgp_peering_address$/, shared('inside')],
    [/^address_space$/, shared('prefixes')],
  ],
  azurerm_virtual_network_gateway_connection: [
    [/^(name|location|resource_group_name|provider|tags\..*)$/, naming],
    [/^(dpd_timeout_seconds|ipsec_policy\.0\.sa_datasize)$/, local],
    [/^type$/, refused],
    [/^virtual_network_gateway_id$/, pointer('outside')],
    [/^local_network_gateway_id$/, pointer('outside', 'inside', 'asn', 'prefixes')],
    [/^shared_key$/, shared('key')],
    [/^connection_protocol$/, { fields: ['ikeVersion'], assumed: 'IKEv2' }],
    [/^connection_mode$/, initiation],
    [/^bgp_enabled$/, { fields: ['routing'], assumed: false }],
    [/^custom_bgp_addresses\.0\./, inUse],
    [/^ipsec_policy\.0\.ike_encryption$/, shared('phase1.encryption')],
    [/^ipsec_policy\.0\.ike_integrity$/, shared('phase1.integrity', 'phase1.prf')],
    [/^ipsec_policy\.0\.dh_group$/, shared('phase1.dhGroup')],
    [/^ipsec_policy\.0\.ipsec_encryption$/, shared('phase2.encryption')],
    [/^ipsec_policy\.0\.ipsec_integrity$/, shared('phase2.integrity', 'phase2.encryption')],
    [/^ipsec_policy\.0\.pfs_group$/, shared('phase2.pfs')],
    [/^ipsec_policy\.0\.sa_lifetime$/, lifetimeAgainst(['gcp'], 'phase2.lifetime', 27_000)],
  ],
  azurerm_virtual_network_gateway: [
    [/^(name|location|resource_group_name|provider|tags\..*)$/, naming],
    [/^(type|vpn_type|sku|generation)$/, refused],
    [/^timeouts\./, local],
    [/^active_active$/, underBgp(pointer('outside', 'inside'))],
    [/^bgp_enabled$/, underBgp(pointer('routing'))],
    [/^bgp_settings\.0\.asn$/, underBgp(shared('asn'))],
    [/^bgp_settings\.0\.peering_addresses\.\d\.(apipa_addresses|ip_configuration_name)$/, underBgp(pointer('inside'))],
    [/^ip_configuration\.\d\.name$/, underBgp(pointer('inside'))],
    [/^ip_configuration\.\d\.public_ip_address_id$/, pointer('outside')],
    [/^ip_configuration\.\d\.subnet_id$/, behind],
  ],
  azurerm_public_ip: [[/./, naming]],
  azurerm_virtual_network: [[/^address_space$/, underStatic(shared('prefixes'))], [/./, behind]],

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

/** Network resources that are walked for the blocks they state. */
export const networkTypes: readonly string[] = ['aws_vpc', 'azurerm_virtual_network', 'google_compute_subnetwork']

/** What any resource may say to OpenTofu about itself. */
const everywhere: readonly Rule[] = [[/^(lifecycle\.|depends_on$)/, only('tells OpenTofu when to act, not the cloud what to make')]]

/** What an argument is to the other end; throws for one that nobody has judged yet. */
export function verdictOn(argument: Argument, setting: Setting): Shared | OneSided {
  const path = argument.path.join('.')
  const rule = [...everywhere, ...(rules[argument.resource.type] ?? [])].find(([pattern]) => pattern.test(path))
  if (!rule) throw new Error(`nobody has said whether ${argument.resource.type}.${path} concerns the other end`)
  const [, verdict] = rule
  return typeof verdict === 'function' ? verdict(argument, setting) : verdict
}
