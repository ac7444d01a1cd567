import type { FindingCode, RoutingMode } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { madeFor, modes } from '../check/own-fragments.ts'
import { sentence, tryLink } from '../check/planned-link.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { disagreements } from './links.ts'

/** What keeps two gateways of one cloud apart without a fault of the provider. */
const honestRefusals: readonly FindingCode[] = ['ROUTING_NO_COMMON_MODE', 'WIRING_IMPOSSIBLE']

/** Links of two gateways of the provider's own cloud: proven, or refused; where the offer has a way of its own for them (`kin`), proven. */
export function ownKindChecks({ provider, sites }: Subject): Check[] {
  return sites.flatMap(([name, site]) => modes.map((mode): Check => ({
    group: 'links',
    name: `${name}: ${mode} with a gateway of its own cloud`,
    run: () => demandNone(faultsOf({ provider, site }, mode)),
  })))
}

function faultsOf({ provider, site }: Pick<Subject, 'provider'> & { readonly site: SiteExample }, routing: RoutingMode): string[] {
  const link = tryLink({ provider, site, against: provider, routing })
  if ('plan' in link) return disagreements(link)
  const errors = link.findings.filter((finding) => finding.severity === 'error')
  const mayRefuse = errors.every((finding) => honestRefusals.includes(finding.code)) && !hasKin({ provider, site }, routing)
  return mayRefuse ? [] : errors.map(sentence)
}

function hasKin({ provider, site }: Pick<Subject, 'provider'> & { readonly site: SiteExample }, mode: RoutingMode): boolean {
  return madeFor(provider, site).some(({ link }) => provider.offer(link.site).routing.some((offer) => offer.mode === mode && offer.kin !== undefined))
}
