import { stated, statusOf, type Statement } from '../condition/condition.ts'
import { Problem } from '../http/problem.ts'
import type { Run } from '../runs/index.ts'
import { isStoreError, type Records, type Stored, type Transaction } from '../store/index.ts'
import { vnetKind } from '../vnet/vnet.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { checkVpn, draftVpn, type VpnDraft, type VpnOrder } from './draft-vpn.ts'
import { keepAsns } from './numbers.ts'
import { vpnKind, vpnTarget, type Vpn } from './vpn.ts'

/** Readers, one after another, that a change of a VPN waits for. */
const mostReaders = 10

/** Site-to-site VPNs between vNets of a namespace, whatever their clouds. */
export class Vpns {
  readonly #parts: WorkParts

  constructor(parts: WorkParts) {
    this.#parts = parts
  }

  list(namespace: string): Promise<readonly Stored<Vpn>[]> {
    return this.#parts.store.records.list(vpnKind, namespace)
  }

  /** @throws Problem NOT_FOUND */
  get(namespace: string, id: string): Promise<Stored<Vpn>> {
    return getVpn(this.#parts.store.records, namespace, id)
  }

  /**
   * Orders a VPN. It is checked completely, together with all VPNs it shares a vNet with, before anything is on record.
   *
   * @throws Problem FINDINGS, NOT_FOUND for a vNet, ALREADY_EXISTS, CONFLICT
   */
  async create(namespace: string, order: VpnOrder): Promise<Run> {
    return this.#parts.store.transaction(async (tx) => {
      await this.record(tx, namespace, order)
      return this.#submit(tx, 'vpn.apply', namespace, order.name)
    })
  }

  /** Puts a VPN on record that has been checked completely, with the numbers of its gateways, for a run that will make it. @throws as {@link create} */
  async record({ records }: Transaction, namespace: string, order: VpnOrder): Promise<void> {
    const { vpn, vnets, plan } = await this.draft(records, namespace, order)
    for (const { stored, doc } of vnets) await records.update(vnetKind, stored, doc)
    await records.insert(vpnKind, namespace, vpn.name, vpn)
    await keepAsns(records, namespace, plan.plan.agreed)
  }

  /** Works a VPN out as {@link create} does, and puts nothing on record. @throws as {@link create} */
  draft(records: Records, namespace: string, order: VpnOrder): Promise<VpnDraft> {
    return draftVpn(this.#parts, records, namespace, order)
  }

  /** Goes on with a VPN whose creation failed. @throws Problem NOT_FOUND, CONFLICT for one that did not fail */
  async retry(namespace: string, id: string): Promise<Run> {
    return this.#afterReading(() => this.#parts.store.transaction(async (tx) => {
      const found = await getVpn(tx.records, namespace, id)
      const status = statusOf(found.doc.conditions)
      if (status !== 'Failed' && status !== 'Creating') throw new Problem('CONFLICT', `vpn ${id} already exists and is ${status}; there is nothing to retry`)
      await checkVpn(this.#parts, tx.records, namespace, found.doc)
      await tx.records.update(vpnKind, found, this.#stated(found.doc, { status: 'False', reason: 'Creating' }))
      return this.#submit(tx, 'vpn.apply', namespace, id)
    }))
  }

  /** Removes a VPN, and the gateways that no other VPN uses. @throws Problem NOT_FOUND */
  async remove(namespace: string, id: string): Promise<Run> {
    return this.#afterReading(() => this.#parts.store.transaction(async (tx) => {
      const found = await getVpn(tx.records, namespace, id)
      await tx.records.update(vpnKind, found, this.#stated(found.doc, { status: 'False', reason: 'Deleting' }))
      return this.#submit(tx, 'vpn.remove', namespace, id)
    }))
  }

  /**
   * Reads what the clouds hold of a VPN, and puts it on record, unless another run changes a gateway that it uses; whoever asks at the same time waits for the same run.
   *
   * @returns undefined while another run changes the VPN: what is on record is then the newest there is
   * @throws Problem NOT_FOUND
   */
  async refresh(namespace: string, id: string): Promise<Run | undefined> {
    try {
      return await this.#parts.store.transaction(async (tx) => {
        await getVpn(tx.records, namespace, id)
        return this.#submit(tx, 'vpn.refresh', namespace, id)
      })
    } catch (error) {
      const busy = await this.#inTheWay(error)
      return busy?.kind === 'vpn.refresh' ? busy : undefined
    }
  }

  /** Does work for which nobody may be at work on the VPN. Readers are waited for: a client that looks often would keep others from it. */
  async #afterReading(work: () => Promise<Run>): Promise<Run> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work()
      } catch (error) {
        const busy = await this.#inTheWay(error)
        if (busy?.kind !== 'vpn.refresh' || tries > mostReaders) throw error
        await this.#parts.runs.wait(busy.id)
      }
    }
  }

  /** The run that an error tells of. @throws the error itself when it tells of none */
  async #inTheWay(error: unknown): Promise<Run | undefined> {
    if (!isStoreError(error) || error.code !== 'RUN_ACTIVE' || error.runId === undefined) throw error
    return this.#parts.runs.get(error.runId)
  }

  async #submit(tx: Transaction, kind: string, namespace: string, vpn: string): Promise<Run> {
    return (await this.#parts.runs.submit(tx, { kind, target: vpnTarget(namespace, vpn), payload: { namespace, vpn } })).run
  }

  #stated(vpn: Vpn, ready: Statement): Vpn {
    return { ...vpn, conditions: stated(vpn.conditions, this.#parts.now().toISOString(), { Ready: ready }), message: ready.message ?? '' }
  }
}

/** @throws Problem NOT_FOUND in the words that clients of the peers know */
export async function getVpn(records: Records, namespace: string, id: string): Promise<Stored<Vpn>> {
  const found = await records.get(vpnKind, namespace, id)
  if (!found) throw new Problem('NOT_FOUND', `does not exist, vpn: ${id}`)
  return found
}
