import { requireHolder } from '../cloud/holder.ts'
import { Problem } from '../http/problem.ts'
import { newOrderName, newUid } from '../identity/uid.ts'
import { globalScope, namespaceKind } from '../namespace/namespace.ts'
import type { Run } from '../runs/index.ts'
import { StoreError, type Records, type Stored } from '../store/index.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { vpnKind, type Vpn } from '../vpn/vpn.ts'
import type { Vpns } from '../vpn/vpns.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { endPurpose, terrariumKind, terrariumNamespace, terrariumVpn, type Purpose, type Terrarium, type TerrariumSite } from './terrarium.ts'

/** Terrariums: each a namespace of its own with one VPN between two networks that clouds hold already. */
export class Terrariums {
  readonly #parts: WorkParts
  readonly #vpns: Vpns

  constructor(parts: WorkParts, vpns: Vpns) {
    this.#parts = parts
    this.#vpns = vpns
  }

  list(): Promise<readonly Stored<Terrarium>[]> {
    return this.#parts.store.records.list(terrariumKind, globalScope)
  }

  find(id: string): Promise<Stored<Terrarium> | undefined> {
    return this.#parts.store.records.get(terrariumKind, globalScope, id)
  }

  /** @throws Problem ALREADY_EXISTS, HEADER_INVALID for a credential holder nobody knows */
  async create(name: string, description: string, holder: string): Promise<Stored<Terrarium>> {
    requireHolder(holder, this.#parts.clouds)
    return this.#parts.store.transaction(async ({ records }) => {
      if (await records.get(terrariumKind, globalScope, name)) throw new Problem('ALREADY_EXISTS', `the terrarium (${name}) already exists`)
      await records.insert(namespaceKind, globalScope, terrariumNamespace(name), { name, description: '', uid: newUid(), order: newOrderName() })
      return records.insert(terrariumKind, globalScope, name, { name, description, holder, sites: [] })
    })
  }

  /** @throws Problem IN_USE while it holds something: its folder is all that knows of the resources; StoreError RUN_ACTIVE while a run is at work on it */
  async remove(id: string): Promise<void> {
    await this.#refuseBusy(id)
    await this.#parts.store.transaction(async ({ records }) => {
      const found = await required(records, id)
      const namespace = terrariumNamespace(id)
      const [vnets, vpns] = [await records.list(vnetKind, namespace), await records.list(vpnKind, namespace)]
      if (vnets.length + vpns.length > 0) throw new Problem('IN_USE', `the terrarium (${id}) still has a VPN; delete that first`)
      await records.remove(terrariumKind, found)
      const owner = await records.get(namespaceKind, globalScope, namespace)
      if (owner) await records.remove(namespaceKind, owner)
    })
  }

  /**
   * Says what a terrarium is for, and between which networks its VPN is to be.
   *
   * @throws Problem CONFLICT when it serves another purpose, or has a VPN between other networks; StoreError RUN_ACTIVE while a run is at work on it
   */
  async prepare(id: string, purpose: Purpose, sites: readonly TerrariumSite[]): Promise<void> {
    await this.#refuseBusy(id)
    await this.#parts.store.transaction(({ records }) => nameNetworks(records, id, purpose, sites))
  }

  /** Makes the VPN between networks that are named with it. @throws as {@link prepare} */
  make(id: string, purpose: Purpose, sites: readonly TerrariumSite[]): Promise<Run> {
    return this.#submit(id, purpose, 'terrarium.apply', { sites })
  }

  /** Makes the VPN. @throws Problem CONFLICT before it was prepared, or while another run is under way */
  apply(id: string, purpose: Purpose): Promise<Run> {
    return this.#submit(id, purpose, 'terrarium.apply')
  }

  /** Looks the networks up and works the VPN out as {@link apply} does, and makes nothing. @throws Problem as {@link apply} */
  plan(id: string, purpose: Purpose): Promise<Run> {
    return this.#submit(id, purpose, 'terrarium.plan')
  }

  /** Removes the VPN; with `endsPurpose`, the terrarium can then serve another purpose. */
  destroy(id: string, purpose: Purpose, more: { readonly endsPurpose?: true } = {}): Promise<Run> {
    return this.#submit(id, purpose, 'terrarium.destroy', { more })
  }

  /** Ends the purpose, so that the terrarium can serve another. @throws Problem IN_USE while it holds something, StoreError RUN_ACTIVE while a run is at work on it */
  async empty(id: string, purpose: Purpose): Promise<void> {
    await this.#refuseBusy(id)
    await this.#parts.store.transaction(async ({ records }) => {
      const found = await required(records, id)
      refuseOther(found.doc, purpose)
      if ((await records.list(vpnKind, terrariumNamespace(id))).length > 0) throw new Problem('IN_USE', `the terrarium (${id}) still has a VPN; destroy that first`)
      await endPurpose(records, id)
    })
  }

  /** The VPN of a terrarium; undefined before it was applied. @param refresh whether the clouds are asked first @throws Problem RUN_FAILED when they do not answer */
  async vpn(id: string, refresh: boolean): Promise<Vpn | undefined> {
    const namespace = terrariumNamespace(id)
    const known = () => this.#parts.store.records.get(vpnKind, namespace, terrariumVpn)
    if (!(await known())) return undefined
    const busy = await this.#parts.runs.active(targetOf(id))
    const reading = refresh && !busy ? await this.#vpns.refresh(namespace, terrariumVpn) : undefined
    const read = reading && await this.#parts.runs.wait(reading.id)
    if (read && read.state !== 'done') throw new Problem('RUN_FAILED', read.error?.message ?? `run ${read.id} failed`)
    return (await known())?.doc
  }

  async #refuseBusy(id: string): Promise<void> {
    const busy = await this.#parts.runs.active(targetOf(id))
    if (busy) throw new StoreError('RUN_ACTIVE', `run ${busy.id} is working on ${busy.target}`, { runId: busy.id })
  }

  async #submit(id: string, purpose: Purpose, kind: string, { sites = [], more = {} }: { readonly sites?: readonly TerrariumSite[]; readonly more?: object } = {}): Promise<Run> {
    return this.#parts.store.transaction(async (tx) => {
      if (sites.length > 0) await nameNetworks(tx.records, id, purpose, sites)
      const { doc } = await required(tx.records, id)
      refuseOther(doc, purpose)
      if (kind !== 'terrarium.destroy' && doc.sites.length !== 2) throw new Problem('CONFLICT', `the terrarium (${id}) is not initialised: send the networks with actions/init first`)
      return (await this.#parts.runs.submit(tx, { kind, target: targetOf(id), payload: { terrarium: id, ...more } })).run
    })
  }
}

/** @throws Problem CONFLICT as {@link Terrariums.prepare} */
async function nameNetworks(records: Records, id: string, purpose: Purpose, sites: readonly TerrariumSite[]): Promise<void> {
  const found = await required(records, id)
  refuseOther(found.doc, purpose)
  const namespace = terrariumNamespace(id)
  const held = (await records.get(vpnKind, namespace, terrariumVpn)) ? await records.list(vnetKind, namespace) : []
  // Clouds know a network by other ids than the one that it was asked for by.
  const askedFor = (key: string): string | undefined => found.doc.sites.find((site) => site.key === key)?.network
  const other = held.filter(({ id: key, doc }) => !sites.some((site) => site.key === key && [askedFor(key), doc.csp.id].includes(site.network)))
  if (sites.length > 0 && other.length > 0) throw new Problem('CONFLICT', `the terrarium (${id}) has a VPN between other networks; delete that first`)
  await records.update(terrariumKind, found, { ...found.doc, purpose, ...(sites.length > 0 ? { sites: [...sites] } : {}) })
}

function targetOf(id: string): string {
  return `terrarium/${id}`
}

async function required(records: Records, id: string): Promise<Stored<Terrarium>> {
  const found = await records.get(terrariumKind, globalScope, id)
  if (!found) throw new Problem('NOT_FOUND', `no terrarium with the given ID (trId: ${id}); not found`)
  return found
}

function refuseOther({ name, purpose }: Terrarium, wanted: Purpose): void {
  if (purpose !== undefined && purpose !== wanted) throw new Problem('CONFLICT', `the terrarium (${name}) is already used for another purpose: ${purpose}`)
}
