import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { defineKind, type Kind, type Records, type Stored } from '../store/index.ts'

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

/** @throws Problem NOT_FOUND that begins with the words that clients of the peers know */
export async function getNamespace(records: Records, id: string): Promise<Stored<Namespace>> {
  const found = await records.get(namespaceKind, globalScope, id)
  if (!found) throw unknownNamespace(id)
  return found
}

export function unknownNamespace(id: string): Problem {
  return new Problem('NOT_FOUND', `Not valid namespace: ${id} does not exist`)
}

/** Id of a namespace that belongs to something else and that no user sees: names of users have no slash. */
export function hiddenNamespace(kind: string, owner: string): string {
  return `${kind}/${owner}`
}

export function isHidden(namespace: string): boolean {
  return namespace.includes('/')
}
