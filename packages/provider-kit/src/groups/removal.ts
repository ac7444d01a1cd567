import { composeStacks, planOrder, type Plan } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { demandSomeLink, modes } from '../check/own-fragments.ts'
import { sentence, siteBeside, tryLink } from '../check/planned-link.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { mirror, mirrorShapes, type MirrorShape } from '../mirror/mirror.ts'

/** One link comes or goes, and no other stack changes by a byte. */
export function removalChecks({ provider, sites }: Subject): Check[] {
  return sites.flatMap(([name, site]) => modes.map((mode): Check => ({
    group: 'removal',
    name: `${name}: ${mode}, a link that goes touches only its own stack`,
    run: () => {
      demandSomeLink(provider, site)
      const shape = mirrorShapes.find((candidate) => 'plan' in tryLink({ provider, site, against: mirror(candidate), routing: mode }))
      demandNone(shape === undefined ? [] : touched(provider, site, mode, shape))
    },
  })))
}

function touched(provider: Subject['provider'], site: SiteExample, routing: string, shape: MirrorShape): string[] {
  const against = mirror(shape)
  const first = siteBeside(against, [site])
  const sites = { middle: { cloud: provider.id, ...site }, east: first, west: siteBeside(against, [site, first]) }
  const orderOf = (...links: [string, string][]): unknown => ({ name: 'kit', sites, topology: { links }, defaults: { routing } })
  const before = planOrder(orderOf(['middle', 'east'], ['middle', 'west']), { providers: [provider, against] })
  if (!before.ok) return before.findings.map(sentence)
  const after = planOrder(orderOf(['middle', 'east']), { providers: [provider, against], agreed: before.agreed })
  if (!after.ok) return after.findings.map(sentence)
  const [had, has] = [stacksOf(before), stacksOf(after)]
  const kept = [...has].filter(([name]) => name !== 'network-west')
  return kept.filter(([name, text]) => had.get(name) !== text).map(([name]) => `the stack ${name} changes although only the link of middle and west went: what it holds may depend on its site and routing modes alone`)
}

function stacksOf(plan: Plan): Map<string, string> {
  return new Map(composeStacks(plan.name, plan.fragments, 'parts').map((stack) => [stack.name, stack.text]))
}
