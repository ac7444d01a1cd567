import { Problem } from '../http/problem.ts'
import { newUid } from '../identity/uid.ts'
import type { Run } from '../runs/index.ts'
import type { Records, Stored } from '../store/index.ts'
import { defaultTemplate, systemNamespace, templateKind } from '../template/template.ts'
import { vnetKind, type Vnet } from '../vnet/vnet.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { infraKind, type Infra, type NodeGroup } from './infra.ts'

/** An infra that is asked for. */
export interface InfraOrder {
  readonly name: string
  readonly description: string
  readonly template: string
  readonly groups: readonly NodeGroup[]
}

/** Sets of nodes. Only simulated clouds have nodes: the gateway makes networks, and no machines. */
export class Infras {
  readonly #parts: WorkParts
  readonly #simulated: boolean

  constructor(parts: WorkParts, simulated: boolean) {
    this.#parts = parts
    this.#simulated = simulated
  }

  list(namespace: string): Promise<readonly Stored<Infra>[]> {
    return this.#parts.store.records.list(infraKind, namespace)
  }

  find(namespace: string, id: string): Promise<Stored<Infra> | undefined> {
    return this.#parts.store.records.get(infraKind, namespace, id)
  }

  /** @throws Problem NOT_FOUND in the words that clients of the peers know */
  async get(namespace: string, id: string): Promise<Stored<Infra>> {
    const found = await this.find(namespace, id)
    if (!found) throw new Problem('NOT_FOUND', `The infra ${id} does not exist.`)
    return found
  }

  /** vNets on which an infra has nodes, each once. */
  async vnetsOf(namespace: string, infra: Infra): Promise<Stored<Vnet>[]> {
    const names = [...new Set(infra.nodes.map(({ vnet }) => vnet))]
    const found = await Promise.all(names.map((name) => this.#parts.store.records.get(vnetKind, namespace, name)))
    return found.flatMap((vnet) => (vnet ? [vnet] : []))
  }

  /** @throws Problem NOT_IMPLEMENTED on real clouds, ALREADY_EXISTS, PARAMETER_INVALID for a connection or a template that is not there */
  async create(namespace: string, order: InfraOrder): Promise<Run> {
    if (!this.#simulated) throw new Problem('NOT_IMPLEMENTED', 'this gateway makes networks and no machines: on real clouds create the vNets with POST resources/vNet, or register those there are, and name them in the VPN')
    for (const { connection } of order.groups) if (!this.#parts.clouds.connection(connection)) throw new Problem('PARAMETER_INVALID', `nodeGroups: the connection ${connection} does not exist; specId begins with a cloud and a region, such as ${this.#example()}`)
    return this.#parts.store.transaction(async (tx) => {
      if (await tx.records.get(infraKind, namespace, order.name)) throw new Problem('ALREADY_EXISTS', `The infra ${order.name} already exists.`)
      await requirePolicy(tx.records, namespace, order.template)
      await tx.records.insert(infraKind, namespace, order.name, { ...order, groups: [...order.groups], uid: newUid(), nodes: [], status: 'Creating', message: '' })
      return (await this.#parts.runs.submit(tx, { kind: 'infra.create', target: `infra/${namespace}/${order.name}`, payload: { namespace, infra: order.name } })).run
    })
  }

  /** Forgets an infra; the vNets that its nodes shared stay. @throws Problem NOT_FOUND, CONFLICT while it is being made */
  async remove(namespace: string, id: string): Promise<void> {
    if (await this.#parts.runs.active(`infra/${namespace}/${id}`)) throw new Problem('CONFLICT', `the infra ${id} is being made; try again when that is done`)
    const found = await this.get(namespace, id)
    await this.#parts.store.records.remove(infraKind, found)
  }

  #example(): string {
    const [first] = this.#parts.clouds.connections()
    return first ? `${first.cloud}+${first.region}+small` : 'cloud+region+small'
  }
}

/** @throws Problem PARAMETER_INVALID for a template that says nothing of the vNets that nodes need */
async function requirePolicy(records: Records, namespace: string, template: string): Promise<void> {
  if (template === defaultTemplate.name) return
  const found = (await records.get(templateKind, namespace, template)) ?? (await records.get(templateKind, systemNamespace, template))
  if (!found?.doc.policy) throw new Problem('PARAMETER_INVALID', `vNetTemplateId: the vNet template ${template} ${found ? 'holds a vNetReq; nodes need one that holds a vNetPolicy' : 'does not exist'}`)
}
