import { isExpression, type Resource, type Value } from '@isthmus/core'
import type { Members, ProviderSchema } from '@isthmus/simulator'

/** Address inside the stack. */
export function addressOf({ mode, type, name }: Resource): string {
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}`
}

/** Members of a resource's type; none where the schema does not know it. */
export function membersOf(schema: ProviderSchema, { mode, type }: Resource): Members {
  return (mode === 'data' ? schema.dataSources : schema.resources)[type]?.attributes ?? {}
}

/** True for a block or map of values. */
export function isBody(value: Value): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExpression(value)
}
