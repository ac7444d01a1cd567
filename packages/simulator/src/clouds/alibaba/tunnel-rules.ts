import { Cidr } from '@isthmus/core'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { readAddress, readCidr } from '../addresses.ts'
import { block, number, text } from '../attributes.ts'
import { readAsn } from './gateway.ts'

/** What is wrong with a tunnel, and where. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly path: readonly (string | number)[]
}

const linkLocal = Cidr.of('169.254.0.0/16')

/** Blocks that the cloud keeps for itself (CreateVpnConnection, TunnelCidr). */
const reserved = ['169.254.0.0/30', '169.254.1.0/30', '169.254.2.0/30', '169.254.3.0/30', '169.254.4.0/30', '169.254.5.0/30', '169.254.6.0/30', '169.254.169.252/30'].map((text) => Cidr.of(text))

const encryption = ['aes', 'aes192', 'aes256', 'des', '3des']
const authentication = ['md5', 'sha1', 'sha256', 'sha384', 'sha512']
const groups = ['group1', 'group2', 'group5', 'group14']

/** Allowed words by block and argument. */
const words: readonly (readonly [block: string, name: string, allowed: readonly string[]])[] = [
  ['tunnel_ike_config', 'ike_version', ['ikev1', 'ikev2']],
  ['tunnel_ike_config', 'ike_mode', ['main', 'aggressive']],
  ['tunnel_ike_config', 'ike_enc_alg', encryption],
  ['tunnel_ike_config', 'ike_auth_alg', authentication],
  ['tunnel_ike_config', 'ike_pfs', groups],
  ['tunnel_ipsec_config', 'ipsec_enc_alg', encryption],
  ['tunnel_ipsec_config', 'ipsec_auth_alg', authentication],
  ['tunnel_ipsec_config', 'ipsec_pfs', ['disabled', ...groups]],
]

const lifetimes = [['tunnel_ike_config', 'ike_lifetime'], ['tunnel_ipsec_config', 'ipsec_lifetime']] as const
const longestLifetime = 86_400

/** Letters, digits and these; no space, no double quote. */
const keyPattern = /^[0-9A-Za-z~!`@#$%^&*()_\-+={}[\]|\\;:',.<>/?]{1,100}$/

/** The first thing that the cloud refuses about the cryptography of a tunnel. Messages never repeat the key. */
export function phaseProblem(tunnel: Attributes): Problem | undefined {
  for (const [outer, name, allowed] of words) {
    const word = text(block(tunnel, outer) ?? {}, name)
    if (word !== undefined && !allowed.includes(word)) return { code: 'InvalidParameter', message: `The specified ${name} ${word} is not one of ${allowed.join(', ')}.`, path: [outer, 0, name] }
  }
  for (const [outer, name] of lifetimes) {
    const seconds = number(block(tunnel, outer) ?? {}, name)
    if (seconds !== undefined && (seconds < 0 || seconds > longestLifetime)) return { code: 'InvalidParameter', message: `The specified ${name} ${seconds} is not between 0 and ${longestLifetime}.`, path: [outer, 0, name] }
  }
  const key = text(block(tunnel, 'tunnel_ike_config') ?? {}, 'psk')
  if (key === undefined || keyPattern.test(key)) return undefined
  return { code: 'InvalidPsk', message: 'The pre-shared key must have 1 to 100 letters, digits and special characters, without spaces.', path: ['tunnel_ike_config', 0, 'psk'] }
}

/** The first thing that the cloud refuses about the BGP session of a tunnel. `taken` are blocks of other tunnels of the gateway. */
export function sessionProblem(tunnel: Attributes, taken: readonly Cidr[]): Problem | undefined {
  const session = block(tunnel, 'tunnel_bgp_config')
  const at = (name: string): (string | number)[] => ['tunnel_bgp_config', 0, name]
  if (!session) return { code: 'MissingParameter', message: 'A tunnel of a connection with BGP needs its BGP configuration.', path: ['tunnel_bgp_config'] }
  const written = text(session, 'tunnel_cidr')
  const cidr = readCidr(written)
  if (!cidr || cidr.prefix !== 30 || !linkLocal.contains(cidr) || reserved.some((other) => other.overlaps(cidr))) {
    return { code: 'InvalidTunnelCidr', message: `The specified TunnelCidr ${String(written)} must be a /30 of ${linkLocal.toString()} outside of ${reserved.join(', ')}.`, path: at('tunnel_cidr') }
  }
  if (taken.some((other) => other.overlaps(cidr))) return { code: 'TunnelCidr.Conflict', message: `The TunnelCidr ${cidr.toString()} is used by another tunnel of the VPN gateway.`, path: at('tunnel_cidr') }
  const local = readAddress(session['local_bgp_ip'])
  if (!local || !(local.equals(cidr.host(1)) || local.equals(cidr.host(2)))) {
    return { code: 'InvalidLocalBgpIp', message: `The LocalBgpIp ${String(session['local_bgp_ip'])} is not a host of ${cidr.toString()}.`, path: at('local_bgp_ip') }
  }
  const asn = text(session, 'local_asn')
  return asn === undefined || readAsn(asn) !== undefined ? undefined : { code: 'InvalidLocalAsn', message: `The specified LocalAsn ${asn} is invalid.`, path: at('local_asn') }
}

/** Inside block of a tunnel, where it has one. */
export function insideBlock(tunnel: Attributes): Cidr | undefined {
  return readCidr((block(tunnel, 'tunnel_bgp_config') ?? {})['tunnel_cidr'])
}

/** The other host of a tunnel's block. */
export function peerBgpIp(tunnel: Attributes): string {
  const cidr = insideBlock(tunnel)
  const local = (block(tunnel, 'tunnel_bgp_config') ?? {})['local_bgp_ip']
  return cidr ? [cidr.host(1), cidr.host(2)].map(String).find((host) => host !== local) ?? '' : ''
}
