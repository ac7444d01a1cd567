import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isIsthmusError, type Plan, type Stack } from '@isthmus/core'
import { StackFolder, type OrderPlace } from './stack-folder.ts'
import type { StackRecord } from './stack-record.ts'

/** Between two looks at a stack that somebody else works on. */
const pauseMilliseconds = 300
/** Somebody who only looks at a stack has it for as long as OpenTofu takes to start, which is seconds on a busy machine. */
const lookMilliseconds = 30_000

/** The stacks of an order that one run works on, and the states of those that it only looks at. */
export class OpenStacks {
  readonly #place: OrderPlace
  readonly #folders = new Map<string, StackFolder>()
  readonly #looks = new Map<string, Promise<unknown>>()

  constructor(place: OrderPlace) {
    this.#place = place
  }

  /** Names of the stacks that exist, sorted. */
  async names(): Promise<string[]> {
    return [...(await this.#place.records.list())].sort()
  }

  record(name: string): Promise<StackRecord | undefined> {
    return this.#place.records.read(name)
  }

  /** A stack that is to be as composed. */
  async prepare(stack: Stack, plan: Plan, bindings: Readonly<Record<string, unknown>>): Promise<StackFolder> {
    const members = plan.fragments.filter((fragment) => stack.fragments.includes(fragment.id))
    const earlier = await this.record(stack.name)
    const folder = new StackFolder({
      name: stack.name,
      after: stack.after,
      keys: plan.keys.filter((key) => stack.keys.includes(key.name)),
      passEnvironment: [...new Set(members.flatMap((fragment) => fragment.environment))].sort(),
      text: stack.text,
      bindings,
      ...(earlier?.lastRun === undefined ? {} : { lastRun: earlier.lastRun }),
    }, this.#place)
    this.#folders.set(stack.name, folder)
    await this.take(folder)
    await folder.keep()
    return folder
  }

  /** Takes a stack for this process, once nobody looks at it any more. @throws IsthmusError WORKSPACE_BUSY when somebody works on it */
  async take(folder: StackFolder): Promise<void> {
    for (const end = Date.now() + lookMilliseconds; ; await sleep(pauseMilliseconds)) {
      try {
        return await folder.workspace.take()
      } catch (error) {
        if (Date.now() > end || this.#place.options.signal?.aborted) throw error
        refuseUnlessBusy(error)
      }
    }
  }

  /** A stack as an earlier run left it, taken for this process; undefined when there is none. */
  async claim(name: string): Promise<StackFolder | undefined> {
    const folder = await this.open(name)
    if (folder) await this.take(folder)
    return folder
  }

  /** A stack as an earlier run left it; undefined when there is none. */
  async open(name: string): Promise<StackFolder | undefined> {
    const known = this.#folders.get(name)
    if (known) return known
    const record = await this.record(name)
    if (!record) return undefined
    const folder = new StackFolder(record, this.#place)
    this.#folders.set(name, folder)
    return folder
  }

  /** Removes what is on this machine of a stack that has no record: nothing was ever made from it, or another machine destroyed it. */
  async discard(name: string): Promise<void> {
    await rm(join(this.#place.folder, name), { recursive: true, force: true })
  }

  /** Forgets a stack that was closed or removed. */
  forget(name: string): void {
    this.#folders.delete(name)
  }

  /**
   * `tofu show -json` of the state of a stack: one that this run works on, or any other, once nobody on this machine is at work on it.
   * Undefined when it does not exist. Holds keys: keep it in memory.
   */
  async state(name: string): Promise<unknown> {
    const open = this.#folders.get(name)
    if (open) return open.state()
    const look = this.#looks.get(name) ?? this.#look(name)
    this.#looks.set(name, look)
    return look
  }

  /**
   * The state of a stack as it was saved last, also while somebody works on it: the folder is then ready, and only the moment of
   * saving has to be avoided.
   */
  async saved(name: string): Promise<unknown> {
    const record = await this.record(name)
    if (!record) return undefined
    const folder = new StackFolder(record, this.#place)
    const isReady = await folder.ready({}).then(() => true, refuseUnlessBusy)
    try {
      return await folder.state().catch(async (error: unknown) => {
        if (isReady) throw error
        await sleep(pauseMilliseconds)
        return folder.state()
      })
    } finally {
      await folder.workspace.close()
    }
  }

  /** Asks every OpenTofu at work to stop, more firmly each time. */
  stop(): void {
    for (const folder of this.#folders.values()) folder.workspace.stop()
  }

  /** Lets others have the stacks. */
  async close(): Promise<void> {
    await Promise.all([...this.#folders.values()].map((folder) => folder.workspace.close()))
    this.#folders.clear()
    this.#looks.clear()
  }

  async #look(name: string): Promise<unknown> {
    const record = await this.record(name)
    if (!record) return undefined
    const { signal } = this.#place.options
    const folder = new StackFolder(record, this.#place)
    try {
      while (!(await folder.ready(signal ? { signal } : {}).then(() => true, refuseUnlessBusy))) await sleep(pauseMilliseconds, undefined, signal ? { signal } : {})
      return await folder.state()
    } finally {
      await folder.workspace.close()
    }
  }
}

function refuseUnlessBusy(error: unknown): false {
  if (isIsthmusError(error) && error.code === 'WORKSPACE_BUSY') return false
  throw error
}
