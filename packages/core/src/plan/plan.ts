import { finding, hasErrors, type Finding } from '../finding/finding.ts'
import { customPolicy, policies } from '../ipsec/index.ts'
import type { SuitePolicy } from '../ipsec/policy.ts'
import { parseOrder } from '../order/parse.ts'
import type { OrderDocument } from '../order/schema.ts'
import type { AnyProvider } from '../provider/provider.ts'
import type { Site } from '../provider/site.ts'
import type { CloudFacts } from '../provider/terms.ts'
import { allocateAsns, type AsnReason } from '../routing/index.ts'
import type { PlacedFragment } from '../stack/fragment.ts'
import type { Agreed, Deal, NeededKey, Reason } from './deal.ts'
import { settleDeals, type AgreedLink } from './deals.ts'
import { makeFragments } from './fragments.ts'
import { negotiateTerms, settingsOf, type Party } from './negotiation.ts'
import { fitQuotas } from './fit-quotas.ts'
import { quotaFindings } from './quota.ts'
import { asnReason } from './reason-texts.ts'
import { draftSites, type DraftSite } from './sites.ts'
import { linksOf, type LinkEnds } from './topology.ts'
import { transitOf } from './transit.ts'

/** An order worked out completely. */
export interface Plan {
  readonly ok: true
  /** Warnings and remarks; nothing that stops the plan. */
  readonly findings: readonly Finding[]
  readonly name: string
  /** Sorted by name. */
  readonly sites: readonly PlannedSite[]
  /** Sorted by link. */
  readonly deals: readonly Deal[]
  readonly fragments: readonly PlacedFragment[]
  readonly keys: readonly NeededKey[]
  /** The numbers given out, to be handed to the next plan of this order. */
  readonly agreed: Agreed
}

/** A site of a plan, and why its defaults are what they are. */
export interface PlannedSite extends Site {
  readonly reasons: readonly Reason[]
}

/** An order that cannot be planned, with everything there is to say about it. */
export interface Refused {
  readonly ok: false
  readonly findings: readonly Finding[]
  /** Sites whose networks could be designed nevertheless, sorted by name. */
  readonly designed?: readonly Omit<Site, 'asn'>[]
}

/** What a plan depends on besides the order. */
export interface PlanContext {
  readonly providers: readonly AnyProvider[]
  /** Clouds without a provider: their networks are designed and checked, and the rest is refused with the reason. */
  readonly clouds?: readonly CloudFacts[]
  /** Numbers of an earlier plan of the same order; they stay as they are while they are valid. Those of sites that this order lacks are given to no other site. */
  readonly agreed?: Agreed
}

const nothingAgreed: Agreed = { asns: {}, inside: {} }

/**
 * Plans an order: checks all of it, designs what it leaves open, agrees both ends of every link and has the providers write
 * their resources. Pure: the same order gives the same plan whatever the order of its keys.
 *
 * @param input the order as read from YAML or JSON
 */
export function planOrder(input: unknown, context: PlanContext): Plan | Refused {
  const parsed = parseOrder(input)
  if (!parsed.order) return { ok: false, findings: parsed.findings }
  const { order } = parsed
  const agreed = context.agreed ?? nothingAgreed
  const policy = policyOf(order)
  const { links, findings: linkFindings } = linksOf(order)
  const { drafts, designed, findings: siteFindings } = draftSites(order, links, context.providers, context.clouds ?? [])
  const numbered = numberSites(drafts, links.filter(({ name }) => settingsOf(order, name).routing !== 'static'), agreed)
  const terms = agreeOnLinks(order, policy.policy, links, numbered.sites)
  const { links: agreedLinks, fitted } = fitQuotas(drafts, terms.links, agreed)
  const transit = transitOf(order, drafts, new Map(agreedLinks.map((item) => [item.link.name, item.terms.routing])))
  const sites = new Map(numbered.sites.map((site) => [site.site.name, site.site]))
  const settled = settleDeals(agreedLinks, sites, agreed, transit.passedOn)
  const findings = sortFindings([...parsed.findings, ...policy.findings, ...siteFindings, ...linkFindings, ...numbered.findings, ...terms.findings, ...quotaFindings(drafts, agreedLinks), ...transit.findings, ...settled.findings])
  if (hasErrors(findings)) return { ok: false, findings, designed: designed.map(({ site }) => site) }
  const provided = new Map(numbered.sites.map(({ site, draft }) => [site.name, { site, provider: draft.provider }]))
  return {
    ok: true,
    findings,
    name: order.name,
    sites: numbered.sites.map(({ site, draft }) => {
      const hub = transit.reasons.get(site.name)
      return { ...site, reasons: [...draft.reasons, ...numbered.reasons.filter((reason) => reason.site === site.name).map(asnReason), ...(hub ? [hub] : [])] }
    }),
    deals: settled.deals,
    fragments: makeFragments(order.name, provided, agreedLinks, settled.deals),
    keys: settled.keys,
    agreed: { ...agreedOf(numbered.sites.map(({ site }) => site), settled.deals), ...(Object.keys(fitted).length > 0 ? { fitted } : {}) },
  }
}

interface NumberedSite {
  readonly site: Site
  readonly draft: DraftSite
}

/** @param links on which numbers may be exchanged: written routes need none, so a peer has no say in them */
function numberSites(drafts: readonly DraftSite[], links: readonly LinkEnds[], agreed: Agreed): { sites: NumberedSite[]; findings: readonly Finding[]; reasons: readonly AsnReason[] } {
  const known = new Set(drafts.map((draft) => draft.site.name))
  const pairs = links.filter((link) => known.has(link.a) && known.has(link.b)).map((link): [string, string] => [link.a, link.b])
  const requests = drafts.map((draft) => ({
    name: draft.site.name,
    rules: draft.provider.facts.asn.value,
    path: `${draft.path}.asn`,
    ...(draft.document.asn === undefined ? {} : { asn: draft.document.asn }),
  }))
  const result = allocateAsns({ sites: requests, links: pairs, agreed: agreed.asns })
  const sites = drafts.flatMap((draft) => {
    const asn = result.asns[draft.site.name]
    return asn === undefined ? [] : [{ site: { ...draft.site, asn }, draft }]
  })
  return { sites, findings: result.findings, reasons: result.reasons }
}

function agreeOnLinks(order: OrderDocument, policy: SuitePolicy, links: readonly LinkEnds[], sites: readonly NumberedSite[]): { links: AgreedLink[]; findings: Finding[] } {
  const parties = new Map<string, Party>()
  for (const { site, draft } of sites) if (site.options !== undefined) parties.set(site.name, { site: site.name, cloud: site.cloud, offer: draft.provider.offer(site) })
  const agreed: AgreedLink[] = []
  const findings: Finding[] = []
  for (const link of links) {
    const a = parties.get(link.a)
    const b = parties.get(link.b)
    if (!a || !b) continue
    const settings = settingsOf(order, link.name)
    const result = negotiateTerms(link, settings, policy, a, b)
    findings.push(...result.findings)
    if (result.terms) agreed.push({ link, settings, terms: result.terms, a, b })
  }
  return { links: agreed, findings }
}

function policyOf(order: OrderDocument): { policy: SuitePolicy; findings: readonly Finding[] } {
  if (order.security !== 'custom') {
    const unused = order.suite === undefined ? [] : [finding('ORDER_INVALID', 'suite', { title: `the order gives a suite but asks for security: ${order.security}.`, hint: 'write security: custom, or remove suite.' })]
    return { policy: policies[order.security], findings: unused }
  }
  if (order.suite) return customPolicy(order.suite, 'suite')
  return { policy: policies.strong, findings: [finding('ORDER_INVALID', 'suite', { title: 'the order asks for security: custom but gives no suite.', hint: 'add suite with phase1 and phase2, or write security: strong.' })] }
}

function agreedOf(sites: readonly Site[], deals: readonly Deal[]): Agreed {
  return {
    asns: Object.fromEntries(sites.map((site) => [site.name, site.asn])),
    inside: Object.fromEntries(deals.map((deal) => [deal.link, Object.fromEntries(deal.tunnels.map((tunnel) => [tunnel.id, tunnel.inside.cidr.toString()]))])),
  }
}

const severities = ['error', 'warning', 'info'] as const

/** Errors first, then by path and code, so that the same order gives the same list. */
function sortFindings(findings: readonly Finding[]): Finding[] {
  const rank = (item: Finding): string => `${severities.indexOf(item.severity)} ${item.path} ${item.code} ${item.title}`
  return [...findings].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
