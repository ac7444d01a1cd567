import { Refusal } from '../behaviour/behaviour.ts'
import type { Path } from '../wire/message.ts'
import { isAbsent, isAttributes, isUnknown } from '../wire/unknown.ts'
import { brokenRelation } from './relations.ts'
import { brokenCloudRule, brokenRule } from './rules.ts'
import { isBlock, type AttributeSchema, type Members, type ValueRules } from './schema.ts'

type Object = Readonly<Record<string, unknown>>
type RuleCheck = (rules: ValueRules, value: unknown) => string | undefined

/** What the real provider refuses of a configuration by its schema alone. Unknown values pass. */
export function validate(members: Members, config: Object): Refusal[] {
  const told = new Set<string>()
  return visit(members, config, [], (schema, value, path) => {
    const relation = brokenRelation(schema, config, path, value)
    if (relation === undefined) return checkMember(schema, value, path, brokenRule)
    // Every argument of a choice states the same rule; once is enough.
    if (told.has(relation)) return []
    told.add(relation)
    return [new Refusal('Invalid combination of arguments', relation, path)]
  })
}

/** What only the cloud refuses of a planned object, when it is applied. */
export function validateInCloud(members: Members, object: Object): Refusal[] {
  return visit(members, object, [], (schema, value, path) => checkMember(schema, value, path, brokenCloudRule))
}

function visit(members: Members, object: Object, at: Path, check: (schema: AttributeSchema, value: unknown, path: Path) => Refusal[]): Refusal[] {
  return Object.entries(members).flatMap(([name, schema]) => {
    const value = object[name]
    const path = [...at, name]
    const own = check(schema, value, path)
    const elements: unknown[] = schema.block && Array.isArray(value) ? value : []
    // Elements of a set have no position, so what is wrong in one is reported at the set.
    const inner = elements.flatMap((element, index) =>
      (isAttributes(element) ? visit(schema.block ?? {}, element, isBlock(schema) && schema.type === 'list' ? [...path, index] : path, check) : []))
    return [...own, ...inner]
  })
}

function checkMember(schema: AttributeSchema, value: unknown, path: Path, broken: RuleCheck): Refusal[] {
  if (isAbsent(value) || isUnknown(value)) return []
  const values: unknown[] = Array.isArray(value) ? value : [value]
  const count = Array.isArray(value) && !isBlock(schema) ? brokenCount(schema, values) : undefined
  const problems = schema.block || schema.type === 'map' ? [] : values.filter((inner) => !isUnknown(inner) && !isAbsent(inner)).map((inner) => broken(schema, inner))
  return [count, ...problems].filter((problem) => problem !== undefined)
    .map((problem) => new Refusal(`Invalid value for ${path.join('.')}`, `${path.at(-1)}: ${problem}.`, path))
}

function brokenCount({ minItems, maxItems }: AttributeSchema, values: readonly unknown[]): string | undefined {
  if (values.some(isUnknown)) return undefined
  if (values.length >= (minItems ?? 0) && values.length <= (maxItems ?? Infinity)) return undefined
  return `expected ${minItems ?? 0} to ${maxItems ?? 'any number of'} items, got ${values.length}`
}
