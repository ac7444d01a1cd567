import { z } from 'zod'
import { finding, type Finding } from '../finding/finding.ts'
import { nearestName } from '../finding/nearest-name.ts'
import type { AnyProvider } from '../provider/provider.ts'
import type { CloudFacts } from '../provider/terms.ts'
import { findingsOfIssues } from './issues.ts'
import { orderSchema, siteFields, type OrderDocument, type SiteDocument } from './schema.ts'

/** An order whose form is right; what it asks for has not been judged yet. */
export interface ParsedOrder {
  /** Undefined when the form is so wrong that nothing can be said about the rest. */
  readonly order?: OrderDocument
  readonly findings: readonly Finding[]
}

/** A fault can lie this deep: each attempt leaves out one level more around what is still refused. */
const mostAttempts = 6

const orderFields = Object.keys(orderSchema.shape)
const linkFields = ['routing', 'lifetimes', 'dpdTimeout', 'keyVersion', 'initiator', 'insideCidrs']

/**
 * Checks the form of an order. Parts whose form is wrong are reported and left out, so that the rest of the order can still
 * be judged and one answer holds everything there is to say.
 */
export function parseOrder(input: unknown): ParsedOrder {
  const findings: Finding[] = []
  let candidate = input
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const result = orderSchema.safeParse(candidate, { reportInput: true })
    if (result.success) return { order: result.data, findings }
    const found = findingsOfIssues(result.error.issues, '', [...orderFields, ...linkFields])
    // What is missing only because it was left out a moment ago has been reported already.
    findings.push(...found.filter(({ path }) => !findings.some((earlier) => earlier.path.startsWith(path))))
    candidate = withoutFaults(candidate, result.error.issues)
    if (candidate === undefined) return { findings }
  }
  return { findings }
}

/** Drops what a schema refused, the smallest enclosing part of it at a time. */
function withoutFaults(input: unknown, issues: readonly { readonly path: readonly PropertyKey[]; readonly code: string; readonly keys?: unknown }[]): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const copy: unknown = structuredClone(input)
  for (const issue of issues) {
    const keys = Array.isArray(issue.keys) ? issue.keys.map((key) => [...issue.path, String(key)]) : [issue.path]
    for (const path of keys) remove(copy, path)
  }
  return isRecord(copy) && copy['sites'] !== undefined ? { name: 'unnamed', ...copy } : undefined
}

/** Removes the entry at a path, with all that makes no sense without it; what is not there takes the part that misses it along. */
function remove(root: unknown, path: readonly PropertyKey[]): void {
  for (let steps = partAround(path); steps.length > 0; steps = steps.slice(0, -1)) {
    const last = steps.at(-1)
    const holder = steps.slice(0, -1).reduce<unknown>((value, step) => (isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined), root)
    if (!isRecord(holder) || last === undefined || !Object.hasOwn(holder, last)) continue
    delete holder[last]
    return
  }
}

/** A list item takes its list with it, a required site field its site, and the topology is one thing. */
function partAround(path: readonly PropertyKey[]): string[] {
  if (path[0] === 'topology') return ['topology']
  const shortened = path.findIndex((step) => typeof step === 'number')
  const target = (shortened > 0 ? path.slice(0, shortened) : path).map(String)
  const required = target[0] === 'sites' && target.length === 3 && (target[2] === 'cloud' || target[2] === 'region')
  return required ? target.slice(0, 2) : target
}

/** A site in a cloud without a provider has the common fields only. */
const noOptions = z.strictObject({})

/** Parses the fields of a site that belong to its provider, where it has one. */
export function parseSiteOptions(provider: AnyProvider | undefined, site: SiteDocument, path: string): { options?: unknown; findings: readonly Finding[] } {
  const own = Object.fromEntries(Object.entries(site).filter(([key]) => !Object.hasOwn(siteFields, key)))
  const schema = provider?.options ?? noOptions
  const result = schema.safeParse(own, { reportInput: true })
  if (result.success) return { options: result.data, findings: [] }
  return { findings: findingsOfIssues(result.error.issues, path, [...Object.keys(siteFields), ...optionNames(schema)]) }
}

function optionNames(schema: z.ZodType): string[] {
  const shape: unknown = Reflect.get(schema, 'shape')
  return isRecord(shape) ? Object.keys(shape) : []
}

/** The provider of a site, or the facts of a cloud that has none, or the finding that nobody knows it. */
export function cloudOf(cloud: string, path: string, providers: readonly AnyProvider[], clouds: readonly CloudFacts[]): AnyProvider | CloudFacts | Finding {
  const known = providers.find((item) => item.id === cloud) ?? clouds.find((item) => item.id === cloud)
  if (known) return known
  const ids = providers.map((item) => item.id).sort()
  const proposal = nearestName(cloud, [...ids, ...clouds.map((item) => item.id)])
  return finding('CLOUD_UNKNOWN', `${path}.cloud`, {
    title: `there is no provider for a cloud named ${cloud}.`,
    hint: proposal ? `write ${proposal}, if that is what was meant.` : `use one of ${ids.join(', ')}, or install the provider package for ${cloud}.`,
    facts: { cloud, known: ids },
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
