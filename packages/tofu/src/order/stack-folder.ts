import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deriveKey, deriveStateKey, IsthmusError, stackFile, type NeededKey, type Stack } from '@isthmus/core'
import { writeChanged } from '../workspace/stack-files.ts'
import { Workspace } from '../workspace/workspace.ts'
import type { OrderOptions } from './options.ts'

const recordFile = 'stack.json'
const bindingsFile = 'bindings.auto.tfvars.json'

/** What has to be known of a stack to run it again without its order. */
interface StackRecord {
  readonly name: string
  readonly after: readonly string[]
  /** The keys that it uses: names and rules, never values. */
  readonly keys: readonly NeededKey[]
  readonly passEnvironment: readonly string[]
}

/** One stack of an order on disk. */
export class StackFolder {
  readonly name: string
  readonly after: readonly string[]
  readonly workspace: Workspace
  readonly #dir: string
  #state: unknown

  private constructor(dir: string, record: StackRecord, order: string, options: OrderOptions) {
    this.#dir = dir
    this.name = record.name
    this.after = record.after
    this.workspace = new Workspace({
      dir,
      binary: options.binary,
      stateKey: deriveStateKey(options.master, `${order}/${record.name}`),
      environment: { ...options.environment, ...keyVariable(record.keys, order, options.master) },
      passEnvironment: options.simulated ? [] : record.passEnvironment,
      ...(options.log ? { log: options.log } : {}),
    })
  }

  /** Folder of a stack that is to be as composed. What it needs to be destroyed again is written first. */
  static async prepare(root: string, stack: Stack, keys: readonly NeededKey[], passEnvironment: readonly string[], order: string, options: OrderOptions): Promise<StackFolder> {
    const dir = join(root, stack.name)
    const record: StackRecord = { name: stack.name, after: stack.after, keys: keys.filter((key) => stack.keys.includes(key.name)), passEnvironment }
    await writeChanged(join(dir, recordFile), `${JSON.stringify(record, null, 2)}\n`)
    return new StackFolder(dir, record, order, options)
  }

  /** Folder of a stack that an earlier run made; undefined when there is none. */
  static async open(root: string, name: string, order: string, options: OrderOptions): Promise<StackFolder | undefined> {
    const text = await readFile(join(root, name, recordFile), 'utf8').catch(() => undefined)
    if (text === undefined) return undefined
    return new StackFolder(join(root, name), readRecord(text, join(root, name, recordFile)), order, options)
  }

  /** True when the folder's stack is byte for byte this one. */
  async holds(stack: Stack | undefined): Promise<boolean> {
    return stack !== undefined && (await readFile(join(this.#dir, stackFile), 'utf8').catch(() => undefined)) === stack.text
  }

  /** Writes the stack and the values of its inputs. */
  async write(stack: Stack, bindings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.workspace.write({ [stackFile]: stack.text, [bindingsFile]: `${JSON.stringify(bindings, null, 2)}\n` })
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
    await this.workspace.close()
    await rm(this.#dir, { recursive: true, force: true })
  }
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

function readRecord(text: string, file: string): StackRecord {
  const parsed: unknown = JSON.parse(text)
  if (isRecord(parsed)) return parsed
  throw new IsthmusError('WORKSPACE_INVALID', `${file} is not the record of a stack; restore it from a backup, or apply the order again`)
}

function isRecord(value: unknown): value is StackRecord {
  if (typeof value !== 'object' || value === null) return false
  const entries = new Map(Object.entries(value))
  return typeof entries.get('name') === 'string' && ['after', 'keys', 'passEnvironment'].every((key) => Array.isArray(entries.get(key)))
}
