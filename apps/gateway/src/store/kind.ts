import type { z } from 'zod'
import { StoreError } from './store-error.ts'

/** One kind of document, such as a vNet: its name in the store, and the schema that each document is parsed with. */
export interface Kind<T> {
  readonly name: string
  readonly schema: z.ZodType<T>
}

/**
 * Declares a kind of document; once, beside the noun it belongs to.
 *
 * @param name stays for ever: it is part of the key
 * @param schema must accept its own output, so defaults are fine and transforms are not. A new version of it must accept documents that older versions wrote
 */
export function defineKind<T>(name: string, schema: z.ZodType<T>): Kind<T> {
  return { name, schema }
}

/**
 * A document as its kind's schema parses it.
 *
 * @param code of the error, which tells whether the document came or was stored
 * @throws StoreError naming the fields that do not fit, without their values
 */
export function parseDocument<T>(kind: Kind<T>, id: string, value: unknown, code: 'RECORD_INVALID' | 'RECORD_UNREADABLE'): T {
  const result = kind.schema.safeParse(value)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => `${issue.path.join('.') || 'document'} (${issue.code})`)
  throw new StoreError(code, `${kind.name} ${id} does not fit its schema: ${fields.join(', ')}`)
}
