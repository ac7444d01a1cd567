import { Refusal, type Attributes, type Behaviour, type Context, type SimulatedCloud } from '../behaviour/behaviour.ts'
import type { Members, TypeSchema } from '../schema/schema.ts'
import { equalObjects, shape } from '../schema/shape.ts'
import { validate, validateInCloud } from '../schema/validate.ts'
import type { Path } from '../wire/message.ts'
import { copyAttributes, isAbsent, isUnknown, UNKNOWN } from '../wire/unknown.ts'
import { fillPlaceholders } from './fill.ts'
import { lookUp } from './data.ts'
import { Operation } from './operation.ts'
import { needsLegacyTypes, planObject } from './plan.ts'
import { replacements } from './replace.ts'
import type { Session } from './session.ts'
import type { World } from './world.ts'

/** What an apply leaves behind: the object as it is now, and what went wrong. */
export interface Applied {
  readonly state: Attributes | null
  readonly errors: readonly unknown[]
}

/** One simulated cloud at work. Knows schemas and behaviours and nothing of the wire. */
export class Engine {
  readonly cloud: SimulatedCloud
  readonly #world: World

  constructor(cloud: SimulatedCloud, world: World) {
    this.cloud = cloud
    this.#world = world
  }

  /** Schema of a resource type; throws for a type that the cloud does not have. */
  resource(type: string): TypeSchema {
    return known(this.cloud.schema.resources, type)
  }

  /** Whether answers about a type carry the flag of the old plugin SDK. */
  legacy(type: string): boolean {
    return needsLegacyTypes(this.resource(type).attributes)
  }

  validate(type: string, config: Attributes): Refusal[] {
    return [...validate(this.resource(type).attributes, config), ...this.#behaviour(type).validate?.(config) ?? []]
  }

  validateData(type: string, config: Attributes): Refusal[] {
    return validate(known(this.cloud.schema.dataSources, type).attributes, config)
  }

  /** The planned object and the paths that force a replacement. */
  plan(type: string, change: { config: Attributes; prior: Attributes | undefined }, session: Session): { planned: Attributes; replace: Path[] } {
    const { attributes } = this.resource(type)
    const behaviour = this.#behaviour(type)
    const { config, prior } = change
    const planned = planObject(attributes, config, prior, behaviour.planDefaults)
    if (prior && !equalObjects(attributes, prior, planned, this.#world.fingerprints.same)) {
      for (const name of behaviour.recompute?.(prior, planned) ?? []) if (isAbsent(config[name])) planned[name] = UNKNOWN
    }
    behaviour.plan?.(planned, prior, this.#context(type, session))
    if (!prior) return { planned, replace: [] }
    const conditional = (behaviour.replaces?.(prior, planned) ?? []).map((name): Path => [name])
    return { planned, replace: [...replacements(attributes, prior, planned, this.#world.fingerprints.same), ...conditional] }
  }

  /** Creates an object. `config` holds the write-only values, which are in no plan. */
  async create(type: string, planned: Attributes, config: Attributes, session: Session): Promise<Applied> {
    const { attributes } = this.resource(type)
    const operation = new Operation(this.#world, 'create', type, planned, session)
    return operation.run(null, () => {
      const object = this.#prepared(attributes, planned, config)
      const context = this.#context(type, session)
      const id = this.#newId(type, object, context)
      object['id'] = id
      this.#behaviour(type).create?.(object, context)
      return this.#keep(type, id, object)
    })
  }

  async update(type: string, prior: Attributes, planned: Attributes, config: Attributes, session: Session): Promise<Applied> {
    const { attributes } = this.resource(type)
    const operation = new Operation(this.#world, 'update', type, planned, session)
    return operation.run(prior, () => {
      const object = this.#prepared(attributes, planned, config)
      const id = String(prior['id'])
      object['id'] = id
      this.#behaviour(type).update?.(prior, object, this.#context(type, session))
      return this.#keep(type, id, object)
    })
  }

  async remove(type: string, prior: Attributes, session: Session): Promise<Applied> {
    const operation = new Operation(this.#world, 'delete', type, prior, session)
    const id = String(prior['id'])
    return operation.runRemoval(prior, {
      check: () => this.#behaviour(type).remove?.(copyAttributes(prior), this.#context(type, session)),
      remove: () => this.#world.store.remove(type, id),
    })
  }

  /** The object as the cloud shows it now, or null where it is gone. Secrets of the state stay where they are still the same. */
  async read(type: string, state: Attributes, session: Session): Promise<Attributes | null> {
    const operation = new Operation(this.#world, 'read', type, state, session)
    return operation.ask(() => {
      const stored = this.#world.store.find(type, state['id'])
      return stored ? this.#shown(type, copyAttributes(stored.attributes), state, session) : null
    })
  }

  async import(type: string, id: string, session: Session): Promise<Attributes> {
    this.resource(type)
    const operation = new Operation(this.#world, 'import', type, { id }, session)
    return operation.ask(() => {
      const context = this.#context(type, session)
      const stored = this.#world.store.find(type, this.#behaviour(type).importId?.(id, context) ?? id)
      if (!stored) throw new Refusal('Cannot import non-existent remote object', `The simulated cloud holds no ${type} with the id ${id}.`)
      return this.#shown(type, copyAttributes(stored.attributes), {}, session)
    })
  }

  async data(type: string, config: Attributes, session: Session): Promise<Attributes> {
    const { attributes } = known(this.cloud.schema.dataSources, type)
    const operation = new Operation(this.#world, 'data', type, config, session)
    return operation.ask(() => {
      this.#world.store.refresh()
      const context = this.#context(type, session)
      const own = this.cloud.dataSources?.[type]
      const found = own ? { ...config, ...own(copyAttributes(config), context) } : lookUp(attributes, config, context, { ...this.cloud, shown: (object) => this.#behaviour(type).read?.(copyAttributes(object.attributes), context) ?? object.attributes })
      return shape(attributes, fillPlaceholders(attributes, shape(attributes, found), (path) => context.digest(type + path)))
    })
  }

  #behaviour(type: string): Behaviour {
    return this.cloud.behaviours[type] ?? {}
  }

  #context(type: string, session: Session): Context {
    return this.#world.context(type, session.provider)
  }

  #prepared(members: Members, planned: Attributes, config: Attributes): Attributes {
    const refusals = validateInCloud(members, planned)
    if (refusals[0]) throw refusals[0]
    const object = copyAttributes(planned)
    for (const [name, schema] of Object.entries(members)) if (schema.writeOnly) object[name] = config[name] ?? null
    return object
  }

  #newId(type: string, object: Attributes, context: Context): string {
    const given = object['id']
    const own = isUnknown(given) || isAbsent(given) ? this.#behaviour(type).id?.(object, context) : String(given)
    if (own === undefined) return freeId(type, context)
    if (!this.#world.store.find(type, own)) return own
    throw new Refusal('Resource already exists', `The simulated cloud already holds a ${type} with the id ${own}; import it to manage it.`)
  }

  /** Stores an object with its secrets concealed, and gives it as the engine expects it. */
  #keep(type: string, id: string, object: Attributes): Attributes {
    const { attributes } = this.resource(type)
    const whole = shape(attributes, fillPlaceholders(attributes, shape(attributes, object), (path) => this.#world.digest(type + id + path)))
    this.#world.store.put({ type, id, attributes: this.#world.fingerprints.conceal(attributes, whole) })
    return this.#world.fingerprints.reveal(attributes, whole, whole)
  }

  #shown(type: string, stored: Attributes, state: Attributes, session: Session): Attributes {
    const { attributes } = this.resource(type)
    const shown = this.#behaviour(type).read?.(stored, this.#context(type, session)) ?? stored
    return this.#world.fingerprints.reveal(attributes, shape(attributes, shown), state)
  }
}

function known(schemas: Readonly<Record<string, TypeSchema>>, type: string): TypeSchema {
  const schema = schemas[type]
  if (!schema) throw new Refusal('Unknown type', `The simulated cloud knows no ${type}.`)
  return schema
}

/** An id for a type whose behaviour makes none: the first that is free, so that it does not depend on other types. */
function freeId(type: string, context: Context): string {
  for (let number = 1; ; number += 1) {
    const id = `${type.slice(type.indexOf('_') + 1).replaceAll('_', '-')}-${context.digest(`${type}\0${number}`).slice(0, 17)}`
    if (!context.find(type, id)) return id
  }
}
