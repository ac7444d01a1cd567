import { composeStacks } from '../stack/compose.ts'
import type { PlacedFragment } from '../stack/fragment.ts'
import { unescapeTemplate } from '../stack/render.ts'
import type { ResourceView } from './end-view.ts'

/**
 * Reads the resources of a rendered stack, its data sources with `data.` in front of type and address. Expressions become tokens, so the ends in it can be compared before OpenTofu
 * has seen it.
 *
 * @param text content of `main.tf.json`
 */
export function viewsOfStack(text: string): ResourceView[] {
  const document: unknown = JSON.parse(text)
  return (['resource', 'data'] as const).flatMap((mode) => entries(field(document, mode)).flatMap(([written, named]) => {
    const type = typeIn(mode, written)
    return entries(named).map(([name, body]) => ({ address: `${type}.${name}`, type, name, values: record(ofTemplate(body)) }))
  }))
}

/** Reads the resources of fragments as the whole stack of them states them. */
export function viewsOfFragments(fragments: readonly PlacedFragment[]): ResourceView[] {
  return composeStacks('whole', fragments, 'whole').flatMap(({ text }) => viewsOfStack(text))
}

/** Reads the resources of `tofu show -json` of a state, its data sources with `data.` in front of type and address. */
export function viewsOfState(document: unknown): ResourceView[] {
  return resourcesIn(field(field(document, 'values'), 'root_module')).map((resource) => ({ ...viewOf(resource, field(resource, 'values')), sensitive: field(resource, 'sensitive_values') }))
}

/**
 * Reads the planned resources of `tofu show -json` of a plan. What is not known yet becomes a token of the attribute that
 * the configuration refers to, or of the attribute itself.
 */
export function viewsOfPlan(document: unknown): ResourceView[] {
  const expressions = new Map(list(field(field(field(document, 'configuration'), 'root_module'), 'resources')).map((item) => [text(field(item, 'address')), field(item, 'expressions')]))
  const unknown = new Map(list(field(document, 'resource_changes')).map((item) => [text(field(item, 'address')), field(field(item, 'change'), 'after_unknown')]))
  return resourcesIn(field(field(document, 'planned_values'), 'root_module')).map((resource) => {
    const address = text(field(resource, 'address'))
    return viewOf(resource, withTokens(field(resource, 'values'), unknown.get(address), expressions.get(address), address))
  })
}

function viewOf(resource: unknown, values: unknown): ResourceView {
  const type = typeIn(text(field(resource, 'mode')), text(field(resource, 'type')))
  return { address: text(field(resource, 'address')), type, name: text(field(resource, 'name')), values: record(values) }
}

/** A data source has the type name of a resource, and must not be taken for one. */
function typeIn(mode: string, type: string): string {
  return mode === 'data' ? `data.${type}` : type
}

function resourcesIn(module: unknown): unknown[] {
  return [...list(field(module, 'resources')), ...list(field(module, 'child_modules')).flatMap(resourcesIn)]
}

/** `"${a.b.c}"` is an expression, everything else a literal. */
function ofTemplate(value: unknown): unknown {
  if (typeof value === 'string') {
    const expression = /^\$\{(.*)\}$/s.exec(value)?.[1]
    return expression === undefined ? unescapeTemplate(value) : { token: dotted(expression) }
  }
  if (Array.isArray(value)) return value.map(ofTemplate)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [unescapeTemplate(key), ofTemplate(item)]))
}

/** Puts tokens where `unknown` is true. */
function withTokens(value: unknown, unknown: unknown, expression: unknown, path: string): unknown {
  if (unknown === true) return { token: referenceIn(expression) ?? path }
  if (typeof unknown !== 'object' || unknown === null) return value
  if (Array.isArray(unknown)) {
    const items = list(value)
    return Array.from({ length: Math.max(items.length, unknown.length) }, (_, index) => withTokens(items[index], unknown[index], list(expression)[index], `${path}.${index}`))
  }
  const merged = Object.fromEntries(entries(value))
  for (const [key, item] of entries(unknown)) {
    const child = withTokens(merged[key], item, field(expression, key), `${path}.${key}`)
    if (child !== undefined) merged[key] = child
  }
  return merged
}

function referenceIn(expression: unknown): string | undefined {
  const [first] = list(field(expression, 'references'))
  return typeof first === 'string' ? dotted(first) : undefined
}

/** `a.b[0].c` and `var.keys["x"]` in the dotted form of tokens. */
function dotted(expression: string): string {
  return expression.replace(/\[(\d+)\]/g, '.$1').replace(/\["([^"]*)"\]/g, '.$1')
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function record(value: unknown): Record<string, unknown> {
  return Object.fromEntries(entries(value))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
