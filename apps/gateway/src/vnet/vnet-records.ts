import type { NetworkView } from '@isthmus/core'
import { stated, statusOf, type Condition, type Statement } from '../condition/condition.ts'
import { isProblem, Problem } from '../http/problem.ts'
import { newUid } from '../identity/uid.ts'
import type { Records, Stored } from '../store/index.ts'
import { vnetKind, type Subnet, type Vnet } from './vnet.ts'

/** A subnet that is asked for. */
export interface SubnetOrder {
  readonly name: string
  readonly cidr: string
  readonly zone?: string | undefined
  readonly description?: string | undefined
}

/** A vNet that is asked for. */
export interface VnetOrder {
  readonly name: string
  readonly connection: string
  readonly cidr?: string | undefined
  readonly subnets: readonly SubnetOrder[]
  readonly description?: string | undefined
  readonly origin?: 'ordered' | 'shared'
}

/** A vNet as it goes on record before anything of it is made. */
export function newVnet({ name, connection, cidr = '', subnets, description = '', origin = 'ordered' }: VnetOrder, now: string): Vnet {
  const vnet: Vnet = { name, uid: newUid(), description, connection, cidr, subnets: subnets.map(newSubnet), origin, csp: { id: '', name: '' }, conditions: [], message: '' }
  return statedOf(vnet, now, { status: 'False', reason: 'Creating' })
}

export function newSubnet({ name, cidr, zone = '', description = '' }: SubnetOrder): Subnet {
  return { name, uid: newUid(), cidr, zone, description, csp: { id: '', name: '' }, conditions: [] }
}

/** @throws Problem NOT_FOUND in the words that clients of the peers know */
export async function getVnet(records: Records, namespace: string, id: string): Promise<Stored<Vnet>> {
  const found = await records.get(vnetKind, namespace, id)
  if (!found) throw new Problem('NOT_FOUND', `does not exist, vNet: ${id}`)
  return found
}

/** @throws Problem CONFLICT for a network that has a record in the namespace: no VPN could tell the two apart */
export async function refuseKnown(records: Records, namespace: string, { uid, connection, csp }: Vnet): Promise<void> {
  const known = (await records.list(vnetKind, namespace)).find(({ doc }) => doc.uid !== uid && doc.connection === connection && doc.csp.id === csp.id)
  if (known) throw new Problem('CONFLICT', `cspResourceId: ${csp.id} of ${connection} is vNet ${known.id} already; use that one, or deregister it first`)
}

/** A vNet and its subnets, with the same said of all of them. */
export function statedOf(vnet: Vnet, now: string, ready: Statement, synced: Statement = ready): Vnet {
  const own = (conditions: readonly Condition[]): Condition[] => stated(conditions, now, { Ready: ready, Synced: synced })
  const children: Statement = vnet.subnets.length === 0 ? { status: ready.status, reason: 'NoChildren' } : ready.status === 'True' ? { status: 'True', reason: 'AllReady' } : { status: ready.status, reason: ready.reason }
  return {
    ...vnet,
    subnets: vnet.subnets.map((subnet) => ({ ...subnet, conditions: own(subnet.conditions) })),
    conditions: stated(vnet.conditions, now, { Ready: ready, Synced: synced, ChildrenReady: children }),
    message: ready.status === 'True' ? '' : (ready.message ?? vnet.message),
  }
}

/** Whether what is on record under the name of a vNet is that vNet, and stays: it may have been deleted, or be on its way out. */
export function isKept(known: Vnet | undefined, { uid }: Vnet): known is Vnet {
  return known?.uid === uid && !['Deleting', 'Deregistering'].includes(statusOf(known.conditions))
}

/** What work says that finds its vNet not kept any more. */
export function deletedMeanwhile(name: string): Problem {
  return new Problem('CONFLICT', `vNet ${name} was deleted while it was needed`)
}

/** A vNet without the subnets that are to go. */
export function withoutDeleting(vnet: Vnet): Vnet {
  return { ...vnet, subnets: vnet.subnets.filter(({ conditions }) => statusOf(conditions) !== 'Deleting') }
}

/** A vNet with the names and ids that its cloud gave. */
export function namedByCloud(vnet: Vnet, view: NetworkView): Vnet {
  return {
    ...vnet,
    csp: { id: text(view.id), name: text(view.name) || text(view.id) },
    subnets: vnet.subnets.map((subnet): Subnet => {
      const found = view.subnets.find(({ name, cidr }) => [subnet.uid, subnet.name].includes(name) && cidr === subnet.cidr)
      return found ? { ...subnet, zone: subnet.zone || (found.zone ?? ''), csp: { id: text(found.id), name: found.name } } : subnet
    }),
  }
}

/** What a cloud told; empty while it is not known. */
export function text(value: NetworkView['id']): string {
  return typeof value === 'string' ? value : ''
}

/** A text of a plan in which vNets and subnets have the names that users gave them. */
export function inNamesOf(text: string, vnets: readonly Pick<Vnet, 'uid' | 'name' | 'subnets'>[]): string {
  return vnets.flatMap((vnet) => [vnet, ...vnet.subnets]).reduce((result, { uid, name }) => result.replaceAll(uid, () => name), text)
}

/** An error for whoever asked, in which vNets and subnets have the names that users gave them. */
export function errorInNamesOf(error: unknown, vnets: Parameters<typeof inNamesOf>[1]): unknown {
  // What may be left over is adopted under the name that its stack has.
  const isLeft = isProblem(error) && error.detail.findings?.some(({ code }) => code === 'LEFTOVER_POSSIBLE') === true
  return isProblem(error) && !isLeft ? new Problem(error.code, inNamesOf(error.message, vnets), error.detail) : error
}
