import { Refusal, type Attributes } from '../behaviour/behaviour.ts'
import type { OperationName } from '../store/operations.ts'
import type { Applied } from './engine.ts'
import { failsCall, type Fault } from './faults.ts'
import type { Session } from './session.ts'
import { pause } from './waiting.ts'
import type { World } from './world.ts'

/** One call that reaches the cloud: injected faults around it, the time it takes, and its line in the log. */
export class Operation {
  readonly #world: World
  readonly #op: OperationName
  readonly #type: string
  readonly #session: Session
  readonly #fault: Fault | undefined
  readonly #started = Date.now()
  #id: unknown

  constructor(world: World, op: OperationName, type: string, object: Attributes, session: Session) {
    this.#world = world
    this.#op = op
    this.#type = type
    this.#session = session
    this.#id = object['id']
    this.#fault = world.faults.hit(op, type, object)
  }

  /**
   * A creation or update. The object exists before the wait, as in a real cloud: whoever is cut off while waiting leaves an
   * object behind that no state knows.
   */
  async run(prior: Attributes | null, make: () => Attributes): Promise<Applied> {
    const failed = await this.#before()
    if (failed && this.#fault?.partial !== true) return this.#end('fault', prior, failed)
    try {
      const state = make()
      this.#id = state['id']
      this.#crash('after')
      await this.#wait()
      return failed ? this.#end('fault', state, failed) : this.#end('done', state)
    } catch (error) {
      return this.#end('refused', prior, error)
    }
  }

  async runRemoval(prior: Attributes, steps: { check: () => void; remove: () => void }): Promise<Applied> {
    const failed = await this.#before()
    if (failed && this.#fault?.partial !== true) return this.#end('fault', prior, failed)
    try {
      steps.check()
      await this.#wait()
      steps.remove()
      this.#crash('after')
      return failed ? this.#end('fault', null, failed) : this.#end('done', null)
    } catch (error) {
      return this.#end('refused', prior, error)
    }
  }

  /** A question, which takes no time. Throws what is refused. */
  async ask<T>(answer: () => T): Promise<T> {
    const failed = await this.#before()
    if (failed) {
      this.#log('fault')
      throw failed
    }
    try {
      const found = answer()
      if (this.#op !== 'read') this.#log('done')
      return found
    } catch (error) {
      this.#log('refused')
      throw error
    }
  }

  async #before(): Promise<Refusal | undefined> {
    const fault = this.#fault
    if (!fault) return undefined
    await pause(fault.latency ?? 0, this.#session.stopped)
    this.#crash('before')
    if (fault.hang) await new Promise(() => undefined)
    return failsCall(fault) ? new Refusal(fault.message ?? 'Injected fault', fault.detail ?? 'The simulated cloud was told to fail here.') : undefined
  }

  async #wait(): Promise<void> {
    const op = this.#op
    if (op === 'create' || op === 'update' || op === 'delete') await pause(this.#world.waiting.seconds(this.#type, op), this.#session.stopped)
  }

  #crash(when: 'before' | 'after'): void {
    const crash = this.#fault?.crash
    if (crash === when || (crash === true && when === 'before')) process.kill(process.pid, 'SIGKILL')
  }

  #end(outcome: 'done' | 'refused' | 'fault', state: Attributes | null, ...errors: unknown[]): Applied {
    this.#log(outcome)
    return { state, errors }
  }

  #log(outcome: 'done' | 'refused' | 'fault'): void {
    const id = typeof this.#id === 'string' ? { id: this.#id } : {}
    const milliseconds = Date.now() - this.#started
    this.#world.log.add({ at: new Date().toISOString(), op: this.#op, type: this.#type, ...id, outcome, milliseconds })
  }
}
