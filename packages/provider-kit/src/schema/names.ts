import { isExpression, type Resource, type Value } from '@isthmus/core'
import { addressOf } from './resource.ts'

/**
 * Resources whose name depends on a position: the same parts in another sequence must give the same resources under the same names.
 *
 * @param parts what was put into another sequence, for the message
 */
export function misnamed(made: readonly Resource[], turned: readonly Resource[], parts: string): string[] {
  const before = new Map(made.map((resource) => [addressOf(resource), textOf(resource)]))
  return turned.flatMap((resource) => {
    const address = addressOf(resource)
    const known = before.get(address)
    if (known === undefined) return [`${address} only exists when the ${parts} come in another sequence: name it after what it is made for, not after a position`]
    return known === textOf(resource) ? [] : [`${address} is another resource when the ${parts} come in another sequence: name it after what it is made for, not after a position`]
  })
}

/** All single values in a body, whatever their sequence: lists of blocks may follow the sequence of their parts. */
function textOf({ body }: Resource): string {
  return valuesIn(body).sort().join('\n')
}

function valuesIn(value: Value): string[] {
  if (typeof value !== 'object' || value === null || isExpression(value)) return [JSON.stringify(value)]
  return Object.values(value).flatMap(valuesIn)
}
