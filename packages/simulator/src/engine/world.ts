import { createHash } from 'node:crypto'
import type { Attributes, CloudObject, Context, TunnelState } from '../behaviour/behaviour.ts'
import { AddressBook } from '../store/addresses.ts'
import { Fingerprints } from '../store/fingerprint.ts'
import { ObjectStore } from '../store/object-store.ts'
import { OperationLog } from '../store/operations.ts'
import { FaultBook } from './faults.ts'
import { tunnelStates, type EndReader } from './tunnels.ts'
import type { Waiting } from './waiting.ts'

/** What all simulated clouds of one home share. */
export class World {
  readonly store: ObjectStore
  readonly fingerprints: Fingerprints
  readonly faults: FaultBook
  readonly log: OperationLog
  readonly waiting: Waiting
  readonly #addresses: AddressBook
  readonly #seed: string
  readonly #readers: readonly EndReader[]
  #tunnels: { readonly revision: number; readonly states: readonly TunnelState[] } | undefined

  constructor(options: { home: string; seed: string; waiting: Waiting; readers: readonly EndReader[] }) {
    this.log = new OperationLog(options.home)
    this.store = new ObjectStore(options.home)
    this.fingerprints = Fingerprints.of(options.home)
    this.faults = new FaultBook(options.home)
    this.waiting = options.waiting
    this.#addresses = new AddressBook(options.home, options.seed)
    this.#seed = options.seed
    this.#readers = options.readers
  }

  digest(salt: string): string {
    return createHash('sha256').update(`${this.#seed}\0${salt}`).digest('hex')
  }

  /** Computed anew only after an object changed. */
  tunnels(): readonly TunnelState[] {
    const revision = this.store.revision
    if (this.#tunnels?.revision !== revision) this.#tunnels = { revision, states: tunnelStates(this.store.all(), this.#readers) }
    return this.#tunnels.states
  }

  /** What a behaviour of one type sees. */
  context(type: string, provider: Attributes): Context {
    return {
      type,
      provider,
      list: (other: string): readonly CloudObject[] => this.store.list(other),
      find: (other: string, id: unknown): CloudObject | undefined => this.store.find(other, id),
      fingerprint: (value: string): string => this.fingerprints.of(value),
      digest: (salt: string): string => this.digest(salt),
      address: (salt: string): string => this.#addresses.get(salt),
      tunnels: (): readonly TunnelState[] => this.tunnels(),
    }
  }
}
