import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Attributes, CloudObject } from '../behaviour/behaviour.ts'
import { isAttributes } from '../wire/unknown.ts'
import { isMissing, writeWhole } from './files.ts'

interface Entry {
  readonly object: CloudObject
  readonly path: string
  /** Time and size of the file when it was read, to notice a change by hand. */
  readonly stamp: string
}

/**
 * All objects of all simulated clouds of one home, one JSON file each under `objects/<type>/`. One process writes; a file
 * that somebody edits or deletes is noticed when its object is looked up next, or all are, which is how drift is made by hand.
 */
export class ObjectStore {
  readonly #folder: string
  readonly #types = new Map<string, Map<string, Entry>>()
  #revision = 0

  constructor(home: string) {
    this.#folder = join(home, 'objects')
    for (const entry of readEntries(this.#folder)) this.#entries(entry.object.type).set(entry.object.id, entry)
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision
  }

  all(): CloudObject[] {
    return [...this.#types.keys()].flatMap((type) => this.list(type))
  }

  list(type: string): CloudObject[] {
    return [...this.#entries(type).values()].map((entry) => entry.object)
  }

  find(type: string, id: unknown): CloudObject | undefined {
    if (typeof id !== 'string') return undefined
    if (this.#entries(type).has(id)) return this.#fresh(type, id)
    return this.list(type).find((object) => object.attributes['self_link'] === id)
  }

  /** Notices what was edited or deleted by hand, for whoever lists objects rather than looking them up. */
  refresh(): void {
    for (const [type, entries] of this.#types) for (const id of entries.keys()) this.#fresh(type, id)
  }

  /** Keeps an object. Its secrets must be fingerprints already. */
  put(object: CloudObject): void {
    const path = join(this.#folder, object.type, fileName(object.id))
    writeWhole(path, `${JSON.stringify(object, null, 2)}\n`)
    this.#entries(object.type).set(object.id, { object, path, stamp: stampOf(path) ?? '' })
    this.#revision += 1
  }

  remove(type: string, id: string): void {
    const entry = this.#entries(type).get(id)
    if (!entry) return
    rmSync(entry.path, { force: true })
    this.#entries(type).delete(id)
    this.#revision += 1
  }

  #entries(type: string): Map<string, Entry> {
    const known = this.#types.get(type)
    if (known) return known
    const fresh = new Map<string, Entry>()
    this.#types.set(type, fresh)
    return fresh
  }

  #fresh(type: string, id: string): CloudObject | undefined {
    const entry = this.#entries(type).get(id)
    if (!entry) return undefined
    const stamp = stampOf(entry.path)
    if (stamp === entry.stamp) return entry.object
    this.#revision += 1
    this.#entries(type).delete(id)
    if (stamp === undefined) return undefined
    const changed = readEntry(entry.path)
    if (changed) this.#entries(type).set(id, changed)
    return changed?.object
  }
}

/** The objects of a home as they are on disk, for whoever does not hold the store. Secrets are fingerprints. */
export function readObjects(home: string): CloudObject[] {
  return readEntries(join(home, 'objects')).map((entry) => entry.object)
}

/** Ids may hold anything and be longer than a file name; the last word is there for people. */
function fileName(id: string): string {
  const word = id.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(-60).replace(/^-+/, '')
  return `${word}.${createHash('sha256').update(id).digest('hex').slice(0, 12)}.json`
}

function readEntries(folder: string): Entry[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => readEntry(join(folder, name)))
    .filter((entry) => entry !== undefined)
}

/** Undefined for a file that is gone or holds no object, such as one that is being edited. */
function readEntry(path: string): Entry | undefined {
  const stamp = stampOf(path)
  if (stamp === undefined) return undefined
  try {
    const object = parseObject(JSON.parse(readFileSync(path, 'utf8')))
    return object && { object, path, stamp }
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return undefined
    throw error
  }
}

function parseObject(value: unknown): CloudObject | undefined {
  if (!isAttributes(value)) return undefined
  const { type, id, attributes } = value
  const isObject = typeof type === 'string' && typeof id === 'string' && isAttributes(attributes)
  return isObject ? { type, id, attributes: attributes satisfies Attributes } : undefined
}

function stampOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && `${found.mtimeMs}:${found.size}:${found.ino}`
}
