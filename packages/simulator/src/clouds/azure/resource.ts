import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { text } from '../attributes.ts'

/** What Azure Resource Manager knows a type by. */
interface ArmKind {
  /** Name in messages: `Virtual Network`. */
  readonly title: string
  /** Path below the resource group: `virtualNetworks/<name>`. */
  path(object: Attributes): string
}

/** Subscription that the provider instance works in. */
export function subscription(context: Context): string {
  return text(context.provider, 'subscription_id') ?? '00000000-0000-0000-0000-000000000000'
}

/** Id of the resource group of a name. */
export function groupId(name: unknown, context: Context): string {
  return `/subscriptions/${subscription(context)}/resourceGroups/${String(name)}`
}

/** Object of an id. Azure compares ids without regard to case. */
export function findId(context: Context, type: string, id: unknown): CloudObject | undefined {
  if (typeof id !== 'string') return undefined
  return context.find(type, id) ?? context.list(type).find((object) => sameText(object.id, id))
}

/** Equality without regard to case, as for all names and ids of Azure. */
export function sameText(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && one.toLowerCase() === other.toLowerCase()
}

/** A location in its short form: `Korea Central` is `koreacentral`. */
export function location(object: Attributes): string {
  return (text(object, 'location') ?? '').toLowerCase().replaceAll(' ', '')
}

/** An error of Azure Resource Manager as the provider prints it. */
export function armError(action: string, code: string, message: string, ...path: (string | number)[]): Refusal {
  return new Refusal(`${action}: unexpected status 400 (400 Bad Request) with error: ${code}`, message, path)
}

/** A refusal to delete what something else still uses. */
export function inUse(noun: string, title: string, id: unknown, user: string): Refusal {
  const code = `InUse${noun}CannotBeDeleted`
  return armError(`deleting ${title}`, code, `${title} ${String(id)} is in use by ${user} and cannot be deleted.`)
}

/** Adds the id, the check for an existing object of the name, and the check for the resource group. */
export function arm(kind: ArmKind, behaviour: Behaviour): Behaviour {
  return {
    ...behaviour,
    id: (object, context) => newId(`${groupId(object['resource_group_name'], context)}/providers/Microsoft.Network/${kind.path(object)}`, context),
    create(object, context) {
      if (!findId(context, 'azurerm_resource_group', groupId(object['resource_group_name'], context))) {
        const message = `Resource group '${String(object['resource_group_name'])}' could not be found.`
        throw new Refusal(`creating ${kind.title}: unexpected status 404 (404 Not Found) with error: ResourceGroupNotFound`, message, ['resource_group_name'])
      }
      behaviour.create?.(object, context)
    },
  }
}

/** The id, unless an object has it: the provider does not adopt what is there already. */
export function newId(id: string, context: Context): string {
  if (!findId(context, context.type, id)) return id
  const summary = `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State.`
  throw new Refusal(summary, `Please see the resource documentation for "${context.type}" for more information.`, ['name'])
}

/** A refusal for a reference to nothing. */
export function notFound(action: string, id: unknown, ...path: (string | number)[]): Refusal {
  return new Refusal(`${action}: unexpected status 404 (404 Not Found) with error: NotFound`, `Resource ${String(id)} not found.`, path)
}
