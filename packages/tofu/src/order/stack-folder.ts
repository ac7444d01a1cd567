import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deriveKey, deriveStateKey, IsthmusError, stackFile, type NeededKey } from '@isthmus/core'
import { schemaOf } from '../state/postgres-backend.ts'
import type { StateStorage } from '../state/state-storage.ts'
import { writeChanged } from '../workspace/stack-files.ts'
import { Workspace } from '../workspace/workspace.ts'
import { accountOf, requireCredentials } from './account.ts'
import type { OrderOptions } from './options.ts'
import type { KeptLeftover } from './leftover.ts'
import type { StackRecord, StackRecords } from './stack-record.ts'

const bindingsFile = 'bindings.auto.tfvars.json'
const lastRunFile = join('.isthmus', 'last-run')

/** Where the stacks of one order are, and what they are worked on with. */
export interface OrderPlace {
  /** Name of the order. */
  readonly order: string
  /** Holds one folder per stack. */
  readonly folder: string
  readonly records: StackRecords
  readonly options: OrderOptions
  /** Id of this run. */
  readonly run: string
}

/** One stack of an order on this machine. */
export class StackFolder {
  readonly name: string
  readonly after: readonly string[]
  readonly workspace: Workspace
  readonly #dir: string
  readonly #place: OrderPlace
  #record: StackRecord
  #state: unknown

  constructor(record: StackRecord, place: OrderPlace) {
    const { order, options } = place
    const dir = join(place.folder, record.name)
    const account = accountOf(record, dir, options)
    this.#dir = dir
    this.#place = place
    this.#record = record
    this.name = record.name
    this.after = record.after
    this.workspace = new Workspace({
      dir,
      binary: options.binary,
      stateKey: deriveStateKey(options.master, `${order}/${record.name}`),
      environment: { ...options.environment, ...account.environment, ...keyVariable(record.keys, order, options.master) },
      passEnvironment: account.passEnvironment,
      state: storageOf(order, record.name, options),
      onLocked: () => options.onEvent?.({ type: 'stack', stack: record.name, state: 'waiting' }),
      ...(options.log ? { log: (line: string) => options.log?.(line, record.name) } : {}),
    })
  }

  /**
   * Writes the stack as its record has it, wherever it was made, and initialises it. What it needs to be destroyed again is kept before.
   *
   * @throws IsthmusError CONFIGURATION_INVALID when the credential holder has none for a cloud of the stack
   */
  async ready(run: { readonly signal?: AbortSignal }): Promise<void> {
    const { options } = this.#place
    requireCredentials(this.#record, options)
    const { state } = options
    if (state?.kind === 'postgres') await state.prepare()
    const { text, bindings } = this.#record
    await this.workspace.write({ [stackFile]: text, [bindingsFile]: `${JSON.stringify(bindings, null, 2)}\n` })
    await this.workspace.init(run)
  }

  /** Keeps the record; the first call takes the folder for this process. */
  async keep(): Promise<void> {
    await this.workspace.write({ [stackFile]: this.#record.text })
    await this.#place.records.write(this.#record)
  }

  /** Writes down, here and for other machines, that from now on this run changes the stack. */
  async begin(): Promise<void> {
    const { run, records, order, options: { state } } = this.#place
    if (state?.kind === 'postgres') await state.guard(schemaOf(order, this.name))
    this.#record = { ...this.#record, lastRun: run }
    await records.write(this.#record)
    await writeChanged(join(this.#dir, lastRunFile), run)
  }

  /** What earlier runs may have left, as it is written down. */
  get leftovers(): readonly KeptLeftover[] {
    return this.#record.leftovers ?? []
  }

  /** Writes down, for every later run on whichever machine, what runs may have left. */
  async keepLeftovers(leftovers: readonly KeptLeftover[]): Promise<void> {
    const { leftovers: _, ...rest } = this.#record
    this.#record = leftovers.length === 0 ? rest : { ...rest, leftovers }
    await this.#place.records.write(this.#record)
  }

  /** Whether another machine has changed the stack since this one did, so that run records here say nothing any more. */
  async isOutdated(): Promise<boolean> {
    const own = await readFile(join(this.#dir, lastRunFile), 'utf8').catch(() => undefined)
    return own !== this.#record.lastRun
  }

  /** `tofu show -json` of the state, read once and again after {@link forgetState}. Holds keys: keep it in memory. */
  async state(): Promise<unknown> {
    this.#state ??= await this.workspace.showState()
    return this.#state
  }

  forgetState(): void {
    this.#state = undefined
  }

  /** Removes everything about a stack whose resources are gone. */
  async remove(): Promise<void> {
    await this.workspace.removeState()
    await this.forget()
  }

  /** Removes everything that is kept of a stack, and nothing that it made; its record last, so that whatever fails can be done again. */
  async forget(): Promise<void> {
    const { order, options, records } = this.#place
    if (options.state?.kind === 'postgres') await options.state.drop(schemaOf(order, this.name))
    await this.workspace.close()
    await records.remove(this.name)
    await rm(this.#dir, { recursive: true, force: true })
  }
}

function storageOf(order: string, stack: string, { state }: OrderOptions): StateStorage {
  return state?.kind === 'postgres' ? { kind: 'postgres', url: state.url, schema: schemaOf(order, stack) } : { kind: 'files' }
}

function keyVariable(keys: readonly NeededKey[], order: string, master: Uint8Array): Record<string, string> {
  if (keys.length === 0) return {}
  return { TF_VAR_keys: JSON.stringify(deriveKeys(keys, order, master)) }
}

/**
 * Values of pre-shared keys by name.
 *
 * @throws IsthmusError KEY_UNAVAILABLE when the two ends accept no common key; a plan refuses that before
 */
export function deriveKeys(keys: readonly NeededKey[], order: string, master: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    keys.map(({ name, tunnel, version, rules }) => {
      const derived = deriveKey(master, { order, tunnel }, version, rules, '')
      if ('findings' in derived) throw new IsthmusError('KEY_UNAVAILABLE', `no key fits both ends of ${tunnel}`)
      return [name, derived.key]
    }),
  )
}
