import { Refusal, type Attributes } from '../behaviour/behaviour.ts'
import { decodeValue, parseJson } from '../wire/dynamic-value.ts'
import { isAttributes } from '../wire/unknown.ts'

/** A request as it came off the wire, read field by field. Fields that were not sent are empty. */
export class Request {
  readonly #fields: Readonly<Record<string, unknown>>

  constructor(message: unknown) {
    this.#fields = isAttributes(message) ? message : {}
  }

  text(name: string): string {
    const value = this.#fields[name]
    return typeof value === 'string' ? value : ''
  }

  bytes(name: string): Uint8Array {
    const value = this.#fields[name]
    return value instanceof Uint8Array ? value : new Uint8Array()
  }

  /** An object, or undefined where it is null (no prior object, no planned object). */
  object(name: string): Attributes | undefined {
    const value = decodeValue(this.#fields[name])
    return isAttributes(value) ? value : undefined
  }

  /** An object that must be there. */
  required(name: string): Attributes {
    const value = this.object(name)
    if (!value) throw new Refusal('Malformed request', `The engine sent no ${name}.`)
    return value
  }

  /** A state as it is stored. */
  rawState(name: string): Attributes {
    const raw = this.#fields[name]
    const bytes = isAttributes(raw) ? raw['json'] : undefined
    const value = bytes instanceof Uint8Array ? parseJson(bytes) : undefined
    if (!isAttributes(value)) throw new Refusal('Malformed state', 'The stored state of the object is not a JSON object.')
    return value
  }
}
