import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { having, text } from '../attributes.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'
import { schema } from './schema.ts'

const account = 'a1b2c3d4e5f6478091a2b3c4d5e6f708'
const defaultGroup = '0be5ad401ae913d8ff665d92680664ed'

/** The simulated cloud has no clock; a time that moved would show up as drift in every plan. */
export const since = '2026-01-01T00:00:00.000Z'

/** What ids of a region start with. */
const regionCodes: Readonly<Record<string, string>> = {
  'us-south': 'r006', 'eu-de': 'r010', 'us-east': 'r014', 'eu-gb': 'r018', 'jp-tok': 'r022', 'au-syd': 'r026', 'jp-osa': 'r034', 'ca-tor': 'r038', 'br-sao': 'r042', 'eu-es': 'r050', 'ca-mon': 'r058',
}

/** What the cloud knows a type by. */
interface IbmKind {
  /** Name in messages and CRNs: `vpn-gateway`. */
  readonly noun: string
  /** Service in CRNs and addresses; the VPC service where left out. */
  readonly service?: 'transit'
  /** What refusals of a creation start with: `CreateVPNGatewayWithContext`. */
  readonly operation: string
  /** Attributes inside which names are unique; the region where left out. */
  readonly scope?: readonly string[]
  /** Id of the object that the id starts with, where ids have two parts. */
  parent?(object: Attributes): string
}

/** Region that the provider instance works in. */
export function region(context: Context): string {
  return text(context.provider, 'region') ?? 'us-south'
}

/** Objects of a type in the same region. */
export function inRegion(context: Context, type: string): CloudObject[] {
  const code = codeOf(context)
  return context.list(type).filter(({ id }) => lastPart(id).startsWith(`${code}-`))
}

/** The object's own id, without that of its parent. */
export function lastPart(id: unknown): string {
  return String(id).split('/').at(-1) ?? ''
}

/** An error of the cloud's API as the provider prints it. */
export function apiError(operation: string, code: string, message: string, ...path: (string | number)[]): Refusal {
  return new Refusal(`${operation} failed: ${code}`, message, path)
}

/** A refusal of the provider at plan time. */
export function invalid(name: string, expected: string, value: unknown, ...path: (string | number)[]): Refusal {
  return new Refusal(`"${name}" is invalid`, `expected ${name} to be ${expected}, got ${String(value)}`, path.length > 0 ? path : [name])
}

/** The object an argument points to; without it, the cloud's `not_found`. */
export function demand(context: Context, type: string, object: Attributes, name: string, operation: string): CloudObject {
  const found = context.find(type, object[name])
  if (found) return found
  throw apiError(operation, 'not_found', `${type} ${String(object[name])} was not found.`, name)
}

/** An id in the form of the cloud that depends on the salt alone. */
export function newId(salt: string, context: Context): string {
  const hex = context.digest(`${context.type} ${salt}`)
  return `${codeOf(context)}-${[hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')}`
}

/** Cloud resource name, by which other services know an object. */
export function crn(noun: string, id: unknown, context: Context, service = 'is'): string {
  return `crn:v1:bluemix:public:${service}:${region(context)}:a/${account}::${noun}:${lastPart(id)}`
}

/** Address of an object in the API. */
export function href(path: string, context: Context): string {
  return `https://${region(context)}.iaas.cloud.ibm.com/v1/${path}`
}

/** Adds id, names, group and tags to a behaviour, and the check that no other object in the scope has the name. */
export function ibm(kind: IbmKind, validate: (config: Attributes) => readonly Refusal[], behaviour: Behaviour): Behaviour {
  return checked((config) => [...checkName(config), ...validate(config)], {
    ...behaviour,
    id: (object, context) => freeId(kind, object, context),
    create(object, context) {
      checkUnique(kind, object, context)
      fillOwn(object, common(kind, object, context), context)
      behaviour.create?.(object, context)
    },
    update(prior, object, context) {
      if (prior['name'] !== object['name']) checkUnique(kind, object, context)
      behaviour.update?.(prior, object, context)
    },
  })
}

/** The id follows from what the object is called, with a turn added where an object that was renamed has it still. */
function freeId(kind: IbmKind, object: Attributes, context: Context): string {
  for (let turn = 0; ; turn += 1) {
    const own = newId(JSON.stringify([scopeOf(kind, object), object['name'] ?? null, object['destination'] ?? null, object['zone'] ?? null, turn]), context)
    const id = kind.parent ? `${kind.parent(object)}/${own}` : own
    if (!context.find(context.type, id)) return id
  }
}

function scopeOf(kind: IbmKind, object: Attributes): unknown[] {
  return (kind.scope ?? []).map((name) => object[name] ?? null)
}

function checkUnique(kind: IbmKind, object: Attributes, context: Context): void {
  const rivals = kind.scope ? context.list(context.type) : inRegion(context, context.type)
  const scope = JSON.stringify(scopeOf(kind, object))
  const twin = having(rivals, 'name', object['name']).find(({ id, attributes }) => id !== object['id'] && JSON.stringify(scopeOf(kind, attributes)) === scope)
  if (twin && object['name'] !== undefined) throw apiError(kind.operation, 'validation_unique_failed', `Provided Name (${String(object['name'])}) is not unique.`, 'name')
}

function common(kind: IbmKind, object: Attributes, context: Context): Attributes {
  const name = crn(kind.noun, object['id'], context, kind.service)
  return {
    access_tags: [], created_at: since, crn: name, updated_at: since,
    resource_controller_url: `https://cloud.ibm.com/${kind.service === 'transit' ? 'interconnectivity/transit' : `vpc-ext/network/${kind.noun}s`}`,
    resource_crn: name, resource_group: text(context.provider, 'resource_group') ?? defaultGroup, resource_group_name: 'Default',
    resource_name: object['name'], resource_status: 'available', status: 'available', tags: [],
  }
}

/** Fills those of the values that the type has an attribute of that kind for. */
function fillOwn(object: Attributes, values: Attributes, context: Context): void {
  const members = schema.resources[context.type]?.attributes ?? {}
  fill(object, Object.fromEntries(Object.entries(values).filter(([name]) => members[name]?.computed === true && members[name].block === undefined)))
}

function checkName(config: Attributes): Refusal[] {
  const name = text(config, 'name')
  const pattern = /^([a-z]|[a-z][-a-z0-9]*[a-z0-9])$/
  if (name === undefined || (pattern.test(name) && name.length <= 63)) return []
  return [new Refusal('"name" is invalid', `"name" (${name}) should match regexp ${pattern.source} and have at most 63 characters`, ['name'])]
}

function codeOf(context: Context): string {
  const place = region(context)
  return regionCodes[place] ?? `r${parseInt(context.digest(`region ${place}`).slice(0, 4), 16) % 900 + 100}`
}
