import type { AnyProvider, FindingCode, RoutingMode } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { modes } from '../check/own-fragments.ts'
import { sentence, siteBeside, tryLink } from '../check/planned-link.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { disagreements } from './links.ts'

/** What keeps two clouds apart without a fault of either provider. */
const honestRefusals: readonly FindingCode[] = ['ROUTING_NO_COMMON_MODE', 'WIRING_IMPOSSIBLE', 'INSIDE_CIDR_RANGE', 'INSIDE_CIDR_EXHAUSTED', 'SUITE_NO_OVERLAP', 'PSK_ALPHABET']

/** Links with every other provider that is given, each way round: proven, or refused with a reason and an alternative. */
export function pairsChecks({ provider, sites, others }: Subject): Check[] {
  return sites.flatMap(([name, site]) => others.flatMap((other): Check[] => [
    ...modes.map((mode): Check => ({
      group: 'pairs',
      name: `${name}: ${mode} with ${other.id}`,
      run: () => demandNone((['a', 'b'] as const).flatMap((end) => faultsOf(provider, site, other, mode, end))),
    })),
    { group: 'pairs', name: `${name}: some mode with ${other.id}`, run: () => demandNone(freeFaults(provider, site, other)) },
  ]))
}

function faultsOf(provider: AnyProvider, site: SiteExample, against: AnyProvider, routing: RoutingMode, end: 'a' | 'b'): string[] {
  const link = tryLink({ provider, site, against, routing, end })
  if ('plan' in link) return disagreements(link)
  const errors = link.findings.filter((finding) => finding.severity === 'error')
  return errors.every((finding) => honestRefusals.includes(finding.code)) ? [] : errors.map(sentence)
}

function freeFaults(provider: AnyProvider, site: SiteExample, against: AnyProvider): string[] {
  const link = tryLink({ provider, site, against })
  return 'plan' in link ? disagreements(link) : [`${siteBeside(against, [site]).cloud} cannot be linked at all:`, ...link.findings.map(sentence)]
}
