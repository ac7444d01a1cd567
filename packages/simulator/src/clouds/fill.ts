import type { Attributes } from '../behaviour/behaviour.ts'
import { isUnknown } from '../wire/unknown.ts'

/** Sets each named attribute that has no value or an unknown one; what is configured or planned, null included, stays. */
export function fill(object: Attributes, values: Attributes): void {
  for (const [name, value] of Object.entries(values)) {
    if (object[name] === undefined || isUnknown(object[name])) object[name] = value
  }
}
