import type { Path } from '../wire/message.ts'
import { isAbsent, isAttributes, isUnknown } from '../wire/unknown.ts'
import type { AttributeSchema } from './schema.ts'

type Object = Readonly<Record<string, unknown>>

/**
 * Which rule between arguments is broken at one of them. An unknown value counts as neither set nor unset, as in the plugin
 * SDK: rules that could still be kept are not broken.
 */
export function brokenRelation(schema: AttributeSchema, config: Object, path: Path, value: unknown): string | undefined {
  const name = path.at(-1)
  return brokenChoice(schema.exactlyOneOf, config, 'exactly one of')
    ?? brokenChoice(schema.atLeastOneOf, config, 'at least one of')
    ?? (isSet(value) ? brokenCompany(schema, config, String(name)) : undefined)
}

function brokenChoice(names: readonly string[] | undefined, config: Object, kind: 'exactly one of' | 'at least one of'): string | undefined {
  if (!names) return undefined
  const values = names.map((name) => lookup(config, name))
  const set = names.filter((_, index) => isSet(values[index]) && !isUnknown(values[index]))
  if (set.length === 0 && !values.some(isUnknown)) return `${kind} \`${names.join(',')}\` must be specified`
  return kind === 'exactly one of' && set.length > 1 ? `only one of \`${names.join(',')}\` can be specified, but \`${set.join(',')}\` were` : undefined
}

function brokenCompany(schema: AttributeSchema, config: Object, name: string): string | undefined {
  const rival = schema.conflictsWith?.find((other) => isSet(lookup(config, other)) && !isUnknown(lookup(config, other)))
  if (rival !== undefined) return `"${name}": conflicts with ${rival}`
  const missing = schema.requiredWith?.filter((other) => !isSet(lookup(config, other)))
  return missing && missing.length > 0 ? `"${name}": all of \`${[name, ...schema.requiredWith ?? []].join(',')}\` must be specified` : undefined
}

/** Unknown values are set to something; whether to null only the apply will tell. */
function isSet(value: unknown): boolean {
  return !isAbsent(value) && !(Array.isArray(value) && value.length === 0)
}

function lookup(config: Object, dotted: string): unknown {
  return dotted.split('.').reduce<unknown>((value, step) => {
    if (isUnknown(value)) return value
    if (Array.isArray(value)) return value[Number(step)]
    return isAttributes(value) ? value[step] : undefined
  }, config)
}
