import { IpAddress } from '@isthmus/core'
import { behind, judge, lifetimeAgainst, local, naming, only, outsideUnlessIdle, pointer, refused, shared, startingWith, underBgp, underStatic, type Rule, type Rules, type Setting, type Verdict } from '../rules.ts'
import { tokensIn, type Argument } from '../stack.ts'

/** Azure is told an address for both instances; the one that shares its /30 with the peer’s is in use. */
const inUse = ({ resource, value }: Argument, { resources }: Setting): Verdict => {
  const peer = resources.find((view) => view.type === 'azurerm_local_network_gateway' && view.name === resource.name)
  const settings: unknown = Array.isArray(peer?.values['bgp_settings']) ? peer.values['bgp_settings'][0] : undefined
  const opposite = typeof settings === 'object' && settings !== null && 'bgp_peering_address' in settings ? IpAddress.of(String(settings.bgp_peering_address)).value : 0n
  return IpAddress.of(String(value)).value >> 2n === opposite >> 2n ? shared('inside') : only('address of the instance that has no tunnel here')
}


const gateway: readonly Rule[] = [
  [/^active_active$/, underBgp(pointer('outside', 'inside'))],
  [/^bgp_settings\.0\.asn$/, underBgp(shared('asn'))],
  [/^bgp_settings\.0\.peering_addresses\.\d\.(apipa_addresses|ip_configuration_name)$/, underBgp(pointer('inside'))],
  [/^ip_configuration\.\d\.name$/, underBgp(pointer('inside'))],
  [/^ip_configuration\.\d\.public_ip_address_id$/, pointer('outside')],
  [/^ip_configuration\.\d\.subnet_id$/, behind],
]

/** Two gateways of Azure that are linked are told about each other by the cloud itself. */
function ofGateway(argument: Argument, setting: Setting): Verdict {
  const kin = setting.resources.some(({ values }) => tokensIn(values['peer_virtual_network_gateway_id']).includes(`${argument.resource.address}.id`))
  if (kin) return only('the cloud tells two of its own gateways about each other')
  return judge(gateway, argument, setting)
}

/** What the arguments of its resources mean to the other end. */
export const azureArguments: Rules = {
  azurerm_local_network_gateway: [
    [/^(name|location|resource_group_name|provider|tags\..*)$/, naming],
    [/^gateway_address$/, outsideUnlessIdle('azurerm_public_ip')],
    [/^bgp_settings\.0\.asn$/, shared('asn')],
    [/^bgp_settings\.0\.bgp_peering_address$/, shared('inside')],
    [/^address_space$/, shared('prefixes')],
  ],
  azurerm_virtual_network_gateway_connection: [
    [/^(name|location|resource_group_name|provider|tags\..*)$/, naming],
    [/^(dpd_timeout_seconds|ipsec_policy\.0\.sa_datasize)$/, local],
    [/^type$/, refused],
    [/^virtual_network_gateway_id$/, pointer('outside')],
    [/^peer_virtual_network_gateway_id$/, pointer('outside', 'inside', 'asn', 'prefixes')],
    [/^local_network_gateway_id$/, pointer('outside', 'inside', 'asn', 'prefixes')],
    [/^shared_key$/, shared('key')],
    [/^connection_protocol$/, { fields: ['ikeVersion'], assumed: 'IKEv2' }],
    [/^connection_mode$/, startingWith('Default', 'Default')],
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
    [/^bgp_enabled$/, underBgp(pointer('routing'))],
    [/^(active_active|bgp_settings|ip_configuration)/, ofGateway],
  ],
  azurerm_public_ip: [[/./, naming]],
  azurerm_virtual_network: [[/^address_space$/, underStatic(shared('prefixes'))], [/./, behind]],
}
