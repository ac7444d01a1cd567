import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { numberField, textField, tryParse } from '../json/fields.ts'
import { isRunning, ownIdentity, type ProcessIdentity } from '../process/process-identity.ts'

/** Whoever holds a lock. */
export interface LockHolder extends ProcessIdentity {
  /** Tells two holders in one process apart. */
  readonly token: string
}

/** Result of trying to take a lock. */
export type LockAttempt = { readonly taken: true; readonly lock: ExclusiveLock } | { readonly taken: false; readonly holder: LockHolder | undefined }

/** Whoever writes a lock, or takes over a stale one, needs a few file operations; after this time it died in between. */
const patience = 10_000

/** A lock that one holder at a time has, on one machine. It ends with the process that holds it, however that ends. */
export class ExclusiveLock {
  readonly #path: string
  readonly #token: string

  private constructor(path: string, token: string) {
    this.#path = path
    this.#token = token
  }

  /** Takes the lock if nobody has it, or if the process that has it no longer runs. Never waits for a holder. */
  static async attempt(path: string): Promise<LockAttempt> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const holder: LockHolder = { ...(await ownIdentity()), token: randomUUID() }
    if (!(await create(path, holder)) && !((await isStale(path)) && (await replaceStale(path, holder)))) {
      return { taken: false, holder: await holderOf(path) }
    }
    return { taken: true, lock: new ExclusiveLock(path, holder.token) }
  }

  /** Gives the lock back. Harmless when it was lost. */
  async release(): Promise<void> {
    if ((await holderOf(this.#path))?.token === this.#token) await rm(this.#path, { force: true })
  }
}

/** Two processes may find the same stale lock; only the one that makes the second file may replace it. */
async function replaceStale(path: string, holder: LockHolder): Promise<boolean> {
  const takeover = `${path}.takeover`
  if (!(await create(takeover, holder))) {
    if (await isOlder(takeover, patience)) await rm(takeover, { force: true })
    return false
  }
  try {
    if (!(await isStale(path))) return false
    await rm(path, { force: true })
    return await create(path, holder)
  } finally {
    await rm(takeover, { force: true })
  }
}

async function isStale(path: string): Promise<boolean> {
  let holder = await holderOf(path)
  if (holder === undefined) {
    // Somebody may be between making the file and writing it.
    await sleep(50)
    holder = await holderOf(path)
    if (holder === undefined) return isOlder(path, patience)
  }
  return !(await isRunning(holder))
}

async function create(path: string, holder: LockHolder): Promise<boolean> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  })
  if (file === undefined) return false
  try {
    await file.writeFile(`${JSON.stringify(holder)}\n`)
    return true
  } finally {
    await file.close()
  }
}

async function holderOf(path: string): Promise<LockHolder | undefined> {
  const parsed = tryParse(await readFile(path, 'utf8').catch(() => ''))
  const [pid, started, token] = [numberField(parsed, 'pid'), textField(parsed, 'started'), textField(parsed, 'token')]
  return pid !== undefined && started !== undefined && token !== undefined ? { pid, started, token } : undefined
}

async function isOlder(path: string, age: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found === undefined || Date.now() - found.mtimeMs > age
}
