import { finding, type Finding } from '../finding/finding.ts'
import { negotiate, negotiateDpd, negotiateLifetimes } from '../ipsec/index.ts'
import type { SuitePolicy } from '../ipsec/policy.ts'
import type { Suite } from '../ipsec/vocabulary.ts'
import { keyRulesIntersection } from '../key/index.ts'
import type { LinkDocument, OrderDocument } from '../order/schema.ts'
import type { Offer, RoutingMode, RoutingOffer } from '../provider/offer.ts'
import { chooseRoutingMode, shareInsideBlocks } from '../routing/index.ts'
import type { Reason } from './deal.ts'
import { lifetimeReason, routingReason, suiteReason } from './reason-texts.ts'
import type { LinkEnds } from './topology.ts'
import { wire, type BrokenRule, type Wiring } from './wiring.ts'

/** One end of a link before the deal: whose it is and what it brings. */
export interface Party {
  readonly site: string
  readonly cloud: string
  readonly offer: Offer
}

/** What two offers come to, apart from addresses and numbers that depend on the other links. */
export interface Terms {
  readonly routing: RoutingMode
  readonly offers: { readonly a: RoutingOffer; readonly b: RoutingOffer }
  readonly wiring: Wiring
  readonly suite: Suite
  readonly lifetimes: { readonly a: Lifetimes; readonly b: Lifetimes }
  readonly dpdTimeout: { readonly a: number | undefined; readonly b: number | undefined }
  readonly initiates: { readonly a: boolean; readonly b: boolean }
  readonly keyVersion: number
  readonly reasons: readonly Reason[]
}

interface Lifetimes {
  readonly phase1: number
  readonly phase2: number
}

/** Settings of a link: its own before the order's defaults. */
export function settingsOf(order: OrderDocument, link: string): LinkDocument {
  return { ...order.defaults, ...order.links?.[link] }
}

/** Turns two offers into the terms of a link, or says what stands in the way. Warnings come with the terms. */
export function negotiateTerms(link: LinkEnds, settings: LinkDocument, policy: SuitePolicy, a: Party, b: Party): { terms?: Terms; findings: Finding[] } {
  const path = `links.${link.name}`
  const routing = routeAndWire(link, settings, a, b)
  const suite = negotiate(policy, { site: a.site, ciphers: a.offer.ciphers }, { site: b.site, ciphers: b.offer.ciphers }, path)
  const lifetimes = negotiateLifetimes(settings.lifetimes ?? {}, { site: a.site, rules: a.offer.lifetimes }, { site: b.site, rules: b.offer.lifetimes }, `${path}.lifetimes`)
  const initiation = initiators(settings.initiator, a, b, `${path}.initiator`)
  const keys = keyRulesIntersection([a.offer.key, b.offer.key], path)
  const findings = [...routing.findings, ...suiteFindings(suite), ...lifetimes.findings, ...initiation.findings, ...('findings' in keys ? keys.findings : [])]
  if (!routing.chosen || !('suite' in suite) || initiation.findings.length > 0 || 'findings' in keys) return { findings }
  const dpdTimeout = { a: negotiateDpd(settings.dpdTimeout, a.offer.dpd), b: negotiateDpd(settings.dpdTimeout, b.offer.dpd) }
  return {
    terms: {
      ...routing.chosen,
      suite: suite.suite,
      lifetimes: { a: lifetimes.a, b: lifetimes.b },
      dpdTimeout,
      initiates: initiation.initiates,
      keyVersion: settings.keyVersion ?? 1,
      reasons: [...routing.reasons, ...suite.reasons.map(suiteReason), ...lifetimes.reasons.map(lifetimeReason), dpdReason(dpdTimeout, settings.dpdTimeout, a, b), initiation.reason],
    },
    findings,
  }
}

function suiteFindings(suite: ReturnType<typeof negotiate>): readonly Finding[] {
  return 'suite' in suite ? [] : suite.findings
}

interface RoutingChoice {
  readonly chosen?: { readonly routing: RoutingMode; readonly offers: { readonly a: RoutingOffer; readonly b: RoutingOffer }; readonly wiring: Wiring }
  readonly reasons: readonly Reason[]
  readonly findings: readonly Finding[]
}

function routeAndWire(link: LinkEnds, settings: LinkDocument, a: Party, b: Party): RoutingChoice {
  const path = `links.${link.name}.routing`
  const offers = { a: offersTo(b, a), b: offersTo(a, b) }
  const refusal = offers.a.find((offer) => offer.notWithItself !== undefined && offer.mode === (settings.routing ?? offer.mode))
  const shareInside = needNoInside(offers) || shareInsideBlocks(a.offer.inside, b.offer.inside)
  const modes = (party: Party): RoutingMode[] => usableModes(party, settings.routing, refusal?.mode, shareInside)
  const choice = chooseRoutingMode(settings.routing, { site: a.site, modes: modes(a) }, { site: b.site, modes: modes(b) }, path)
  if ('findings' in choice) return { reasons: [], findings: refusal?.notWithItself === undefined ? choice.findings : [notWithItself(link, a, b, refusal.notWithItself)] }
  const offerA = offers.a.find((offer) => offer.mode === choice.mode)
  const offerB = offers.b.find((offer) => offer.mode === choice.mode)
  const wiring = offerA && offerB ? wire(offerA, offerB) : undefined
  const other = otherWiring(choice.mode, offers, shareInside)
  if (!offerA || !offerB || !wiring) return { reasons: [], findings: [noWiring(link, offerA, offerB, a, b, other)] }
  return {
    chosen: { routing: choice.mode, offers: { a: offerA, b: offerB }, wiring },
    reasons: [routingReason(choice.reason), wiringReason(wiring, a, b)],
    findings: redundancyFindings(link, wiring, a, b, other),
  }
}

/** What a link would be in a routing mode that it does not use. */
interface OtherWiring {
  readonly mode: RoutingMode
  readonly wiring: Wiring
}

/** The wiring in the mode that is not used; undefined where the two ends cannot be linked in it. */
function otherWiring(used: RoutingMode, offers: { readonly a: readonly RoutingOffer[]; readonly b: readonly RoutingOffer[] }, shareInside: boolean): OtherWiring | undefined {
  const offerA = offers.a.find(({ mode, notWithItself }) => mode !== used && notWithItself === undefined && (shareInside || mode !== 'bgp'))
  const offerB = offers.b.find(({ mode }) => mode === offerA?.mode)
  const wiring = offerA && offerB ? wire(offerA, offerB) : undefined
  return offerA && wiring ? { mode: offerA.mode, wiring } : undefined
}

/** What a gateway brings to a link with one given other: `kin` and `notWithItself` remain only where they apply, and what `kin` says is in force. */
function offersTo(peer: Party, { cloud, offer }: Party): RoutingOffer[] {
  return offer.routing.map(({ kin, notWithItself, ...common }) => {
    if (peer.cloud !== cloud) return common
    if (!kin) return notWithItself === undefined ? common : { ...common, notWithItself }
    const same = peer.offer.routing.some((other) => other.mode === common.mode && other.kin?.scope === kin.scope)
    const { legs, grouping = common.grouping, insideUnused } = kin
    return same ? { ...common, legs, grouping, ...(insideUnused ? { insideUnused } : {}), kin } : { ...common, notWithItself: kin.otherwise }
  })
}

function needNoInside(offers: { readonly a: readonly RoutingOffer[]; readonly b: readonly RoutingOffer[] }): boolean {
  return [offers.a, offers.b].every((routing) => routing.some(({ mode, insideUnused }) => mode === 'bgp' && insideUnused))
}

/** Modes that two ends could agree on: BGP needs a common inside block, and some gateways refuse their own kind. */
function usableModes(party: Party, wanted: RoutingMode | undefined, refused: RoutingMode | undefined, shareInside: boolean): RoutingMode[] {
  return party.offer.routing.map((offer) => offer.mode).filter((mode) => mode !== refused && (shareInside || mode !== 'bgp' || wanted === 'bgp'))
}

function notWithItself(link: LinkEnds, a: Party, b: Party, instead: string): Finding {
  return finding('WIRING_IMPOSSIBLE', link.path, {
    title: `${a.site} and ${b.site} cannot be linked with each other: their cloud refuses a peer of its own kind.`,
    hint: instead,
  })
}

function noWiring(link: LinkEnds, offerA: RoutingOffer | undefined, offerB: RoutingOffer | undefined, a: Party, b: Party, other: OtherWiring | undefined): Finding {
  const bothLate = offerA?.outside.known === 'connection' && offerB?.outside.known === 'connection'
  return finding('WIRING_IMPOSSIBLE', link.path, {
    title: `${a.site} and ${b.site} cannot be wired to each other.`,
    ...(bothLate ? { why: 'each side learns its outside addresses only after the other side’s are known, so neither can be made first.' } : {}),
    hint: bothLate ? `link both to a third site in another cloud, or join the two with the peering of their own cloud.` : `${other ? `use routing: ${other.mode}, or ` : ''}link other sites.`,
  })
}

const ruleTexts: Readonly<Record<BrokenRule['rule'], string>> = {
  meetsEveryPeer: 'every address tries every peer address',
  onePerPeerAddress: 'takes one tunnel per peer address',
  onePerLocalAddress: 'takes one tunnel per own address towards a peer ASN',
  onePeerOnly: 'takes one peer address only',
  inPairs: 'makes tunnels in pairs from different addresses',
}

/** The wiring of a link in words. */
export function wiringReason(wiring: Wiring, a: Party, b: Party): Reason {
  const site = (end: 'a' | 'b'): string => (end === 'a' ? a.site : b.site)
  const rules = wiring.ruledOut.map(({ end, rule, arrangements }) => `${arrangements} ruled out because ${site(end)} ${ruleTexts[rule]}`)
  const survival = wiring.survives.a && wiring.survives.b ? 'both ends survive the loss of an address' : 'not every address can be lost'
  return {
    about: 'wiring',
    chosen: `${wiring.legs.length} tunnels: ${wiring.legs.map((leg) => `${a.site}[${leg.a}]–${b.site}[${leg.b}]`).join(', ')}`,
    because: [survival, `${wiring.idle} idle legs, the fewest of what is allowed`, ...rules].join('; '),
  }
}

function redundancyFindings(link: LinkEnds, wiring: Wiring, a: Party, b: Party, other: OtherWiring | undefined): Finding[] {
  const weak = [...(wiring.survives.a ? [] : [a.site]), ...(wiring.survives.b ? [] : [b.site])]
  if (weak.length === 0) return []
  const better = other?.wiring.survives.a && other.wiring.survives.b
  const rules = wiring.ruledOut.map(({ end, rule }) => `${end === 'a' ? a.site : b.site} ${ruleTexts[rule]}`)
  return [
    finding('LINK_NOT_REDUNDANT', `links.${link.name}`, {
      title: `${link.name} does not survive the loss of an address of ${weak.join(' or ')}.`,
      ...(rules.length > 0 ? { why: `${rules.join('; ')}.` } : {}),
      hint: better ? `use routing: ${other.mode}, or accept that the link is down while that address is.` : 'accept that the link is down while that address is, or link other sites: no routing mode of the two does better.',
    }),
  ]
}

function initiators(wanted: string | undefined, a: Party, b: Party, path: string): { initiates: { a: boolean; b: boolean }; reason: Reason; findings: Finding[] } {
  const can = { a: a.offer.initiation.canInitiate, b: b.offer.initiation.canInitiate }
  const must = { a: !a.offer.initiation.canWait, b: !b.offer.initiation.canWait }
  const asked = wanted === undefined || wanted === 'both' ? { a: can.a, b: can.b } : { a: wanted === a.site || must.a, b: wanted === b.site || must.b }
  const findings: Finding[] = []
  const unable = (['a', 'b'] as const).filter((end) => wanted === (end === 'a' ? a.site : b.site) && !can[end])
  const stranger = wanted !== undefined && wanted !== 'both' && wanted !== a.site && wanted !== b.site
  if (unable.length > 0) findings.push(finding('INITIATOR_UNABLE', path, { title: `${wanted} cannot start IKE.`, hint: `write initiator: ${unable[0] === 'a' ? b.site : a.site}, or leave it out.` }))
  else if (stranger || (!asked.a && !asked.b)) {
    findings.push(finding('INITIATOR_UNABLE', path, { title: stranger ? `${wanted} is neither of the two sites of the link.` : `neither ${a.site} nor ${b.site} can start IKE.`, hint: `write initiator: ${a.site}, ${b.site} or both.` }))
  }
  const starts = [...(asked.a ? [a.site] : []), ...(asked.b ? [b.site] : [])]
  const because = wanted === undefined ? 'whichever end comes back first starts again by itself' : 'as the order says, with those that cannot wait'
  return { initiates: asked, reason: { about: 'initiation', chosen: starts.join(' and '), because }, findings }
}

function dpdReason(timeouts: Terms['dpdTimeout'], wanted: number | undefined, a: Party, b: Party): Reason {
  const text = (site: string, value: number | undefined): string => `${site} ${value === undefined ? 'by its own timer' : `after ${value} s`}`
  return {
    about: 'dpd',
    chosen: `${text(a.site, timeouts.a)}, ${text(b.site, timeouts.b)}`,
    because: wanted === undefined ? 'a dead peer is noticed within a minute; an end that cannot be told keeps its own timer' : 'as the order says, within what each end allows',
  }
}
