import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { block, blocks, map, same, text } from '../attributes.ts'
import { fill } from '../fill.ts'

/** The account number of the AWS documentation. */
export const account = '123456789012'

/** The simulated cloud has no clock; a time that moved would show up as drift in every plan. */
export const since = '2026-01-01T00:00:00Z'

/** What all objects of EC2 have in common. */
interface Ec2Kind {
  /** What ids start with: `vpc`. */
  readonly prefix: string
  /** Resource part of the ARN, where the object has one. */
  readonly arn?: string
  readonly owner?: true
  readonly tags?: true
  /** Attributes that tell two objects of the type apart; with the name tag they make the id. */
  readonly key: readonly string[]
}

/** Region of an object: its own argument, else the provider's. */
export function region(object: Attributes, context: Context): string {
  return text(object, 'region') ?? text(context.provider, 'region') ?? 'us-east-1'
}

/** Objects of a type in the same region. */
export function inRegion(context: Context, type: string, object: Attributes): CloudObject[] {
  const wanted = region(object, context)
  return context.list(type).filter((other) => text(other.attributes, 'region') === wanted)
}

/** An error of the EC2 API as the provider prints it. */
export function apiError(operation: string, code: string, message: string, ...path: (string | number)[]): Refusal {
  return new Refusal(`operation error EC2: ${operation}, https response error StatusCode: 400, api error ${code}`, message, path)
}

/** The object an argument points to. Throws the cloud's `NotFound`; `noun` is the cloud's own word in it. */
export function demand(context: Context, type: string, object: Attributes, name: string, noun: string, operation: string): CloudObject {
  const found = context.find(type, object[name])
  if (found) return found
  const code = `Invalid${noun.charAt(0).toUpperCase()}${noun.slice(1)}ID.NotFound`
  throw apiError(operation, code, `The ${noun} ID '${String(object[name])}' does not exist`, name)
}

/** A refusal to delete what something else still needs. */
export function dependency(operation: string, noun: string, id: unknown): Refusal {
  return apiError(operation, 'DependencyViolation', `The ${noun} '${String(id)}' has dependencies and cannot be deleted.`)
}

/** The id, unless an object has it: then what the cloud says of a second one. */
export function unused(id: string, context: Context, refusal: () => Refusal): string {
  if (context.find(context.type, id)) throw refusal()
  return id
}

/** Adds id, ARN, owner, region and tags to a behaviour. */
export function ec2(kind: Ec2Kind, behaviour: Behaviour): Behaviour {
  return {
    id: (object, context) => newId(kind, object, context),
    ...behaviour,
    recompute: (prior, planned) => [
      ...(kind.tags && !same(prior['tags'], planned['tags']) ? ['tags_all'] : []),
      ...(behaviour.recompute?.(prior, planned) ?? []),
    ],
    create(object, context) {
      const place = region(object, context)
      fill(object, {
        region: place,
        ...(kind.arn ? { arn: `arn:aws:ec2:${place}:${account}:${kind.arn}/${String(object['id'])}` } : {}),
        ...(kind.owner ? { owner_id: account } : {}),
        ...(kind.tags ? { tags_all: allTags(object, context) } : {}),
      })
      behaviour.create?.(object, context)
    },
    update(prior, object, context) {
      if (kind.tags) fill(object, { tags_all: allTags(object, context) })
      behaviour.update?.(prior, object, context)
    },
  }
}

/** An id that depends only on what the object is, with a turn added where an equal object exists already. */
function newId(kind: Ec2Kind, object: Attributes, context: Context): string {
  const salt = [context.type, region(object, context), ...kind.key.map((name) => object[name] ?? ''), map(object, 'tags')['Name'] ?? '']
  for (let turn = 0; ; turn += 1) {
    const id = hexId(kind.prefix, JSON.stringify([...salt, turn]), context)
    if (!context.find(context.type, id)) return id
  }
}

/** An id in the long format: 17 hexadecimal digits behind the prefix. */
export function hexId(prefix: string, salt: string, context: Context): string {
  return `${prefix}-0${context.digest(`${prefix} ${salt}`).slice(0, 16)}`
}

function allTags(object: Attributes, context: Context): Attributes {
  const defaults = block(context.provider, 'default_tags') ?? blocks({ list: [context.provider['default_tags']] }, 'list')[0] ?? {}
  return { ...map(defaults, 'tags'), ...map(object, 'tags') }
}
