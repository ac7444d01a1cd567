import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { text } from '../attributes.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'

/** The simulated cloud has no clock; a time that moved would show up as drift in every plan. */
export const since = '2026-01-01 00:00:00'

/** Most characters of a name (the provider's own check). */
const longestName = 60

/** What all objects of one kind have in common. */
interface Kind {
  /** What ids start with: `vpc`. */
  readonly prefix: string
  /** Attributes that tell two objects of the type apart; with the region they make the id. */
  readonly key: readonly string[]
  /** Refuses a second object with the same key, in the words of the cloud. Without it, equal objects live side by side. */
  readonly twin?: (object: Attributes, other: CloudObject) => Refusal
}

/** Region that the provider works in; objects do not state their own. */
export function region(context: Context): string {
  return text(context.provider, 'region') ?? 'ap-guangzhou'
}

/** An error of the API as the provider prints it. */
export function apiError(code: string, message: string, ...path: (string | number)[]): Refusal {
  return new Refusal(`[TencentCloudSDKError] Code=${code}`, `Message=${message}`, path)
}

/** A value that the API refuses. */
export function invalidValue(code: string, object: Attributes, name: string, message: string): Refusal {
  return apiError(`InvalidParameterValue${code === '' ? '' : `.${code}`}`, `The value ${String(object[name])} of ${name} is invalid: ${message}`, name)
}

/** The object an argument points to; without it, the API's `ResourceNotFound`. */
export function demand(context: Context, type: string, object: Attributes, name: string): CloudObject {
  const found = context.find(type, object[name])
  if (found) return found
  throw apiError('ResourceNotFound', `The resource ${String(object[name])} does not exist.`, name)
}

/** Refuses to delete what the user still needs. */
export function keepWhileUsed(noun: string, object: Attributes, user: CloudObject | undefined): void {
  if (user) throw apiError('ResourceInUse', `The ${noun} ${String(object['id'])} is used by ${user.id} and cannot be deleted.`)
}

/** An id in the form of the cloud: eight characters behind the prefix. */
export function shortId(prefix: string, salt: string, context: Context): string {
  return `${prefix}-${context.digest(`${prefix} ${region(context)} ${salt}`).slice(0, 8)}`
}

/** Adds id, time of creation and the check of the name to a behaviour. */
export function vpcResource(kind: Kind, validate: (config: Attributes) => readonly Refusal[], behaviour: Behaviour): Behaviour {
  return checked((config) => [...checkName(config), ...validate(config)], {
    id: (object, context) => newId(kind, object, context),
    ...behaviour,
    create(object, context) {
      fill(object, { create_time: since })
      behaviour.create?.(object, context)
    },
  })
}

function newId(kind: Kind, object: Attributes, context: Context): string {
  const salt = kind.key.map((name) => object[name] ?? '')
  for (let turn = 0; ; turn += 1) {
    const id = shortId(kind.prefix, JSON.stringify([...salt, turn]), context)
    const other = context.find(context.type, id)
    if (!other) return id
    if (kind.twin) throw kind.twin(object, other)
  }
}

function checkName(config: Attributes): Refusal[] {
  const name = text(config, 'name')
  if (name === undefined || (name.length >= 1 && name.length <= longestName)) return []
  return [new Refusal('Invalid name', `expected length of name to be in the range (1 - ${longestName}), got ${name}`, ['name'])]
}
