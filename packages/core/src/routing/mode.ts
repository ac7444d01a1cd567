import { type Finding, finding } from '../finding/finding.ts'
import type { RoutingMode } from '../provider/offer.ts'

/** The routing modes one end can do, most preferred first. */
export interface ModesOffer {
  readonly site: string
  readonly modes: readonly RoutingMode[]
}

/** Why a link has its routing mode. */
export interface RoutingReason {
  readonly chosen: RoutingMode
  /** Asked for (`wanted`), the `only` one in common, or the one that both ends together prefer. */
  readonly because: 'wanted' | 'only' | 'preferred'
  /** The other mode, where there is one: `by` names the end that cannot do it, `both`, or `preference`. */
  readonly ruledOut: readonly { readonly mode: RoutingMode; readonly by: string }[]
}

/** BGP first: of two modes that both ends like equally it is the one that survives a lost tunnel and learns new networks. */
const allModes: readonly RoutingMode[] = ['bgp', 'static']

/**
 * Chooses the routing mode of a link: the wanted one, or of those that both ends can do the one with the best ranks of both
 * ends together. `path` is where the link's routing stands in the order.
 *
 * Finding: `ROUTING_NO_COMMON_MODE` where an end cannot do the wanted mode, or no mode is common.
 */
export function chooseRoutingMode(
  wanted: RoutingMode | undefined, a: ModesOffer, b: ModesOffer, path: string,
): { mode: RoutingMode; reason: RoutingReason } | { findings: Finding[] } {
  const shared = allModes.filter((mode) => a.modes.includes(mode) && b.modes.includes(mode))
  const rank = (mode: RoutingMode) => a.modes.indexOf(mode) + b.modes.indexOf(mode)
  const preferred = shared.toSorted((one, other) => rank(one) - rank(other))[0]
  const chosen = wanted === undefined ? preferred : shared.find((mode) => mode === wanted)
  if (chosen === undefined) return { findings: [noCommonMode(wanted, preferred, a, b, path)] }
  const because = wanted !== undefined ? 'wanted' : shared.length === 1 ? 'only' : 'preferred'
  const ruledOut = allModes.filter((mode) => mode !== chosen).map((mode) => ({ mode, by: ruledOutBy(mode, a, b) }))
  return { mode: chosen, reason: { chosen, because, ruledOut } }
}

function ruledOutBy(mode: RoutingMode, a: ModesOffer, b: ModesOffer): string {
  const unable = [a, b].filter((end) => !end.modes.includes(mode)).map((end) => end.site)
  return unable.length === 2 ? 'both' : unable[0] ?? 'preference'
}

function noCommonMode(
  wanted: RoutingMode | undefined, possible: RoutingMode | undefined, a: ModesOffer, b: ModesOffer, path: string,
): Finding {
  const unable = [a, b].filter((end) => wanted !== undefined && !end.modes.includes(wanted)).map((end) => end.site)
  const can = [a, b].map((end) => `${end.site} can do ${end.modes.join(' and ') || 'none'}`).join(', ')
  return finding('ROUTING_NO_COMMON_MODE', path, {
    title: wanted === undefined
      ? `${a.site} and ${b.site} share no routing mode: ${can}.`
      : `${unable.join(' and ')} cannot do ${wanted} routing: ${can}.`,
    hint: possible === undefined
      ? `Choose a gateway for ${a.site} or ${b.site} that can do what the other does, or link other sites.`
      : `Use ${possible} routing, which both ends can do, or leave the mode out.`,
    facts: { wanted, possible, modes: { [a.site]: a.modes, [b.site]: b.modes } },
  })
}
