import { compareEnds, pairEnds, resourceSetOf, type EndView, type ResourceSet } from '@isthmus/core'
import type { CloudObject, TunnelState } from '../behaviour/behaviour.ts'

/** Reads a cloud's own resources back into neutral ends. */
export interface EndReader {
  read(resources: ResourceSet): EndView[]
}

/** All ends found among objects, each up exactly when a counterpart agrees with it in every field. */
export function tunnelStates(objects: readonly CloudObject[], readers: readonly EndReader[]): TunnelState[] {
  const resources = resourceSetOf(objects.map(({ type, id, attributes }) => ({ address: `${type}.${id}`, type, name: id, values: attributes })))
  const { pairs, unmatched } = pairEnds(readers.flatMap((reader) => reader.read(resources)))
  const paired = pairs.flatMap(([a, b]) => {
    const fields = compareEnds(a, b).map((difference) => difference.field)
    const up = fields.length === 0
    const reason = up ? 'both ends agree' : `the ends differ in ${fields.join(', ')}`
    return [{ end: a, up, reason }, { end: b, up, reason }]
  })
  return [...paired, ...unmatched.map((end) => ({ end, up: false, reason: 'no tunnel ends here from the other side' }))]
}
