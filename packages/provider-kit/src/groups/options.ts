import { orderJsonSchema, type AnyProvider } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { ownFields, type Subject } from '../check/subject.ts'

type Json = Readonly<Record<string, unknown>>

/** A key that nobody would choose. */
const strangeKey = 'fieldNobodyReads'

/** What users may set per site: defaults for everything, examples accepted, everything else refused, every field described. */
export function optionsChecks({ provider, sites, invalidOptions }: Subject): Check[] {
  const parse = (options: unknown): boolean => provider.options.safeParse(options).success
  return [
    check('accept an empty site', () => (parse({}) ? [] : ['options must accept {}: give every field a default or make it optional'])),
    ...sites.map(([name, site]) => check(`accept the example ${name}`, () => issuesOf(provider, ownFields(site)))),
    check('refuse a field that nobody reads', () => (parse({ [strangeKey]: 1 }) ? [`options accept ${strangeKey}: use z.strictObject`] : [])),
    check('refuse such a field at every depth', () => fieldsOf(siteSchema(provider), '').filter(({ isOpen }) => isOpen).map(({ path }) => `${path} accepts fields that nobody reads: use z.strictObject`)),
    check('describe every field', () => fieldsOf(siteSchema(provider), '').filter(({ isDescribed }) => !isDescribed).map(({ path }) => `${path} has no description: add .describe()`)),
    ...Object.entries(invalidOptions).map(([name, options]) => check(`refuse ${name}`, () => (parse(options) ? [`options accept ${JSON.stringify(options)}`] : []))),
  ]
}

function check(name: string, problems: () => readonly string[]): Check {
  return { group: 'options', name, run: () => demandNone(problems()) }
}

function issuesOf(provider: AnyProvider, options: unknown): string[] {
  const result = provider.options.safeParse(options)
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

interface Field {
  readonly path: string
  readonly isDescribed: boolean
  /** True for an object with named fields that takes others too. */
  readonly isOpen: boolean
}

/** The fields of a site of this provider, as the JSON Schema for editors has them. */
function siteSchema(provider: AnyProvider): Json {
  const branches = at(orderJsonSchema([provider]), 'properties', 'sites', 'additionalProperties', 'oneOf')
  return Array.isArray(branches) && isJson(branches[0]) ? branches[0] : {}
}

function fieldsOf(schema: Json, path: string): Field[] {
  const { properties } = schema
  if (!isJson(properties)) return alternativesOf(schema).flatMap((inner) => fieldsOf(inner, path))
  return Object.entries(properties).flatMap(([name, inner]) => {
    if (!isJson(inner)) return []
    const here = path === '' ? name : `${path}.${name}`
    const isOpen = isJson(inner['properties']) && inner['additionalProperties'] !== false
    return [{ path: here, isDescribed: typeof inner['description'] === 'string', isOpen }, ...fieldsOf(inner, here)]
  })
}

function alternativesOf(schema: Json): Json[] {
  return ['anyOf', 'oneOf', 'allOf', 'items'].flatMap((word) => schema[word]).filter(isJson)
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, step) => (isJson(inner) ? inner[step] : undefined), value)
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
