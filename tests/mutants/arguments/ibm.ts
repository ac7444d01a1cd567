import { isDeepStrictEqual } from 'node:util'
import { isToken } from '@isthmus/core'
import { behind, lifetimeAgainst, local, naming, only, outsideUnlessIdle, patience, pointer, shared, startingWith, underBgp, underStatic, type Rules, type Setting, type Shared, type Verdict } from '../rules.ts'
import type { Argument } from '../stack.ts'

/** The policies of two sites of one link say the same under two names. */
const saysTheSame: Shared['harmless'] = (changed, { value }, { resources }) => {
  const told = (token: unknown): unknown => {
    const policy = resources.find(({ address }) => isToken(token) && token.token === `${address}.id`)
    return policy ? { ...policy.values, name: '', provider: '' } : token
  }
  return isDeepStrictEqual(told(changed), told(value))
}

/** Both members of a gateway have inside addresses, also where only one has a tunnel. */
const inUse = ({ value }: Argument, { inside }: Setting): Verdict => (inside.has(String(value)) ? shared('inside') : only('address of the member that has no tunnel here'))

/** What the arguments of its resources mean to the other end. */
export const ibmArguments: Rules = {
  ibm_is_vpn_gateway: [
    [/^(name|provider|tags|resource_group)$/, naming],
    [/^timeouts\./, patience],
    [/^mode$/, { fields: ['routing', 'selectors', 'prefixes'], indirect: true, assumed: 'route' }],
    [/^subnet$/, pointer('prefixes')],
    [/^local_asn$/, underBgp(shared('asn'))],
  ],
  ibm_is_vpn_gateway_connection: [
    [/^(name|provider)$/, naming],
    [/^timeouts\./, patience],
    [/^(interval|timeout)$/, local],
    [/^distribute_traffic$/, only('which of its tunnels a gateway sends through; each leads to the peer')],
    [/^vpn_gateway$/, pointer('outside', 'prefixes')],
    [/^preshared_key$/, shared('key')],
    [/^peer\.0\.address$/, outsideUnlessIdle('azurerm_public_ip', 'ibm_is_vpn_gateway')],
    [/^peer\.0\.asn$/, shared('asn')],
    [/^ike_policy$/, { ...pointer('ikeVersion', 'phase1.encryption', 'phase1.integrity', 'phase1.prf', 'phase1.dhGroup', 'phase1.lifetime'), harmless: saysTheSame }],
    [/^ipsec_policy$/, { ...pointer('phase2.encryption', 'phase2.integrity', 'phase2.pfs', 'phase2.lifetime'), harmless: saysTheSame }],
    [/^establish_mode$/, startingWith('bidirectional', 'bidirectional')],
    [/^action$/, startingWith('restart', 'restart')],
    [/^admin_state_up$/, { ...pointer('outside'), assumed: true, vanishes: true }],
    [/^routing_protocol$/, { fields: ['routing'], assumed: 'none' }],
    [/^tunnel\.\d\./, inUse],
  ],
  ibm_is_ike_policy: [
    [/^(name|provider|resource_group)$/, naming],
    [/^ike_version$/, { fields: ['ikeVersion'], assumed: 2 }],
    [/^encryption_algorithms$/, shared('phase1.encryption')],
    [/^authentication_algorithms$/, shared('phase1.integrity', 'phase1.prf')],
    [/^dh_groups$/, shared('phase1.dhGroup')],
    [/^key_lifetime$/, lifetimeAgainst(['azure', 'gcp'], 'phase1.lifetime', 28_800)],
  ],
  ibm_is_ipsec_policy: [
    [/^(name|provider|resource_group)$/, naming],
    [/^encryption_algorithms$/, shared('phase2.encryption', 'phase2.integrity')],
    [/^authentication_algorithms$/, shared('phase2.integrity', 'phase2.encryption')],
    [/^pfs_groups$/, shared('phase2.pfs')],
    [/^key_lifetime$/, lifetimeAgainst(['gcp'], 'phase2.lifetime', 3600)],
  ],
  ibm_is_vpc_routing_table_route: [
    [/^(name|provider)$/, naming],
    [/^timeouts\./, patience],
    [/^priority$/, only('which of two routes goes first; either leads to the peer, and a cloud refuses two of one rank')],
    [/^destination$/, pointer('prefixes')],
    [/^action$/, { fields: ['prefixes'], indirect: true, assumed: 'deliver' }],
    [/^(vpc|routing_table|zone|next_hop)$/, pointer('prefixes')],
  ],
  ibm_tg_gateway: [[/^timeouts\./, patience], [/./, naming]],
  ibm_tg_connection: [
    [/^(name|provider)$/, naming],
    [/^timeouts\./, patience],
    [/^cidr$/, behind],
    [/^(gateway|network_type|network_id)$/, underBgp(pointer('prefixes'))],
  ],
  ibm_is_vpc_address_prefix: [[/^(cidr|vpc)$/, underStatic(pointer('prefixes'))], [/./, behind]],
}
