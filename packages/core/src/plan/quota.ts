import type { FindingCode } from '../finding/catalogue.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { Quota } from '../provider/facts.ts'
import type { AgreedLink } from './deals.ts'
import { groupLegs } from './halves.ts'
import type { DraftSite } from './sites.ts'

/** Sites whose links ask more of the gateway than the cloud, or the account as the order states it, allows. */
export function quotaFindings(drafts: readonly DraftSite[], links: readonly AgreedLink[]): Finding[] {
  const used = new Map(drafts.map((draft) => [draft.site.name, { connections: 0, tunnels: 0 }]))
  for (const { terms, a, b } of links) {
    for (const [end, party] of [['a', a], ['b', b]] as const) {
      const count = used.get(party.site)
      if (!count) continue
      count.connections += groupLegs(terms.wiring.legs, end, terms.offers).length
      count.tunnels += terms.wiring.legs.length
    }
  }
  const offers = new Map(links.flatMap(({ a, b }) => [[a.site, a.offer] as const, [b.site, b.offer] as const]))
  return drafts.flatMap((draft) => {
    const count = used.get(draft.site.name)
    const quotas = offers.get(draft.site.name)?.quotas
    if (!count || !quotas) return []
    const { limits } = draft.document
    return [
      ...check('QUOTA_CONNECTIONS', draft, 'connections', count.connections, quotas.connections, limits?.connections),
      ...check('QUOTA_TUNNELS', draft, 'tunnels', count.tunnels, quotas.tunnels, limits?.tunnels),
    ]
  })
}

function check(code: FindingCode, draft: DraftSite, what: string, needed: number, quota: Quota | undefined, raised: number | undefined): Finding[] {
  const limit = raised ?? quota?.limit
  if (limit === undefined || needed <= limit) return []
  const raise = quota?.adjustable === false ? `choose a larger gateway or remove links` : `have the quota raised to ${needed} and write limits: { ${what}: ${needed} }, or remove links`
  return [
    finding(code, draft.path, {
      title: `${draft.site.name} needs ${needed} ${what} on its gateway; ${raised === undefined ? `${draft.provider.facts.title} allows` : 'the order says the account allows'} ${limit}.`,
      hint: `${raise}.`,
      facts: { needed, limit },
    }),
  ]
}
