import { type Attributes, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { text } from '../attributes.ts'

/** The simulated cloud has no clock; a time that moved would show up as drift in every plan. */
export const since = '2026-01-01T00:00:00Z'

/** The same in milliseconds, as the VPN resources give it. */
export const sinceMilliseconds = Date.parse(since)

/** Region that the provider instance works in; `cn-beijing` is the provider's own default. */
export function region(context: Context): string {
  return text(context.provider, 'region') ?? 'cn-beijing'
}

/** An error of the API as the provider prints it. */
export function apiError(context: Pick<Context, 'type'>, action: string, code: string, message: string, ...path: (string | number)[]): Refusal {
  return new Refusal(`Resource ${context.type} ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]: SDKError: StatusCode: 400 Code: ${code}`, message, path)
}

/** The object an argument points to, in the region of the caller. Throws the cloud's `NotFound` otherwise. */
export function demand(context: Context, type: string, holder: Attributes, name: string, action: string, noun: string, ...path: (string | number)[]): CloudObject {
  const found = context.find(type, holder[name])
  if (found && isInRegion(found, context)) return found
  throw apiError(context, action, `Invalid${noun}Id.NotFound`, `The specified ${noun} ${String(holder[name])} does not exist in ${region(context)}.`, ...path, name)
}

/** Objects of a type in the region of the caller. */
export function inRegion(context: Context, type: string): CloudObject[] {
  return context.list(type).filter((object) => isInRegion(object, context))
}

/**
 * An id that depends only on what the object is, with a turn added where an equal object exists already. Ids of one region
 * begin alike, as those of the real cloud do.
 */
export function newId(prefix: string, salt: readonly unknown[], context: Context): string {
  for (let turn = 0; ; turn += 1) {
    const id = `${prefix}-${regionCode(context)}${context.digest(JSON.stringify([context.type, region(context), ...salt, turn])).slice(0, 17)}`
    if (!context.find(context.type, id)) return id
  }
}

/** An id of something that comes into being with another object. */
export function idWithin(prefix: string, owner: unknown, context: Context): string {
  return `${prefix}-${regionCode(context)}${context.digest(`${prefix} of ${String(owner)}`).slice(0, 17)}`
}

/** A refusal to delete what something else still uses. */
export function inUse(context: Context, action: string, noun: string, id: unknown, user: string): Refusal {
  return apiError(context, action, `DependencyViolation.${noun}`, `${String(id)} is still used by ${user} and cannot be deleted.`)
}

function regionCode(context: Context): string {
  return context.digest(`region ${region(context)}`).slice(0, 3)
}

function isInRegion(object: CloudObject, context: Context): boolean {
  return object.id.slice(object.id.indexOf('-') + 1).startsWith(regionCode(context))
}
