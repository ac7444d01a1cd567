import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { z } from 'zod'

const operationSchema = z.object({
  system: z.enum(['tumblebug', 'terrarium']),
  method: z.string(),
  path2025: z.string().nullable(),
  path2026: z.string(),
  requestSchemaRef: z.string().nullable(),
  responseSchemaRef: z.string(),
  successStatus: z.int(),
  priority: z.string(),
  query: z.array(z.string()).default([]),
  requestSchemaRef2025: z.string().optional(),
  responseSchemaRef2025: z.string().optional(),
})

/** One spelling of an operation, and what the contract says of it. */
export interface Spelling {
  /** `GET /tumblebug/ns/{nsId}`, as the generation spells it. */
  readonly operation: string
  readonly generations: readonly ('2025' | '2026')[]
  readonly status: number
  /** Schemas that a body must fit, all of them. */
  readonly requests: readonly string[]
  readonly responses: readonly string[]
}

/**
 * Every spelling of every operation. Where both generations share a path the server cannot tell who asks, so that an answer has to satisfy
 * both; where they differ in the success status, the newer one is given to all, since clients ask for no more than a status below 400.
 */
export const spellings: readonly Spelling[] = z.array(operationSchema).parse(readJson('operations.json')).flatMap((item): Spelling[] => {
  const { method, path2025, path2026, successStatus: status } = item
  const newer = { requests: refs(item.requestSchemaRef), responses: [item.responseSchemaRef] }
  const older = { requests: refs(item.requestSchemaRef2025 ?? item.requestSchemaRef), responses: [item.responseSchemaRef2025 ?? item.responseSchemaRef] }
  if (path2025 === path2026) return [{ operation: `${method} ${path2026}`, generations: ['2025', '2026'], status, requests: newer.requests, responses: [...new Set([...newer.responses, ...older.responses])] }]
  return [
    { operation: `${method} ${path2026}`, generations: ['2026'], status, ...newer },
    ...(path2025 === null ? [] : [{ operation: `${method} ${path2025}`, generations: ['2025' as const], status, ...older }]),
  ]
})

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, schemas: [readSchema('tumblebug.schema.json'), readSchema('terrarium.schema.json')] })

/** What is wrong with a value, by the schema of that reference; empty when nothing is. */
export function faultsOf(reference: string, value: unknown): string[] {
  const validate: ValidateFunction | undefined = ajv.getSchema(reference)
  if (!validate) throw new Error(`there is no schema ${reference}`)
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${reference}: ${instancePath} ${message}`)
}

function readSchema(file: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(readJson(file))
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
}

function refs(reference: string | null): string[] {
  return reference === null ? [] : [reference]
}
