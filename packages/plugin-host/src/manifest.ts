import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Fault } from './plugin.ts'

const relativeFile = z.string().startsWith('./', 'must be a path that begins with ./')

/** What a package says about the provider it brings: the `isthmus` entry of its package.json. */
const entrySchema = z.strictObject({
  apiVersion: z.int(),
  id: z.string().regex(/^[a-z](?:-?[a-z0-9])*$/, 'must be lower-case letters, digits and single hyphens, starting with a letter'),
  provider: relativeFile,
  simulatedCloud: relativeFile.optional(),
})

const packageSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  isthmus: entrySchema,
  peerDependencies: z.record(z.string(), z.string()).optional(),
})

/** A package.json that describes a plugin. */
export type Manifest = z.infer<typeof packageSchema>

const example = '"isthmus": { "apiVersion": 1, "id": "acme", "provider": "./dist/index.js" }'

/** The manifest of the package in a folder. */
export function readManifest(folder: string): Manifest | Fault {
  const json = readPackageJson(folder)
  if ('fault' in json) return json.fault
  const result = packageSchema.safeParse(json.value)
  if (result.success) return result.data
  if (!declaresPlugin(json.value)) return { stage: 'manifest', reason: `${join(folder, 'package.json')} has no "isthmus" entry, so the package is no plugin`, hint: `add ${example}, or remove the package from the plugins` }
  const [issue] = result.error.issues
  return { stage: 'manifest', reason: `${join(folder, 'package.json')} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'no object'}`, hint: `write it as in ${example}` }
}

/** The text of a package.json as a value. */
export function readPackageJson(folder: string): { readonly value: unknown } | { readonly fault: Fault } {
  const file = join(folder, 'package.json')
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) }
  } catch (error) {
    return { fault: { stage: 'manifest', reason: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, hint: 'correct the file or install the package again' } }
  }
}

/** True where a package.json says that its package is a plugin, in whatever form. */
export function declaresPlugin(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'isthmus' in value
}

/** Names of the direct dependencies that a package.json states. */
export function dependenciesOf(value: unknown): string[] {
  const result = z.looseObject({ dependencies: z.record(z.string(), z.unknown()).optional() }).safeParse(value)
  return Object.keys(result.data?.dependencies ?? {}).sort()
}
