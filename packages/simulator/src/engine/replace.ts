import { equalMember, type SameScalar } from '../schema/shape.ts'
import { isBlock, type AttributeSchema, type Members } from '../schema/schema.ts'
import type { Path } from '../wire/message.ts'
import { isAbsent, isAttributes, isUnknown } from '../wire/unknown.ts'

type Object = Readonly<Record<string, unknown>>

/**
 * Paths of changes that replace the object. Paths end at a set, because the elements of a set have no position.
 *
 * @param same whether two scalars are equal; decides for secrets, of which one side may be a fingerprint.
 */
export function replacements(members: Members, prior: Object, planned: Object, same: SameScalar): Path[] {
  return Object.entries(members).flatMap(([name, schema]) =>
    memberReplacements(schema, prior[name], planned[name], same).map((path): Path => [name, ...path]))
}

function memberReplacements(schema: AttributeSchema, prior: unknown, planned: unknown, same: SameScalar): Path[] {
  if (schema.writeOnly || equalMember(schema, prior, planned, same)) return []
  if (!isBlock(schema)) return schema.forceNew ? [[]] : []
  const members = schema.block ?? {}
  if (isUnknown(planned)) return schema.forceNew ? [[]] : []
  if (schema.type === 'single') {
    return isAttributes(prior) && isAttributes(planned) ? replacements(members, prior, planned, same) : []
  }
  const before: unknown[] = Array.isArray(prior) ? prior : []
  const after: unknown[] = Array.isArray(planned) ? planned : []
  if (schema.forceNew && before.length !== after.length) return [[]]
  return schema.type === 'set' ? setReplacements(schema, before, after, same) : listReplacements(members, before, after, same)
}

function listReplacements(members: Members, before: readonly unknown[], after: readonly unknown[], same: SameScalar): Path[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index).flatMap((index) => {
    const [old, fresh] = [before[index], after[index]]
    if (isAttributes(old) && isAttributes(fresh)) {
      return replacements(members, old, fresh, same).map((path): Path => [index, ...path])
    }
    const present = isAttributes(old) ? old : fresh
    return isAttributes(present) && holdsForceNew(members, present) ? [[]] : []
  })
}

function setReplacements(schema: AttributeSchema, before: readonly unknown[], after: readonly unknown[], same: SameScalar): Path[] {
  const members = schema.block ?? {}
  const single: AttributeSchema = { ...schema, type: 'list' }
  const differs = (element: unknown, others: readonly unknown[]): boolean => !others.some((other) => equalMember(single, [element], [other], same))
  const changed = [...before.filter((element) => differs(element, after)), ...after.filter((element) => differs(element, before))]
  return changed.some((element) => isAttributes(element) && holdsForceNew(members, element)) ? [[]] : []
}

/** True where an object that comes or goes as a whole has a value in an attribute that cannot change. */
function holdsForceNew(members: Members, object: Object): boolean {
  return Object.entries(members).some(([name, schema]) => {
    const value = object[name]
    if (isAbsent(value)) return false
    if (schema.forceNew && !schema.computed) return !Array.isArray(value) || value.length > 0
    const inner: unknown[] = isBlock(schema) && Array.isArray(value) ? value : []
    return inner.some((element) => isAttributes(element) && holdsForceNew(schema.block ?? {}, element))
  })
}
