import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { IsthmusError, stackFile, type NeededKey } from '@isthmus/core'
import { field, isObject, listField, objectField, textField } from '../json/fields.ts'
import { writeChanged } from '../workspace/stack-files.ts'
import type { StackRecord, StackRecords } from './stack-record.ts'

const recordFile = 'stack.json'

/** Records in the folders of the stacks: all of an order is then in one folder of one machine. */
export class FileRecords implements StackRecords {
  readonly #folder: string

  /** @param folder holds one folder per stack */
  constructor(folder: string) {
    this.#folder = folder
  }

  async list(): Promise<readonly string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch(() => [])
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  }

  /** @throws IsthmusError WORKSPACE_INVALID for a file that is no record */
  async read(name: string): Promise<StackRecord | undefined> {
    const file = join(this.#folder, name, recordFile)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text === undefined) return undefined
    const parsed: unknown = JSON.parse(text)
    // Up to version 0.1.0 a record left the stack to the file beside it.
    const stack = textField(parsed, 'text') ?? (await readFile(join(this.#folder, name, stackFile), 'utf8').catch(() => undefined))
    if (stack === undefined) return undefined
    if (!isRecord(parsed)) throw new IsthmusError('WORKSPACE_INVALID', `${file} is not the record of a stack; restore it from a backup, or apply the order again`)
    return { ...parsed, text: stack, bindings: await this.#bindings(name, parsed) }
  }

  async write(record: StackRecord): Promise<void> {
    await writeChanged(join(this.#folder, record.name, recordFile), `${JSON.stringify(record, null, 2)}\n`)
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { recursive: true, force: true })
  }

  async #bindings(name: string, parsed: unknown): Promise<Readonly<Record<string, unknown>>> {
    if (isObject(field(parsed, 'bindings'))) return objectField(parsed, 'bindings')
    return objectField(JSON.parse(await readFile(join(this.#folder, name, 'bindings.auto.tfvars.json'), 'utf8').catch(() => '{}')))
  }
}

/** Records of an order that is kept in files below a home folder: see `OrderOptions.home`. */
export function recordsInFiles(home: string, order: string): StackRecords {
  return new FileRecords(stacksFolderOf(home, order))
}

/** Folder of the stacks of an order. */
export function stacksFolderOf(home: string, order: string): string {
  return join(home, order, 'stacks')
}

type Kept = Pick<StackRecord, 'name' | 'after' | 'passEnvironment' | 'lastRun' | 'leftovers'> & { readonly keys: readonly NeededKey[] }

function isRecord(value: unknown): value is Kept {
  return textField(value, 'name') !== undefined && ['after', 'keys', 'passEnvironment'].every((key) => Array.isArray(field(value, key))) && listField(value, 'after').every((item) => typeof item === 'string')
}
