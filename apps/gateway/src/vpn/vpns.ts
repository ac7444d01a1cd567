import { stated, statusOf, type Statement } from '../condition/condition.ts'
import { Problem } from '../http/problem.ts'
import { newUid } from '../identity/uid.ts'
import { globalScope, namespaceKind } from '../namespace/namespace.ts'
import type { Run } from '../runs/index.ts'
import { isStoreError, type Records, type Stored, type Transaction } from '../store/index.ts'
import { getVnet } from '../vnet/vnet-records.ts'
import { vnetKind, type Vnet } from '../vnet/vnet.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { gatewaySubnetOf } from './gateway-subnet.ts'
import { agreedOf } from './numbers.ts'
import { isAboutNumberOfPeer, refuseOtherNumber } from './peer-number.ts'
import { planVpn } from './vpn-plan.ts'
import { vpnKind, vpnTarget, type Vpn, type VpnSite } from './vpn.ts'

/** One end of a VPN that is asked for. */
export interface VpnEndOrder {
  /** Id of a vNet of the namespace. */
  readonly vnet: string
  /** What the VPN says of this end's site: `asn`, and options of its cloud. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Block for the subnet of the VPN gateway; empty for any. */
  readonly gatewaySubnet?: string | undefined
}

/** A VPN that is asked for. */
export interface VpnOrder {
  readonly name: string
  readonly ends: readonly [VpnEndOrder, VpnEndOrder]
  readonly routing?: 'bgp' | 'static' | undefined
  readonly generation?: 'site' | 'vnet'
}

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

  /** Puts a VPN on record that has been checked completely, for a run that will make it. @throws as {@link create} */
  async record(tx: Transaction, namespace: string, order: VpnOrder): Promise<void> {
    const { records } = tx
    if (await records.get(vpnKind, namespace, order.name)) throw new Problem('ALREADY_EXISTS', `already exists, vpn: ${order.name}`)
    const [one, other] = [await this.#end(tx, namespace, order.ends[0]), await this.#end(tx, namespace, order.ends[1])]
    if (one.uid === other.uid) throw new Problem('PARAMETER_INVALID', `site2: vNet ${one.vnet} cannot be linked to itself; name another vNet`)
    if (this.#parts.clouds.holderOf(one.connection) !== this.#parts.clouds.holderOf(other.connection)) throw new Problem('PARAMETER_INVALID', `site2: vNets ${one.vnet} and ${other.vnet} belong to different credential holders; one run has the credentials of one`)
    const vpn = this.#stated({
      name: order.name,
      uid: newUid(),
      description: `VPN between ${this.#cloudOf(one)} and ${this.#cloudOf(other)}`,
      sites: [one, other],
      ...(order.routing === undefined ? {} : { routing: order.routing }),
      generation: order.generation ?? 'vnet',
      tunnels: [],
      conditions: [],
      message: '',
    }, { status: 'False', reason: 'Creating' })
    await records.insert(vpnKind, namespace, vpn.name, await this.#routed(records, namespace, vpn))
  }

  /** Goes on with a VPN whose creation failed. @throws Problem NOT_FOUND, CONFLICT for one that did not fail */
  async retry(namespace: string, id: string): Promise<Run> {
    return this.#afterReading(() => this.#parts.store.transaction(async (tx) => {
      const found = await getVpn(tx.records, namespace, id)
      const status = statusOf(found.doc.conditions)
      if (status !== 'Failed' && status !== 'Creating') throw new Problem('CONFLICT', `vpn ${id} already exists and is ${status}; there is nothing to retry`)
      await this.#check(tx.records, namespace, found.doc)
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
   * Reads what the clouds hold of a VPN, and puts it on record; whoever asks at the same time waits for the same run.
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

  async #end({ records }: Transaction, namespace: string, { vnet, settings, gatewaySubnet }: VpnEndOrder): Promise<VpnSite> {
    const found = await getVnet(records, namespace, vnet)
    const connection = this.#parts.clouds.connection(found.doc.connection)
    const facts = connection && this.#parts.clouds.networkFacts(connection.cloud)
    const block = facts && gatewaySubnetOf(found.doc, facts, gatewaySubnet)
    if (block !== undefined && block !== found.doc.gatewaySubnet) await records.update(vnetKind, found, { ...found.doc, gatewaySubnet: block })
    return { vnet, uid: found.doc.uid, connection: found.doc.connection, settings: { ...settings }, resources: [] }
  }

  /** The VPN as it can be made: by static routes where only the number of one end keeps BGP from it. @throws Problem FINDINGS */
  async #routed(records: Records, namespace: string, vpn: Vpn): Promise<Vpn> {
    try {
      await this.#check(records, namespace, vpn)
      return vpn
    } catch (error) {
      if (vpn.routing !== undefined || !isAboutNumberOfPeer(error)) throw error
      const routed: Vpn = { ...vpn, routing: 'static' }
      return this.#check(records, namespace, routed).then(() => routed, () => Promise.reject(error))
    }
  }

  /** @throws Problem FINDINGS, CONFLICT */
  async #check(records: Records, namespace: string, vpn: Vpn): Promise<void> {
    const owner = await records.get(namespaceKind, globalScope, namespace)
    if (!owner) throw new Problem('NOT_FOUND', 'Not valid namespace')
    const vpns = (await records.list(vpnKind, namespace)).map(({ doc }) => doc)
    const vnets = (await records.list(vnetKind, namespace)).map(({ doc }): Vnet => doc)
    for (const site of vpn.sites) refuseOtherNumber(site, vpns.filter(({ uid }) => uid !== vpn.uid))
    planVpn({ order: owner.doc.order, vpn, vpns, vnets, agreed: await agreedOf(records, namespace), clouds: this.#parts.clouds })
  }

  async #submit(tx: Transaction, kind: string, namespace: string, vpn: string): Promise<Run> {
    return (await this.#parts.runs.submit(tx, { kind, target: vpnTarget(namespace, vpn), payload: { namespace, vpn } })).run
  }

  #stated(vpn: Vpn, ready: Statement): Vpn {
    return { ...vpn, conditions: stated(vpn.conditions, this.#parts.now().toISOString(), { Ready: ready }), message: ready.message ?? '' }
  }

  #cloudOf({ connection }: VpnSite): string {
    return this.#parts.clouds.connection(connection)?.cloud ?? connection
  }
}

/** @throws Problem NOT_FOUND in the words that clients of the peers know */
export async function getVpn(records: Records, namespace: string, id: string): Promise<Stored<Vpn>> {
  const found = await records.get(vpnKind, namespace, id)
  if (!found) throw new Problem('NOT_FOUND', `does not exist, vpn: ${id}`)
  return found
}
