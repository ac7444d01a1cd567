import { createHash } from 'node:crypto'
import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal, type SimulatedCloud, type TunnelState } from './behaviour.ts'
import { copyAttributes } from '../wire/unknown.ts'

/** Drives behaviours the way the engine does, one call at a time and with objects kept in memory: for tests of behaviours. */
export class InMemoryCloud {
  readonly cloud: SimulatedCloud
  /** Configuration of the provider. */
  readonly provider: Attributes
  /** Tunnels as a behaviour finds them in its context. */
  readonly states: TunnelState[] = []
  private readonly objects = new Map<string, CloudObject>()
  private readonly addresses = new Map<string, string>()

  constructor(cloud: SimulatedCloud, provider: Attributes) {
    this.cloud = cloud
    this.provider = provider
  }

  /** Creates an object from its configuration and returns its attributes. Throws the first problem of its plan, and what the behaviour throws. */
  create(type: string, config: Attributes): Attributes {
    const behaviour = this.behaviour(type)
    const object: Attributes = copyAttributes(config)
    const [problem] = this.validate(type, object)
    if (problem) throw problem
    const context = this.context(type)
    const id = behaviour.id?.(object, context) ?? context.digest(JSON.stringify(config))
    if (context.find(type, id)) throw new Error(`${type} ${id} exists already`)
    object['id'] = id
    behaviour.create?.(object, context)
    this.objects.set(`${type} ${id}`, { type, id, attributes: object })
    return object
  }

  /** Applies changes to an object the way a plan would: recomputed attributes become unknown first. */
  update(prior: Attributes, type: string, changes: Attributes): Attributes {
    const behaviour = this.behaviour(type)
    const object: Attributes = { ...copyAttributes(prior), ...copyAttributes(changes) }
    for (const name of behaviour.recompute?.(prior, object) ?? []) delete object[name]
    behaviour.update?.(prior, object, this.context(type))
    const id = String(object['id'])
    this.objects.set(`${type} ${id}`, { type, id, attributes: object })
    return object
  }

  /** Deletes an object. Throws what the behaviour throws. */
  remove(type: string, object: Attributes): void {
    this.behaviour(type).remove?.(object, this.context(type))
    this.objects.delete(`${type} ${String(object['id'])}`)
  }

  /** The object as a refresh would show it. */
  read(type: string, object: Attributes): Attributes {
    return this.behaviour(type).read?.(object, this.context(type)) ?? object
  }

  /** What a data source with a behaviour of its own answers. */
  data(type: string, config: Attributes): Attributes {
    const behaviour = this.cloud.dataSources?.[type]
    if (!behaviour) throw new Error(`No behaviour of the data source ${type}`)
    return behaviour(config, this.context(type))
  }

  /** Problems that are reported at plan time. */
  validate(type: string, config: Attributes): readonly Error[] {
    return this.behaviour(type).validate?.(config) ?? []
  }

  /** What a behaviour of this type is given. */
  context(type: string): Context {
    return {
      type,
      provider: this.provider,
      list: (wanted) => [...this.objects.values()].filter((object) => object.type === wanted),
      find: (wanted, id) => this.find(wanted, id),
      fingerprint: (value) => createHash('sha256').update(`salt ${value}`).digest('hex'),
      digest: (salt) => createHash('sha256').update(`seed ${salt}`).digest('hex'),
      address: (salt) => this.address(salt),
      tunnels: () => this.states,
    }
  }

  private find(type: string, id: unknown): CloudObject | undefined {
    if (typeof id !== 'string') return undefined
    return this.objects.get(`${type} ${id}`) ?? [...this.objects.values()].find((object) => object.type === type && object.attributes['self_link'] === id)
  }

  private behaviour(type: string): Behaviour {
    const behaviour = this.cloud.behaviours[type]
    if (!behaviour) throw new Error(`No behaviour of ${type}`)
    return behaviour
  }

  private address(salt: string): string {
    const known = this.addresses.get(salt) ?? `203.0.113.${this.addresses.size + 1}`
    this.addresses.set(salt, known)
    return known
  }
}

/** What an action was refused with. Fails where it was not refused. */
export function refusalOf(action: () => unknown): Refusal {
  try {
    action()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('It was accepted')
}
