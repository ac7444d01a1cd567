import { isToken, type EndField, type ResourceView } from '@isthmus/core'
import type { Argument } from './stack.ts'

/** What decides whether an argument has to agree with the other end. */
export interface Setting {
  readonly routing: 'bgp' | 'static'
  /** Clouds at both ends, sorted. */
  readonly clouds: readonly string[]
  /** True for a resource, by name, whose end is not the only one that starts IKE, so that it may be told to wait. */
  readonly isStartedWithout: (resource: string) => boolean
  /** Addresses inside the tunnels of the deal. */
  readonly inside: ReadonlySet<string>
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
  /** True where the whole end goes away, and only the count of tunnels may tell. */
  readonly vanishes?: true
  /** Changes after which both ends still agree. */
  readonly harmless?: (changed: unknown, argument: Argument, setting: Setting) => boolean
}

/** An argument that concerns one end only, and why. */
export interface OneSided {
  readonly reason: string
}

/** What an argument is to the other end. */
export type Verdict = Shared | OneSided

/** The verdict on arguments whose dotted path matches; the first that does counts. */
export type Rule = readonly [argument: RegExp, verdict: Verdict | ((argument: Argument, setting: Setting) => Verdict)]

/** Rules by resource type. */
export type Rules = Readonly<Record<string, readonly Rule[]>>

/** The verdict of the first rule that matches; throws for an argument that nobody has judged yet. */
export function judge(rules: readonly Rule[], argument: Argument, setting: Setting): Verdict {
  const path = argument.path.join('.')
  const rule = rules.find(([pattern]) => pattern.test(path))
  if (!rule) throw new Error(`nobody has said whether ${argument.resource.type}.${path} concerns the other end`)
  const [, verdict] = rule
  return typeof verdict === 'function' ? verdict(argument, setting) : verdict
}

export const only = (reason: string): OneSided => ({ reason })
export const shared = (...fields: EndField[]): Shared => ({ fields })
export const pointer = (...fields: EndField[]): Shared => ({ fields, indirect: true })

export const naming: OneSided = only('names, labels and places mean nothing to the other end')
export const behind: OneSided = only('behind the gateway, out of sight of the other end')
export const refused: OneSided = only('a cloud refuses any other value')
export const local: OneSided = only('a timer or counter that each end keeps for itself')
export const price: OneSided = only('what it costs and how fast it is, not whom it reaches')
export const patience: OneSided = only('how long OpenTofu waits')
export const modeless: OneSided = only('IKEv2 has no exchange modes')

export const underBgp = (verdict: Shared) => (_: Argument, { routing }: Setting): Verdict => (routing === 'bgp' ? verdict : only('static routing uses no autonomous system numbers'))
export const underStatic = (verdict: Shared) => (_: Argument, { routing }: Setting): Verdict => (routing === 'static' ? verdict : only('under BGP networks are learned, not agreed'))

/** Where a gateway with idle legs is opposite, another of its addresses is as good: the leg to it comes up instead. */
export const outsideUnlessIdle = (...addresses: string[]): Shared => ({
  fields: ['outside'],
  indirect: true,
  harmless: (changed, _, { routing }) => routing === 'static' && isToken(changed) && addresses.some((type) => changed.token.startsWith(`${type}.`)),
})

/** The word of an argument with which an end starts IKE, or starts it again after a loss, and what a cloud assumes without one. */
export const startingWith = (word: unknown, assumed: unknown) => ({ resource, value }: Argument, { isStartedWithout }: Setting): Verdict => {
  if (isStartedWithout(resource.name)) return only('the other end starts, which is enough')
  return value === word ? { fields: ['initiation'], assumed } : only('the other end starts; that this one does too does no harm')
}

export const lifetimeAgainst = (fixed: readonly string[], field: EndField, assumed: unknown) => (_: Argument, { clouds }: Setting): Verdict =>
  clouds.some((cloud) => fixed.includes(cloud)) ? only('the other end has a fixed lifetime, and IKEv2 lets them differ') : { fields: [field], assumed }
