import type { FindingCode } from '../finding/catalogue.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { AgreedLink } from './deals.ts'
import { groupLegs } from './halves.ts'
import type { DraftSite } from './sites.ts'

/** What clouds and accounts limit at a gateway. */
export const limited = ['connections', 'tunnels'] as const

/** One of them. */
export type Limited = (typeof limited)[number]

const codes: Readonly<Record<Limited, FindingCode>> = { connections: 'QUOTA_CONNECTIONS', tunnels: 'QUOTA_TUNNELS' }

/** A limit of a gateway and whose word it is. */
export interface GatewayLimit {
  readonly limit: number
  readonly adjustable: boolean
  /** True when the order states it, instead of the cloud. */
  readonly stated: boolean
}

/** Links by the sites that they end at. */
export function linksBySite(links: readonly AgreedLink[]): ReadonlyMap<string, readonly AgreedLink[]> {
  const bySite = new Map<string, AgreedLink[]>()
  for (const link of links) {
    for (const { site } of [link.a, link.b]) {
      const own = bySite.get(site)
      if (own) own.push(link)
      else bySite.set(site, [link])
    }
  }
  return bySite
}

/**
 * How many a gateway may have; undefined without a limit.
 *
 * @param links those of the site
 */
export function limitOf(draft: DraftSite, links: readonly AgreedLink[], what: Limited): GatewayLimit | undefined {
  const party = links.flatMap(({ a, b }) => [a, b]).find(({ site }) => site === draft.site.name)
  const quota = party?.offer.quotas[what]
  const raised = draft.document.limits?.[what]
  const limit = raised ?? quota?.limit
  return limit === undefined ? undefined : { limit, adjustable: quota?.adjustable !== false, stated: raised !== undefined }
}

/** How many a link takes of the gateway of a site where it ends. */
export function demandOf({ terms, a }: AgreedLink, site: string, what: Limited): number {
  return what === 'tunnels' ? terms.wiring.legs.length : groupLegs(terms.wiring.legs, a.site === site ? 'a' : 'b', terms.offers).length
}

/** Sites whose links ask more of the gateway than the cloud, or the account as the order states it, allows. */
export function quotaFindings(drafts: readonly DraftSite[], links: readonly AgreedLink[]): Finding[] {
  const bySite = linksBySite(links)
  return drafts.flatMap((draft) => limited.flatMap((what) => check(draft, bySite.get(draft.site.name) ?? [], what)))
}

function check(draft: DraftSite, links: readonly AgreedLink[], what: Limited): Finding[] {
  const quota = limitOf(draft, links, what)
  const { name } = draft.site
  const needed = links.reduce((sum, link) => sum + demandOf(link, name, what), 0)
  if (!quota || needed <= quota.limit) return []
  const raise = quota.adjustable ? `have the quota raised to ${needed} and write limits: { ${what}: ${needed} }, or remove links` : 'choose a larger gateway or remove links'
  return [
    finding(codes[what], draft.path, {
      title: `${name} needs at least ${needed} ${what} on its gateway; ${quota.stated ? 'the order says the account allows' : `${draft.provider.facts.title} allows`} ${quota.limit}.`,
      hint: `${raise}.`,
      facts: { needed, limit: quota.limit, byLink: Object.fromEntries(links.map((link) => [link.link.name, demandOf(link, name, what)])) },
    }),
  ]
}
