import { compareEnds, pairEnds, resourceSetOf, type EndView, type Known, type ResourceSet } from '@isthmus/core'
import type { CloudObject, TunnelState } from '../behaviour/behaviour.ts'

/** Reads a cloud's own resources back into neutral ends. */
export interface EndReader {
  read(resources: ResourceSet): EndView[]
}

/** All ends found among objects, each up exactly when a counterpart agrees with it in every field. */
export function tunnelStates(objects: readonly CloudObject[], readers: readonly EndReader[]): TunnelState[] {
  const resources = resourceSetOf(objects.map(({ type, id, attributes }) => ({ address: `${type}.${id}`, type, name: id, values: attributes })))
  const { pairs, unmatched } = pairEnds(readers.flatMap((reader) => reader.read(resources)), (a, b) => compareEnds(a, b).filter(({ field }) => field !== 'prefixes'))
  const neighbours = neighboursOf(pairs)
  const beyond = (end: EndView, other: EndView): readonly Known<string>[] => neighbours(end).filter((neighbour) => JSON.stringify(networkOf(neighbour)) !== JSON.stringify(networkOf(other))).flatMap(networkOf)
  const paired = pairs.flatMap(([a, b]) => {
    const fields = compareEnds(a, b, { a: beyond(a, b), b: beyond(b, a), optional: true }).map((difference) => difference.field)
    const up = fields.length === 0
    const reason = up ? 'both ends agree' : `the ends differ in ${fields.join(', ')}`
    return [{ end: a, up, reason }, { end: b, up, reason }]
  })
  return [...paired, ...unmatched.map((end) => ({ end, up: false, reason: 'no tunnel ends here from the other side' }))]
}

function networkOf(end: EndView): readonly Known<string>[] {
  return end.prefixes?.local ?? []
}

/**
 * The ends opposite those of one network. A gateway may stand for the networks behind its other tunnels, and only its clouds
 * know whether it passes their traffic on: a tunnel comes up whether or not they are routed into it.
 */
function neighboursOf(pairs: readonly (readonly [EndView, EndView])[]): (end: EndView) => readonly EndView[] {
  const identity = (end: EndView): string => JSON.stringify([end.cloud, networkOf(end)])
  const found = new Map<string, EndView[]>()
  for (const [a, b] of pairs) for (const [end, other] of [[a, b], [b, a]] as const) found.set(identity(end), [...(found.get(identity(end)) ?? []), other])
  return (end) => found.get(identity(end)) ?? []
}
