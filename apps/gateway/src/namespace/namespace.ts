import { z } from 'zod'
import { defineKind, type Kind } from '../store/index.ts'

/** A namespace: what is kept of it. Its id never changes. */
export const namespaceSchema = z.object({
  name: z.string(),
  description: z.string(),
  uid: z.string(),
  /** Name of the order that all networks of the namespace belong to; part of their names in every cloud. */
  order: z.string(),
})
export type Namespace = z.infer<typeof namespaceSchema>

/** Scope of everything that belongs to no namespace. */
export const globalScope = ''

export const namespaceKind: Kind<Namespace> = defineKind('namespace', namespaceSchema)

/** Id of a namespace that belongs to something else and that no user sees: names of users have no slash. */
export function hiddenNamespace(kind: string, owner: string): string {
  return `${kind}/${owner}`
}

export function isHidden(namespace: string): boolean {
  return namespace.includes('/')
}
