import {
  type EndView, type Half, isAead, type Prf, ref, type Reference, type Resource, type ResourceView, spell, type TransformKind, type TransformNames, type Spellings, understand,
} from '@isthmus/core'
import { openstackFacts } from './facts.ts'

const phase1 = openstackFacts.ciphers.phase1.value
const phase2 = openstackFacts.ciphers.phase2.value

/** Hash that stands beside an AEAD, which makes no use of it; the API wants one. */
const idleHash = 'sha256'

/** What the provider or the cloud sets where a policy states nothing. */
const unstated = { encryption_algorithm: 'aes-128', auth_algorithm: 'sha256', pfs: 'group5', lifetime: 3600 } as const

/** The two policies of a half. */
export interface Policies {
  readonly resources: readonly Resource[]
  readonly ike: Reference
  readonly ipsec: Reference
}

/**
 * A policy cannot be changed while a connection uses it, and the provider would try just that. Its name in the stack says what it
 * states, so that another suite is another policy, made before the connection moves over.
 */
export function writePolicies({ name, label, suite, lifetimes }: Half): Policies {
  const ike = {
    ike_version: 'v2',
    phase1_negotiation_mode: 'main',
    encryption_algorithm: spell(phase1.encryption, suite.phase1.encryption),
    auth_algorithm: suite.phase1.integrity ? spell(phase1.integrity, suite.phase1.integrity) : spell(phase1.prf, suite.phase1.prf),
    pfs: spell(phase1.dhGroup, suite.phase1.dhGroup),
    lifetime: [{ units: 'seconds', value: lifetimes.phase1 }],
  }
  const ipsec = {
    transform_protocol: 'esp',
    encapsulation_mode: 'tunnel',
    encryption_algorithm: spell(phase2.encryption, suite.phase2.encryption),
    auth_algorithm: suite.phase2.integrity ? spell(phase2.integrity, suite.phase2.integrity) : idleHash,
    pfs: spell(phase2.pfs, suite.phase2.pfs),
    lifetime: [{ units: 'seconds', value: lifetimes.phase2 }],
  }
  const named = (body: typeof ike | typeof ipsec, seconds: number): string => `${name}--${body.encryption_algorithm}-${body.auth_algorithm}-${body.pfs}-${seconds}s`
  const [ikeName, ipsecName] = [named(ike, lifetimes.phase1), named(ipsec, lifetimes.phase2)]
  return {
    resources: [
      { type: 'openstack_vpnaas_ike_policy_v2', name: ikeName, body: { name: label, ...ike } },
      { type: 'openstack_vpnaas_ipsec_policy_v2', name: ipsecName, body: { name: label, ...ipsec } },
    ],
    ike: ref(`openstack_vpnaas_ike_policy_v2.${ikeName}`, 'id'),
    ipsec: ref(`openstack_vpnaas_ipsec_policy_v2.${ipsecName}`, 'id'),
  }
}

/** The two phases that policies stand for. One that is not at hand, or a word that no peer can match, leaves its lists empty. */
export function readPolicies(ike: ResourceView | undefined, ipsec: ResourceView | undefined): Pick<EndView, 'ikeVersion' | 'phase1' | 'phase2'> {
  const integrity = told('integrity', phase1.integrity, ike, 'auth_algorithm')
  const encryption = carriesTunnels(ipsec) ? told('encryption', phase2.encryption, ipsec, 'encryption_algorithm') : []
  return {
    ikeVersion: ike?.values['ike_version'] === 'v2' ? 2 : 1,
    phase1: {
      encryption: told('encryption', phase1.encryption, ike, 'encryption_algorithm'),
      integrity,
      prf: integrity.map((hash): Prf => `prf-${hash}`),
      dhGroup: told('dhGroup', phase1.dhGroup, ike, 'pfs'),
      lifetime: lifetimeOf(ike),
    },
    phase2: {
      encryption,
      integrity: encryption.some(isAead) ? [] : told('integrity', phase2.integrity, ipsec, 'auth_algorithm'),
      pfs: told('pfs', phase2.pfs, ipsec, 'pfs'),
      lifetime: lifetimeOf(ipsec),
    },
  }
}

/** Transport mode and AH are for machines that are themselves the ends. */
function carriesTunnels(ipsec: ResourceView | undefined): boolean {
  return (ipsec?.values['transform_protocol'] ?? 'esp') === 'esp' && (ipsec?.values['encapsulation_mode'] ?? 'tunnel') === 'tunnel'
}

function told<Kind extends TransformKind>(kind: Kind, spellings: Spellings<Kind>, policy: ResourceView | undefined, argument: 'encryption_algorithm' | 'auth_algorithm' | 'pfs'): TransformNames[Kind][] {
  return policy ? understand(kind, spellings, policy.values[argument] ?? unstated[argument]) : []
}

function lifetimeOf(policy: ResourceView | undefined): EndView['phase1']['lifetime'] {
  const lifetimes: unknown = policy?.values['lifetime']
  const [lifetime]: unknown[] = Array.isArray(lifetimes) ? lifetimes : []
  const seconds = typeof lifetime === 'object' && lifetime !== null && 'value' in lifetime ? lifetime.value : undefined
  return { seconds: typeof seconds === 'number' ? seconds : unstated.lifetime, fixed: false }
}
