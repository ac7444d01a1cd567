import {
  type EndView, type Half, isAead, type Prf, type Resource, type ResourceSet, type ResourceView, type Site, spell, type Spellings, type TransformKind, type TransformNames,
  understand, type Value,
} from '@isthmus/core'
import { ibmFacts } from './facts.ts'
import { grouped } from './network.ts'
import type { IbmOptions } from './options.ts'

const phase1 = ibmFacts.ciphers.phase1.value
const phase2 = ibmFacts.ciphers.phase2.value

/** Authentication of a phase 2 whose encryption authenticates by itself. */
const noAuthentication = 'disabled'

/** Lifetimes that the provider sets where a policy states none, in seconds. */
const defaultLifetimes = { phase1: 28_800, phase2: 3_600 } as const

/** The IKE and the IPsec policy of a half, with one algorithm per role: from a longer list another may be chosen at a rekey. */
export function writePolicies(site: Site<IbmOptions>, half: Half): Resource[] {
  const { suite, lifetimes } = half
  const policy = (type: string, body: Readonly<Record<string, Value>>): Resource => ({ type, name: half.name, body: { name: half.label, ...grouped(site), ...body } })
  return [
    policy('ibm_is_ike_policy', {
      ike_version: 2,
      encryption_algorithms: [spell(phase1.encryption, suite.phase1.encryption)],
      authentication_algorithms: [suite.phase1.integrity ? spell(phase1.integrity, suite.phase1.integrity) : spell(phase1.prf, suite.phase1.prf)],
      dh_groups: [spell(phase1.dhGroup, suite.phase1.dhGroup)],
      key_lifetime: lifetimes.phase1,
    }),
    policy('ibm_is_ipsec_policy', {
      encryption_algorithms: [spell(phase2.encryption, suite.phase2.encryption)],
      authentication_algorithms: [suite.phase2.integrity ? spell(phase2.integrity, suite.phase2.integrity) : noAuthentication],
      pfs_groups: [spell(phase2.pfs, suite.phase2.pfs)],
      key_lifetime: lifetimes.phase2,
    }),
  ]
}

/** The two policies of a connection, where they are at hand. */
export interface Policies {
  readonly ike: ResourceView | undefined
  readonly ipsec: ResourceView | undefined
}

export function policiesOf(resources: ResourceSet, connection: ResourceView): Policies {
  return {
    ike: resources.follow(connection.values['ike_policy'], 'ibm_is_ike_policy'),
    ipsec: resources.follow(connection.values['ipsec_policy'], 'ibm_is_ipsec_policy'),
  }
}

/**
 * The two phases that a connection's policies stand for. Without a policy IBM Cloud offers all it knows, and no PFS; a policy
 * that is not at hand, or a word it would not accept, leaves its lists empty.
 */
export function readPolicies(connection: ResourceView, { ike, ipsec }: Policies): Pick<EndView, 'ikeVersion' | 'phase1' | 'phase2'> {
  const auto = { ike: isUnset(connection.values['ike_policy']), ipsec: isUnset(connection.values['ipsec_policy']) }
  const integrity = told('integrity', phase1.integrity, ike, 'authentication_algorithm', auto.ike)
  const encryption = told('encryption', phase2.encryption, ipsec, 'encryption_algorithm', auto.ipsec)
  const authentication = told('integrity', phase2.integrity, ipsec, 'authentication_algorithm', auto.ipsec)
  // An AEAD with an authentication beside it is refused, so it stands for nothing.
  const torn = !auto.ipsec && encryption.some(isAead) !== words(ipsec, 'authentication_algorithm').includes(noAuthentication)
  return {
    ikeVersion: ike?.values['ike_version'] === 1 ? 1 : 2,
    phase1: {
      encryption: told('encryption', phase1.encryption, ike, 'encryption_algorithm', auto.ike),
      integrity,
      prf: integrity.map((hash): Prf => `prf-${hash}`),
      dhGroup: told('dhGroup', phase1.dhGroup, ike, 'dh_group', auto.ike),
      lifetime: lifetimeOf(ike, defaultLifetimes.phase1),
    },
    phase2: {
      encryption: torn ? [] : encryption,
      integrity: authentication,
      pfs: auto.ipsec ? ['none'] : told('pfs', phase2.pfs, ipsec, 'pfs', false),
      lifetime: lifetimeOf(ipsec, defaultLifetimes.phase2),
    },
  }
}

function told<Kind extends TransformKind>(kind: Kind, spellings: Spellings<Kind>, policy: ResourceView | undefined, argument: string, auto: boolean): TransformNames[Kind][] {
  return understand(kind, spellings, auto ? Object.values(spellings) : words(policy, argument))
}

/** What a policy says in an argument: the list, or the single value that older configurations have instead. */
function words(policy: ResourceView | undefined, argument: string): unknown[] {
  const listed: unknown = policy?.values[argument === 'pfs' ? 'pfs_groups' : `${argument}s`]
  if (Array.isArray(listed) && listed.length > 0) return [...listed]
  const single = policy?.values[argument]
  return isUnset(single) ? [] : [single]
}

function lifetimeOf(policy: ResourceView | undefined, otherwise: number): EndView['phase1']['lifetime'] {
  const seconds = policy?.values['key_lifetime']
  return { seconds: typeof seconds === 'number' ? seconds : otherwise, fixed: false }
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
