import { type Finding, finding } from '../finding/finding.ts'
import type { DpdRules, LifetimeRule, LifetimeRules } from '../provider/facts.ts'

/** Lifetimes in seconds where nobody asks for others: the longest IKE SA and CHILD SA that all known gateways with a choice accept. */
export const defaultLifetimes: Readonly<Record<'phase1' | 'phase2', number>> = { phase1: 28800, phase2: 3600 }

/** Time-out of dead peer detection in seconds where nobody asks for another: inside the bounds of all known gateways. */
export const defaultDpdTimeout = 45

/** What one end allows. */
export interface LifetimeEnd {
  readonly site: string
  readonly rules: LifetimeRules
}

/** Lifetimes of one end in seconds. */
export interface Lifetimes {
  readonly phase1: number
  readonly phase2: number
}

/** Why one end has a lifetime. */
export interface LifetimeReason {
  readonly site: string
  readonly phase: 'phase1' | 'phase2'
  readonly seconds: number
  /** `wanted` by the user, the `default`, the nearest of a range (`clamped`), or the only one this end has (`fixed`). */
  readonly because: 'wanted' | 'default' | 'clamped' | 'fixed'
}

/** Lifetimes of both ends. */
export interface NegotiatedLifetimes {
  readonly a: Lifetimes
  readonly b: Lifetimes
  readonly reasons: readonly LifetimeReason[]
  readonly findings: readonly Finding[]
}

/** Lifetimes in seconds that a user asked for. */
export interface WantedLifetimes {
  readonly phase1?: number | undefined
  readonly phase2?: number | undefined
}

/**
 * Gives each end the lifetime nearest to the wanted one that its rule allows. The two ends need not match: IKEv2 does not
 * negotiate lifetimes, the shorter one rekeys first (RFC 7296 section 2.8).
 *
 * Findings: `LIFETIME_UNSUPPORTED` (a warning) at `<path>.phase1` or `<path>.phase2` for each end that cannot do what was
 * asked for; never for a default.
 */
export function negotiateLifetimes(wanted: WantedLifetimes, a: LifetimeEnd, b: LifetimeEnd, path: string): NegotiatedLifetimes {
  const [ofA, ofB] = [lifetimesOf(a, wanted), lifetimesOf(b, wanted)]
  return {
    a: { phase1: ofA.phase1.seconds, phase2: ofA.phase2.seconds },
    b: { phase1: ofB.phase1.seconds, phase2: ofB.phase2.seconds },
    reasons: [ofA.phase1, ofA.phase2, ofB.phase1, ofB.phase2],
    findings: [a, b].flatMap((end) => [...unsupported('phase1', wanted.phase1, end, path), ...unsupported('phase2', wanted.phase2, end, path)]),
  }
}

function lifetimesOf(end: LifetimeEnd, wanted: WantedLifetimes): Readonly<Record<'phase1' | 'phase2', LifetimeReason>> {
  return { phase1: lifetimeOf('phase1', wanted.phase1, end), phase2: lifetimeOf('phase2', wanted.phase2, end) }
}

function lifetimeOf(phase: 'phase1' | 'phase2', wanted: number | undefined, { site, rules }: LifetimeEnd): LifetimeReason {
  const aim = wanted ?? defaultLifetimes[phase]
  const seconds = nearest(rules[phase], aim)
  if (seconds === aim) return { site, phase, seconds, because: wanted === undefined ? 'default' : 'wanted' }
  return { site, phase, seconds, because: typeof rules[phase] === 'number' ? 'fixed' : 'clamped' }
}

function unsupported(phase: 'phase1' | 'phase2', wanted: number | undefined, { site, rules }: LifetimeEnd, path: string): Finding[] {
  if (wanted === undefined) return []
  const rule = rules[phase]
  const used = nearest(rule, wanted)
  if (used === wanted) return []
  const range = typeof rule === 'number' ? `only ${rule} s` : `${rule.min} to ${rule.max} s`
  return [finding('LIFETIME_UNSUPPORTED', `${path}.${phase}`, {
    title: `${site} cannot use a ${phase} lifetime of ${wanted} s: it accepts ${range}, so it uses ${used} s.`,
    hint: typeof rule === 'number'
      ? `Leave the lifetime out, or accept that ${site} rekeys after ${rule} s: the two ends need not match.`
      : `Use a lifetime from ${rule.min} to ${rule.max} s, or leave it out.`,
    facts: { site, phase, wanted, used, rule },
  })]
}

function nearest(rule: LifetimeRule, wanted: number): number {
  return typeof rule === 'number' ? rule : Math.min(Math.max(wanted, rule.min), rule.max)
}

/** The time-out of dead peer detection in seconds that is nearest to the wanted one; undefined where the end cannot be told. */
export function negotiateDpd(wanted: number | undefined, rules: DpdRules): number | undefined {
  if (rules === 'fixed') return undefined
  return Math.min(Math.max(wanted ?? defaultDpdTimeout, rules.timeout.min), rules.timeout.max)
}
