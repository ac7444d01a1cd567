import { proveAgreement, wire, type AnyProvider, type FindingCode, type RoutingMode, type RoutingOffer } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { demandSomeLink, modes } from '../check/own-fragments.ts'
import { sentence, tryLink, type PlannedLink } from '../check/planned-link.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { mirror, mirrorRouting, mirrorShapes, type MirrorShape } from '../mirror/mirror.ts'

/** Links with a mirror in every shape and routing mode, as either end: made and proven, or refused for the right reason. */
export function linksChecks({ provider, sites }: Subject): Check[] {
  return sites.flatMap(([name, site]) => [
    ...modes.flatMap((mode) => mirrorShapes.map((shape): Check => ({
      group: 'links',
      name: `${name}: ${mode} with a mirror of shape ${shape}`,
      run: () => demandNone((['a', 'b'] as const).flatMap((end) => faultsOf({ provider, site }, shape, mode, end))),
    }))),
    {
      group: 'links' as const,
      name: `${name}: some mode can be linked`,
      run: () => demandSomeLink(provider, site),
    },
  ])
}

function faultsOf({ provider, site }: Pick<Subject, 'provider'> & { readonly site: SiteExample }, shape: MirrorShape, routing: RoutingMode, end: 'a' | 'b'): string[] {
  const against = mirror(shape)
  const link = tryLink({ provider, site, against, routing, end })
  if ('plan' in link) return disagreements(link)
  const errors = link.findings.filter((finding) => finding.severity === 'error')
  const expected = expectedRefusal(ownRouting(provider, site, routing), mirrorRouting(shape, routing))
  return expected !== undefined && errors.every((finding) => finding.code === expected) ? [] : errors.map(sentence)
}

/** What a site offers in a mode, found out by linking it with whatever mirror it can be linked with. */
function ownRouting(provider: AnyProvider, site: SiteExample, mode: RoutingMode): RoutingOffer | undefined {
  for (const shape of mirrorShapes) {
    const link = tryLink({ provider, site, against: mirror(shape) })
    if ('plan' in link) return provider.offer(link.site).routing.find((offer) => offer.mode === mode)
  }
  return undefined
}

/** Why two offers cannot come together, where that is no fault: a mode that is not offered, or no wiring that fits the rules of both. */
function expectedRefusal(own: RoutingOffer | undefined, peer: RoutingOffer): FindingCode | undefined {
  if (!own) return 'ROUTING_NO_COMMON_MODE'
  return wire(own, peer) ? undefined : 'WIRING_IMPOSSIBLE'
}

/** What the two ends of a planned link do not agree on. */
export function disagreements({ plan, providers, views }: PlannedLink): string[] {
  const { findings, tunnels } = proveAgreement(views, plan, providers)
  const [deal] = plan.deals
  return findings.length > 0 || tunnels.length === deal?.tunnels.length ? findings.map(sentence) : [`${tunnels.length} tunnels were read back, and ${deal?.tunnels.length} were agreed`]
}
