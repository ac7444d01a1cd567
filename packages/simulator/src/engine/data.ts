import { Refusal, type Attributes, type CloudObject, type Context, type SimulatedCloud } from '../behaviour/behaviour.ts'
import { equalMember } from '../schema/shape.ts'
import { isBlock, type AttributeSchema, type Members } from '../schema/schema.ts'
import { isAbsent, isAttributes } from '../wire/unknown.ts'

/** How a cloud answers look-ups. */
interface LookedUp extends Pick<SimulatedCloud, 'nothingFound'> {
  /** An object as the cloud shows it. */
  readonly shown: (object: CloudObject) => Attributes
}

/**
 * A data source that looks one object of the type with its own name up: by every argument that is given, of a map (tags) by
 * the entries that are given, and of a `filter` block by the attribute with its name. Throws a refusal unless exactly one
 * object fits.
 */
export function lookUp(members: Members, config: Attributes, context: Context, { shown, nothingFound }: LookedUp): Attributes {
  const found = context.list(context.type).map(shown).filter((object) => fits(members, config, object))
  const [only] = found
  if (only && found.length === 1) return { ...only, ...given(config) }
  if (found.length === 0) throw new Refusal(nothingFound?.(context.type, given(config)) ?? 'No matching object found', `The simulated cloud holds no ${context.type} that fits the arguments.`)
  throw new Refusal('Multiple objects matched', `${found.length} objects of type ${context.type} fit; use additional arguments to reduce them to one.`)
}

function given(config: Attributes): Attributes {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !isAbsent(value)))
}

function fits(members: Members, config: Attributes, object: Attributes): boolean {
  return Object.entries(given(config)).every(([name, value]) => {
    const schema = members[name]
    if (!schema || name === 'timeouts') return true
    if (name === 'filter') return filterFits(value, object)
    // A context such as project or region is compared only where the object has it.
    return isBlock(schema) || isAbsent(object[name]) || memberFits(schema, value, object[name])
  })
}

function memberFits(schema: AttributeSchema, value: unknown, actual: unknown): boolean {
  if (isAttributes(value)) return isAttributes(actual) && Object.entries(value).every(([name, inner]) => actual[name] === inner)
  return equalMember(schema, value, actual, (a, b) => String(a) === String(b))
}

/** Filters name attributes with hyphens and dots: `vpc-id`, `tag:Name`. */
function filterFits(filters: unknown, object: Attributes): boolean {
  const list: unknown[] = Array.isArray(filters) ? filters : []
  return list.filter(isAttributes).every(({ name, values }) => {
    const allowed: unknown[] = Array.isArray(values) ? values : []
    return allowed.includes(filtered(object, String(name)))
  })
}

function filtered(object: Attributes, name: string): unknown {
  const tags = object['tags']
  if (name.startsWith('tag:')) return isAttributes(tags) ? tags[name.slice(4)] : undefined
  return object[name.replaceAll(/[-.]/g, '_')]
}
