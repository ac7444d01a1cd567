import { proveAgreement, readEnds, type AnyProvider, type Finding, type HalfTunnel, type RoutingMode } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { alterations, type Alteration } from '../check/alterations.ts'
import { demandSomeLink, modes } from '../check/own-fragments.ts'
import { sentence, tryLink, type PlannedLink } from '../check/planned-link.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { mirror, mirrorShapes } from '../mirror/mirror.ts'

/** What is shared by two ends: told to both, and missed by the proof when one of the two has it wrong. */
export function agreementChecks({ provider, sites }: Subject): Check[] {
  return sites.flatMap(([name, site]) => modes.flatMap((mode) => {
    const check = (what: string, problems: (link: PlannedLink) => readonly string[]): Check => ({
      group: 'agreement',
      name: `${name}: ${mode}, ${what}`,
      run: () => {
        demandSomeLink(provider, site)
        demandNone(linksOf(provider, site, mode).flatMap(problems))
      },
    })
    return [
      check('each inside address belongs to one end', insideFaults),
      ...alterations.map((alteration) => check(`${alteration.what} is found out`, (link) => undetected(link, alteration))),
    ]
  }))
}

/** The link with most tunnels among those without idle legs, with a suite in which each algorithm is needed: every argument counts in it. */
function linksOf(provider: AnyProvider, site: SiteExample, routing: RoutingMode): PlannedLink[] {
  const links = mirrorShapes.flatMap((shape) => {
    const link = tryLink({ provider, site, against: mirror(shape), routing, security: 'baseline' })
    return 'plan' in link && readEnds(link.views, link.providers).length === 2 * tunnelsOf(link).length ? [link] : []
  })
  return links.toSorted((a, b) => tunnelsOf(b).length - tunnelsOf(a).length).slice(0, 1)
}

function tunnelsOf({ half }: PlannedLink): readonly HalfTunnel[] {
  return half.connections.flatMap(({ tunnels }) => tunnels)
}

function insideFaults(link: PlannedLink): string[] {
  const owners = new Map<string, string>()
  return tunnelsOf(link).flatMap(({ id, inside }) => [inside.local, inside.peer].flatMap((address) => {
    const text = address.toString()
    const other = owners.get(text)
    owners.set(text, id)
    return [
      ...(other === undefined ? [] : [`${text} is an address of tunnel ${other} and of tunnel ${id}`]),
      ...(inside.cidr.contains(address) ? [] : [`${text} of tunnel ${id} lies outside its block ${inside.cidr}`]),
    ]
  }))
}

function undetected(link: PlannedLink, alteration: Alteration): string[] {
  const findings = (views: PlannedLink['views']): readonly Finding[] => proveAgreement(views, link.plan, link.providers).findings
  // Where the ends differ anyway, nothing can be said of one more difference.
  const before = findings(link.views)
  if (before.length > 0) return before.map(sentence)
  return alteration.variants(link).filter(({ views }) => findings(views).length === 0).map(({ change }) => `${change} was changed, and read() does not show it`)
}
