import { stated, statusOf, type Statement } from '../condition/condition.ts'
import { Problem } from '../http/problem.ts'
import { infraKind } from '../infra/infra.ts'
import { getNamespace } from '../namespace/namespace.ts'
import type { Run } from '../runs/index.ts'
import type { Stored, Transaction } from '../store/index.ts'
import { vpnKind } from '../vpn/vpn.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { checkVnet } from './vnet-plan.ts'
import { getVnet, newSubnet, newVnet, refuseKnown, statedOf, withoutDeleting, type SubnetOrder, type VnetOrder } from './vnet-records.ts'
import { vnetKind, vnetTarget, type Subnet, type Vnet } from './vnet.ts'

/** A network that a cloud holds already and that is to be put on record. */
export interface VnetRegistration {
  readonly name: string
  readonly connection: string
  readonly cspId: string
  readonly description?: string | undefined
}

/**
 * vNets of namespaces. What changes a cloud is a run: it is on record, together with what it is about, before anybody is told, and
 * goes on whoever hangs up.
 */
export class Vnets {
  readonly #parts: WorkParts

  constructor(parts: WorkParts) {
    this.#parts = parts
  }

  list(namespace: string): Promise<readonly Stored<Vnet>[]> {
    return this.#parts.store.records.list(vnetKind, namespace)
  }

  /** @throws Problem NOT_FOUND */
  get(namespace: string, id: string): Promise<Stored<Vnet>> {
    return getVnet(this.#parts.store.records, namespace, id)
  }

  /** @throws Problem FINDINGS, ALREADY_EXISTS, NOT_FOUND for the namespace */
  async create(namespace: string, order: VnetOrder): Promise<Run> {
    if (order.subnets.length === 0) throw new Problem('PARAMETER_INVALID', `subnetInfoList: vNet ${order.name} needs at least one subnet; add one such as {"name": "${order.name}-01", "ipv4_CIDR": "10.0.1.0/24"}`)
    this.#requireConnection(order.connection)
    this.#requireBlock(order)
    const vnet = newVnet(order, this.#parts.now().toISOString())
    const owner = await getNamespace(this.#parts.store.records, namespace)
    checkVnet(owner.doc.order, vnet, this.#parts.clouds)
    return this.#insert(namespace, vnet, 'vnet.apply')
  }

  /** @throws Problem PARAMETER_INVALID, ALREADY_EXISTS, CONFLICT for a network that has a record in the namespace */
  async register(namespace: string, { cspId, ...order }: VnetRegistration): Promise<Run> {
    this.#requireConnection(order.connection)
    const cloud = this.#parts.clouds.connection(order.connection)?.cloud ?? ''
    const existing = this.#parts.clouds.provider(cloud)?.existing
    if (!existing) throw new Problem('PARAMETER_INVALID', `connectionName: networks of ${cloud} cannot be registered; its provider cannot look them up`)
    if (!existing.id.pattern.test(cspId)) throw new Problem('PARAMETER_INVALID', `cspResourceId: ${JSON.stringify(cspId)} is not the id of a network of ${cloud}; it looks like ${existing.id.example}`)
    return this.#insert(namespace, this.#stated({ ...newVnet({ ...order, subnets: [] }, this.#parts.now().toISOString()), origin: 'registered', csp: { id: cspId, name: '' } }, { status: 'False', reason: 'Registering' }), 'vnet.register')
  }

  /** @throws Problem NOT_FOUND, IN_USE while it has subnets (unless they may go with it), nodes or a VPN */
  async remove(namespace: string, id: string, { withSubnets }: { readonly withSubnets: boolean }): Promise<Run> {
    const isRegistered = (await this.get(namespace, id)).doc.origin === 'registered'
    return this.#takeOut(namespace, id, { withSubnets, kind: 'vnet.remove', reason: isRegistered ? 'Deregistering' : 'Deleting', refusal: ['delete', 'action=withSubnets or action=force'] })
  }

  /**
   * Forgets a vNet with its subnets, whoever made it. Its cloud keeps it.
   *
   * @throws Problem NOT_FOUND, IN_USE while it has subnets (unless they may go with it) or a VPN
   */
  async deregister(namespace: string, id: string, { withSubnets }: { readonly withSubnets: boolean }): Promise<Run> {
    const isRegistered = (await this.get(namespace, id)).doc.origin === 'registered'
    return this.#takeOut(namespace, id, { withSubnets, kind: isRegistered ? 'vnet.remove' : 'vnet.forget', reason: 'Deregistering', refusal: ['deregister', 'withSubnets=true'] })
  }

  /** @throws Problem NOT_FOUND, ALREADY_EXISTS, FINDINGS */
  async addSubnet(namespace: string, id: string, order: SubnetOrder): Promise<Run> {
    return this.#change(namespace, id, 'vnet.apply', async ({ doc }, tx) => {
      if (doc.origin === 'registered') throw new Problem('CONFLICT', `vNet ${id} is registered: its subnets are made in its cloud and then registered`)
      if (doc.subnets.some(({ name }) => name === order.name)) throw new Problem('ALREADY_EXISTS', `already exists, subnet: ${order.name}`)
      const added = { ...doc, subnets: [...doc.subnets, { ...newSubnet(order), conditions: this.#conditions([], { status: 'False', reason: 'Creating' }) }] }
      await this.#check(tx, namespace, added, order.name)
      return added
    })
  }

  /** @throws Problem NOT_FOUND, IN_USE while it has nodes, and for the last one of a vNet that has a VPN */
  async removeSubnet(namespace: string, id: string, subnetId: string): Promise<Run> {
    return this.#change(namespace, id, 'vnet.apply', async ({ doc }, tx) => {
      if (doc.origin === 'registered') throw new Problem('CONFLICT', `vNet ${id} is registered: deregister its subnet ${subnetId} instead`)
      getSubnet(doc, subnetId)
      await refuseNodes(tx, namespace, doc, subnetId)
      if (doc.subnets.length === 1) await refuseUsed(tx, namespace, doc, `delete subnet (${subnetId}), the last of vNet (${id})`)
      const changed = { ...doc, subnets: doc.subnets.map((subnet) => (subnet.name === subnetId ? { ...subnet, conditions: this.#conditions(subnet.conditions, { status: 'False', reason: 'Deleting' }) } : subnet)) }
      await this.#check(tx, namespace, withoutDeleting(changed))
      return changed
    })
  }

  /** @throws Problem NOT_FOUND, ALREADY_EXISTS, CONFLICT for a vNet that was made here */
  async registerSubnet(namespace: string, id: string, { name, connection, cspId, description = '' }: VnetRegistration): Promise<Run> {
    return this.#change(namespace, id, 'vnet.registerSubnet', async ({ doc }) => {
      if (doc.origin !== 'registered') throw new Problem('CONFLICT', `vNet ${id} was made here; add a subnet to it instead of registering one`)
      if (doc.connection !== connection) throw new Problem('PARAMETER_INVALID', `connectionName: vNet ${id} is reached through ${doc.connection} and not through ${connection}; give that one, or another vNet`)
      if (doc.subnets.some((subnet) => subnet.name === name)) throw new Problem('ALREADY_EXISTS', `already exists, subnet: ${name}`)
      return doc
    }, { name, cspId, description })
  }

  /** Compares record and cloud. @throws Problem NOT_FOUND */
  async reconcile(namespace: string, id: string): Promise<Run> {
    return this.#change(namespace, id, 'vnet.reconcile', async ({ doc }) => doc)
  }

  /** Puts right by hand what a failed deletion left on record. @throws Problem NOT_FOUND, CONFLICT when there is nothing to restore */
  async restore(namespace: string, id: string): Promise<Stored<Vnet>> {
    return this.#parts.store.transaction(async (tx) => {
      const found = await getVnet(tx.records, namespace, id)
      const reason = found.doc.conditions.find(({ type }) => type === 'Ready')?.reason ?? ''
      if (!['DeletionFailed', 'DeregisterFailed'].includes(reason)) throw new Problem('PARAMETER_INVALID', `vNet ${id} has nothing to restore: it is ${statusOf(found.doc.conditions)}`)
      return tx.records.update(vnetKind, found, this.#stated(found.doc, { status: 'True', reason: 'Restored' }))
    })
  }

  /**
   * Forgets what a cloud does not hold any more.
   *
   * @returns undefined when the record is not of that sort
   * @throws Problem NOT_FOUND, IN_USE while it has a VPN
   */
  async prune(namespace: string, id: string): Promise<Run | undefined> {
    return this.#parts.store.transaction(async (tx) => {
      const { doc } = await getVnet(tx.records, namespace, id)
      if (doc.conditions.find(({ type }) => type === 'Synced')?.reason !== 'CspResourceMissing') return undefined
      await refuseUsed(tx, namespace, doc, `forget vNet (${id})`)
      return (await this.#parts.runs.submit(tx, { kind: 'vnet.forget', target: vnetTarget(namespace, id), payload: { namespace, vnet: id } })).run
    })
  }

  /** Changes what is on record of a subnet list without a cloud: registered subnets come and go with what a look-up finds. */
  async forgetSubnet(namespace: string, id: string, subnetId: string): Promise<void> {
    await this.#parts.store.transaction(async (tx) => {
      const found = await getVnet(tx.records, namespace, id)
      getSubnet(found.doc, subnetId)
      await tx.records.update(vnetKind, found, { ...found.doc, subnets: found.doc.subnets.filter(({ name }) => name !== subnetId) })
    })
  }

  /** @param refusal what is refused while there are subnets, and what a client says to take them along */
  #takeOut(namespace: string, id: string, { withSubnets, kind, reason, refusal: [what, remedy] }: { readonly withSubnets: boolean; readonly kind: string; readonly reason: string; readonly refusal: readonly [string, string] }): Promise<Run> {
    return this.#change(namespace, id, kind, async ({ doc }, tx) => {
      const { length } = doc.subnets
      if (length > 0 && !withSubnets) throw new Problem('IN_USE', `cannot ${what} vNet (${id}): has ${length} subnet(s); use ${remedy}`)
      await refuseUsed(tx, namespace, doc, `${what} vNet (${id})`)
      if (reason === 'Deleting') await refuseNodes(tx, namespace, doc)
      return this.#stated(doc, { status: 'False', reason })
    })
  }

  /** @param body subnet that the body is about, where it is not about the vNet @throws Problem FINDINGS */
  async #check({ records }: Transaction, namespace: string, vnet: Vnet, body?: string): Promise<void> {
    const owner = await getNamespace(records, namespace)
    checkVnet(owner.doc.order, vnet, this.#parts.clouds, body)
  }

  #requireBlock({ connection, cidr = '' }: VnetOrder): void {
    const cloud = this.#parts.clouds.connection(connection)?.cloud ?? ''
    if (cidr === '' && this.#parts.clouds.networkFacts(cloud)?.vnet.hasCidr.value) throw new Problem('PARAMETER_INVALID', `cidrBlock: a network of ${cloud} has a block of its own; give one that holds all subnets, such as 10.0.0.0/16`)
  }

  #requireConnection(connection: string): void {
    if (!this.#parts.clouds.connection(connection)) throw new Problem('PARAMETER_INVALID', `connectionName: the connection ${connection} does not exist; GET /tumblebug/connConfig lists those there are`)
  }

  #stated(vnet: Vnet, ready: Statement): Vnet {
    return statedOf(vnet, this.#parts.now().toISOString(), ready)
  }

  #conditions(known: Subnet['conditions'], ready: Statement): Subnet['conditions'] {
    return stated(known, this.#parts.now().toISOString(), { Ready: ready, Synced: ready })
  }

  async #insert(namespace: string, vnet: Vnet, kind: string): Promise<Run> {
    return this.#parts.store.transaction(async (tx) => {
      await getNamespace(tx.records, namespace)
      if (await tx.records.get(vnetKind, namespace, vnet.name)) throw new Problem('ALREADY_EXISTS', `already exists, vNet: ${vnet.name}`)
      if (vnet.origin === 'registered') await refuseKnown(tx.records, namespace, vnet)
      await tx.records.insert(vnetKind, namespace, vnet.name, vnet)
      return (await this.#parts.runs.submit(tx, { kind, target: vnetTarget(namespace, vnet.name), payload: { namespace, vnet: vnet.name } })).run
    })
  }

  async #change(namespace: string, id: string, kind: string, change: (found: Stored<Vnet>, tx: Transaction) => Promise<Vnet>, more: Readonly<Record<string, string>> = {}): Promise<Run> {
    return this.#parts.store.transaction(async (tx) => {
      const found = await getVnet(tx.records, namespace, id)
      const changed = await change(found, tx)
      if (changed !== found.doc) await tx.records.update(vnetKind, found, changed)
      return (await this.#parts.runs.submit(tx, { kind, target: vnetTarget(namespace, id), payload: { namespace, vnet: id, ...more } })).run
    })
  }
}

/** @throws Problem NOT_FOUND */
export function getSubnet(vnet: Vnet, id: string): Subnet {
  const found = vnet.subnets.find(({ name }) => name === id)
  if (!found) throw new Problem('NOT_FOUND', `does not exist, subnet: ${id}`)
  return found
}

/** @param subnet the one that matters; any where it is left out */
async function refuseNodes({ records }: Transaction, namespace: string, { name }: Vnet, subnet?: string): Promise<void> {
  const infras = (await records.list(infraKind, namespace)).filter(({ doc }) => doc.nodes.some((node) => node.vnet === name && (subnet === undefined || node.subnet === subnet)))
  if (infras.length > 0) throw new Problem('IN_USE', `cannot delete ${subnet === undefined ? `vNet (${name})` : `subnet (${subnet})`}: in use by nodes of infra ${infras.map(({ id }) => id).join(', ')}; delete the infra first`)
}

/** @param what what is refused */
async function refuseUsed({ records }: Transaction, namespace: string, { uid }: Vnet, what: string): Promise<void> {
  const users = (await records.list(vpnKind, namespace)).filter(({ doc }) => doc.sites.some((site) => site.uid === uid))
  if (users.length > 0) throw new Problem('IN_USE', `cannot ${what}: in use by VPN ${users.map(({ id }) => id).join(', ')}; delete the VPN first`)
}
