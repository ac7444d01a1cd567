import type { AsnReason, InsideBlock, RoutingReason } from '../routing/index.ts'
import type { LifetimeReason, SuiteReason } from '../ipsec/index.ts'
import type { Reason } from './deal.ts'

/** Why a tunnel has its inside block. */
export const insideTexts: Readonly<Record<InsideBlock['because'], string>> = {
  wanted: 'set by the order',
  agreed: 'kept from the earlier plan',
  pool: 'lowest free block of the pool that the gateway was made with',
  free: 'first block that is free at both gateways and that both ends accept',
}

const asnTexts: Readonly<Record<AsnReason['because'], string>> = {
  explicit: 'set by the order',
  agreed: 'kept from the earlier plan',
  free: 'first private number that no linked cloud refuses and no other site has',
  proposed: 'proposed in place of one that is refused',
}

/** The number of a site in words. */
export function asnReason({ chosen, because, ruledOut }: AsnReason): Reason {
  return { about: 'asn', chosen: String(chosen), because: asnTexts[because] + (ruledOut ? `; ${ruledOut.asn} ruled out by ${ruledOut.by}` : '') }
}

const routingTexts: Readonly<Record<RoutingReason['because'], string>> = {
  wanted: 'set by the order',
  only: 'the only mode that both ends have',
  preferred: 'what both ends prefer',
}

/** The routing mode of a link in words. */
export function routingReason({ chosen, because, ruledOut }: RoutingReason): Reason {
  return { about: 'routing', chosen, because: [routingTexts[because], ...ruledOut.map(({ mode, by }) => `${mode} ruled out by ${by}`)].join('; ') }
}

const lifetimeTexts: Readonly<Record<LifetimeReason['because'], string>> = {
  wanted: 'set by the order',
  default: 'the longest that all known gateways accept',
  clamped: 'the nearest that this end accepts',
  fixed: 'the only one this end has; lifetimes of the two ends need not match in IKEv2',
}

/** A lifetime of one end in words. */
export function lifetimeReason({ site, phase, seconds, because }: LifetimeReason): Reason {
  return { about: `${phase}.lifetime`, chosen: `${seconds} s at ${site}`, because: lifetimeTexts[because] }
}

/** A member of the suite in words: what stood before it and who ruled that out. */
export function suiteReason({ field, chosen, ruledOut, follows }: SuiteReason): Reason {
  const exclusions = ruledOut.map(({ value, by, needs }) => `${value} by ${by}${needs ? ` (lacks its ${needs})` : ''}`)
  const parts = [...(follows ? [`follows ${follows}`] : []), ...(exclusions.length > 0 ? [`ruled out before it: ${exclusions.join(', ')}`] : [])]
  return { about: field, chosen, because: parts.length > 0 ? parts.join('; ') : 'first choice of the policy' }
}
