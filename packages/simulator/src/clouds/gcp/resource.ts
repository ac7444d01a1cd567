import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { map, same, text } from '../attributes.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'
import { schema } from './schema.ts'

const api = 'https://www.googleapis.com/compute/v1/'

/** The simulated cloud has no clock; a time that moved would show up as drift in every plan. */
const since = '2026-01-01T00:00:00.000-08:00'

/** Label fingerprint of an object without labels. */
const noLabels = '42WmSpB8rSM='

/** What the Compute Engine API knows a type by. */
interface ComputeKind {
  /** Name in messages: `VpnTunnel`. */
  readonly title: string
  /** Name in paths: `vpnTunnels`. */
  readonly collection: string
  readonly scope: 'global' | 'region'
  /** Fewest characters of a name; one where left out. */
  readonly shortest?: number
}

/** Project of an object: its own argument, else the provider's. */
export function project(object: Attributes, context: Context): string {
  return text(object, 'project') ?? text(context.provider, 'project') ?? 'simulated-project'
}

/** Region of an object: its own argument, else the provider's. A link to a region counts by its name. */
export function region(object: Attributes, context: Context): string {
  return lastSegment(text(object, 'region') ?? text(context.provider, 'region') ?? 'us-central1')
}

/** Last part of a link, which is the name. */
export function lastSegment(link: string): string {
  return link.split('/').at(-1) ?? link
}

/** An error of the Compute Engine API as the provider prints it. */
export function apiError(action: string, message: string, ...path: (string | number)[]): Refusal {
  return new Refusal(`Error ${action}: googleapi: Error 400`, `${message}, invalid`, path)
}

/** A value that the API refuses, in its words. */
export function invalidValue(action: string, field: string, value: unknown, message: string, ...path: (string | number)[]): Refusal {
  return apiError(action, `Invalid value for field 'resource.${field}': '${String(value)}'. ${message}`, ...path)
}

/** A refusal to delete what another object still uses. */
export function inUse(title: string, object: Attributes, user: CloudObject): Refusal {
  const noun = title.replaceAll(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
  const detail = `The ${noun} resource '${String(object['id'])}' is already being used by '${user.id}', resourceInUseByAnotherResource`
  return new Refusal(`Error when reading or editing ${title}: googleapi: Error 400`, detail)
}

/** The object that a link, a relative path, an id or a bare name points to; a bare name counts in the place of `owner`. */
export function resolve(context: Context, type: string, reference: unknown, owner: Attributes): CloudObject | undefined {
  if (typeof reference !== 'string' || reference === '') return undefined
  const found = context.find(type, reference)
  if (found) return found
  const start = reference.indexOf('projects/')
  if (start >= 0) return context.find(type, reference.slice(start))
  const place = project(owner, context)
  if (reference.includes('/')) return context.find(type, `projects/${place}/${reference}`)
  const wanted = region(owner, context)
  return context.list(type).find(({ attributes }) => attributes['name'] === reference && attributes['project'] === place
    && (attributes['region'] === undefined || attributes['region'] === wanted))
}

/** The object an argument points to; without it, the API's `notFound`. */
export function demand(context: Context, type: string, object: Attributes, name: string, action: string): CloudObject {
  const found = resolve(context, type, object[name], object)
  if (found) return found
  throw new Refusal(`Error ${action}: googleapi: Error 404`, `The resource '${String(object[name])}' was not found, notFound`, [name])
}

/** The first object of the types whose argument points to the target. */
export function userOf(context: Context, target: Attributes, targetType: string, uses: readonly (readonly [type: string, name: string])[]): CloudObject | undefined {
  for (const [type, name] of uses) {
    const user = context.list(type).find(({ attributes }) => resolve(context, targetType, attributes[name], attributes)?.id === target['id'])
    if (user) return user
  }
  return undefined
}

/** Digits for the numeric ids of the API; up to fifteen of them survive as a JSON number. */
export function digits(salt: string, count: number, context: Context): string {
  const value = BigInt(`0x${context.digest(`digits ${salt}`).slice(0, 16)}`)
  return `1${(value % 10n ** BigInt(count - 1)).toString().padStart(count - 1, '0')}`
}

/** A short opaque text, as the API uses for fingerprints. */
export function fingerprint(salt: string, context: Context): string {
  return Buffer.from(context.digest(`fingerprint ${salt}`).slice(0, 16), 'hex').toString('base64')
}

/** Adds id, link, place, labels and the check of the name to a behaviour. */
export function compute(kind: ComputeKind, validate: (config: Attributes) => readonly Refusal[], behaviour: Behaviour): Behaviour {
  return checked((config) => [...checkName(config, kind.shortest ?? 1), ...validate(config)], {
    importId: (id, context) => resolve(context, context.type, id, {})?.id ?? id,
    ...behaviour,
    id: (object, context) => newId(behaviour.id?.(object, context) ?? pathOf(kind, object, context), kind, context),
    recompute: (prior, planned) => [
      ...(same(prior['labels'], planned['labels']) ? [] : ['effective_labels', 'label_fingerprint', 'terraform_labels']),
      ...(behaviour.recompute?.(prior, planned) ?? []),
    ],
    create(object, context) {
      fillOwn(object, common(object, context), context)
      behaviour.create?.(object, context)
    },
    update(prior, object, context) {
      fillOwn(object, common(object, context), context)
      behaviour.update?.(prior, object, context)
    },
  })
}

function pathOf(kind: ComputeKind, object: Attributes, context: Context): string {
  const scope = kind.scope === 'global' ? 'global' : `regions/${region(object, context)}`
  return `projects/${project(object, context)}/${scope}/${kind.collection}/${String(object['name'])}`
}

function newId(id: string, kind: ComputeKind, context: Context): string {
  if (!context.find(context.type, id)) return id
  throw new Refusal(`Error creating ${kind.title}: googleapi: Error 409`, `The resource '${id}' already exists, alreadyExists`, ['name'])
}

function common(object: Attributes, context: Context): Attributes {
  const attribution = context.provider['add_terraform_attribution_label'] === false ? {} : { 'goog-terraform-provisioned': 'true' }
  const labels = { ...attribution, ...map(context.provider, 'default_labels'), ...map(object, 'labels') }
  return {
    creation_timestamp: since,
    deletion_policy: 'DELETE',
    effective_labels: labels,
    label_fingerprint: Object.keys(labels).length === 0 ? noLabels : fingerprint(JSON.stringify(labels), context),
    project: project(object, context),
    region: region(object, context),
    self_link: `${api}${String(object['id'])}`,
    terraform_labels: labels,
  }
}

/** Fills those of the values that the type has an attribute for. */
function fillOwn(object: Attributes, values: Attributes, context: Context): void {
  const members = schema.resources[context.type]?.attributes ?? {}
  fill(object, Object.fromEntries(Object.entries(values).filter(([name]) => members[name]?.computed === true)))
}

function checkName(config: Attributes, shortest: number): Refusal[] {
  const name = text(config, 'name')
  const pattern = /^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/
  if (name === undefined || (pattern.test(name) && name.length >= shortest)) return []
  const detail = pattern.test(name) ? `"name" ("${name}") must have at least ${shortest} characters` : `"name" ("${name}") doesn't match regexp "${pattern.source}"`
  return [new Refusal('Invalid value for name', detail, ['name'])]
}
