import { Cidr } from '@isthmus/core'
import { z } from 'zod'
import { Problem } from '../../http/problem.ts'
import { newUid } from '../../identity/uid.ts'
import { getNamespace } from '../../namespace/namespace.ts'
import type { Executor, Run, RunContext } from '../../runs/index.ts'
import type { Transaction } from '../../store/index.ts'
import { defaultTemplate, systemNamespace, templateKind, type VnetPolicy } from '../../template/template.ts'
import { bringVnet } from '../../vnet/run/apply.ts'
import { vnetEnded } from '../../vnet/run/ended.ts'
import { vnetKind, type Vnet } from '../../vnet/vnet.ts'
import { deletedMeanwhile, isKept, newVnet } from '../../vnet/vnet-records.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { infraKind, sharedVnetName, type Infra, type Node, type NodeGroup } from '../infra.ts'
import { sharedAddresses } from '../shared-vnet.ts'

const payloadSchema = z.object({ namespace: z.string(), infra: z.string() })

/** Addresses at the beginning of a subnet that no node gets: clouds keep up to four, and the gateway's is among them. */
const firstHost = 4

/** Makes the vNets that the nodes of an infra share, where they are not there yet, and puts simulated nodes on them. */
export function createInfra(parts: WorkParts): Executor {
  return {
    async execute(context) {
      const { namespace, infra: id } = payloadSchema.parse(context.run.payload)
      const found = await parts.store.records.get(infraKind, namespace, id)
      if (!found) throw new Problem('NOT_FOUND', `The infra ${id} does not exist.`)
      await recordingFailure(context, {
        work: async () => {
          const vnets: Vnet[] = []
          for (const group of found.doc.groups) vnets.push(await sharedVnet(parts, context, namespace, found.doc, group))
          await putNodes(context, namespace, id, vnets)
        },
        record: (message) => change(context, namespace, id, (infra) => ({ ...infra, status: 'Failed', message })),
      })
      return { infra: id }
    },
  }
}

/** Leaves no infra on record, and none of the vNets that its nodes were to share, that seems to be on its way while no run is at work on it. */
export function infraEnded(parts: WorkParts): (tx: Transaction, run: Run) => Promise<void> {
  return async (tx, run) => {
    if (run.state === 'done') return
    const { namespace, infra } = payloadSchema.parse(run.payload)
    const found = await tx.records.get(infraKind, namespace, infra)
    if (!found) return
    if (found.doc.status === 'Creating') await tx.records.update(infraKind, found, { ...found.doc, status: 'Failed', message: run.error?.message ?? 'the run was given up' })
    const shared = new Set(found.doc.groups.map(({ connection }) => sharedVnetName(namespace, connection)))
    for (const vnet of shared) await vnetEnded(parts)(tx, { ...run, payload: { namespace, vnet } })
  }
}

async function sharedVnet(parts: WorkParts, context: RunContext, namespace: string, infra: Infra, { connection }: NodeGroup): Promise<Vnet> {
  const name = sharedVnetName(namespace, connection)
  const { order } = await context.transaction(async ({ records }) => {
    const owner = await getNamespace(records, namespace)
    if (!(await records.get(vnetKind, namespace, name))) {
      const known = parts.clouds.connection(connection)
      const facts = known && parts.clouds.networkFacts(known.cloud)
      if (!facts) throw new Problem('CONFLICT', `the connection ${connection} does not exist`)
      const policy = (await records.get(templateKind, namespace, infra.template) ?? await records.get(templateKind, systemNamespace, infra.template))?.doc.policy ?? defaultPolicy
      const taken = (await records.list(vnetKind, namespace)).flatMap(({ doc }) => [doc.cidr, ...doc.subnets.map(({ cidr }) => cidr)])
      const { cidr, subnets } = sharedAddresses(name, policy, facts, known.zones, taken)
      await records.insert(vnetKind, namespace, name, newVnet({ name, connection, cidr, subnets, origin: 'shared' }, parts.now().toISOString()))
    }
    return owner.doc
  })
  const stored = await parts.store.records.get(vnetKind, namespace, name)
  if (!stored) throw deletedMeanwhile(name)
  if (stored.doc.csp.id === '') await bringVnet(parts, context, { namespace, order, stored })
  return (await parts.store.records.get(vnetKind, namespace, name))?.doc ?? stored.doc
}

const defaultPolicy: VnetPolicy = defaultTemplate.policy ?? { cidrBlock: 'auto', subnetCount: 2, multiZone: true, dedicated: false }

/** Puts the nodes of an infra on its vNets, at addresses that no node of the namespace has. @param vnets one for each group */
async function putNodes(context: RunContext, namespace: string, id: string, vnets: readonly Vnet[]): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(infraKind, namespace, id)
    if (!found) return
    const others = (await records.list(infraKind, namespace)).flatMap((other) => (other.id === id ? [] : other.doc.nodes))
    const nodes: Node[] = []
    for (const [index, group] of found.doc.groups.entries()) {
      const vnet = vnets[index]
      if (!vnet) continue
      if (!isKept((await records.get(vnetKind, namespace, vnet.name))?.doc, vnet)) throw deletedMeanwhile(vnet.name)
      nodes.push(...nodesOf(group, vnet, [...others, ...nodes]))
    }
    await records.update(infraKind, found, { ...found.doc, nodes, status: 'Running', message: '' })
  })
}

function nodesOf(group: NodeGroup, vnet: Vnet, others: readonly Node[]): Node[] {
  const [subnet] = vnet.subnets
  if (!subnet) return []
  const free = freeHosts(Cidr.of(subnet.cidr), new Set(others.filter((node) => node.vnet === vnet.name).map(({ privateIp }) => privateIp)), group.size)
  if (free.length < group.size) throw new Problem('CONFLICT', `nodeGroups: subnet ${subnet.name} of vNet ${vnet.name} (${subnet.cidr}) has no room for ${group.size} more nodes`)
  return free.map((privateIp, index) => ({
    name: `${group.name}-${index + 1}`,
    uid: newUid(),
    group: group.name,
    connection: group.connection,
    vnet: vnet.name,
    subnet: subnet.name,
    privateIp,
    publicIp: '',
    spec: group.spec,
    image: group.image,
  }))
}

/** The first addresses of a subnet that no node has; its last one is for broadcasts. */
function freeHosts(subnet: Cidr, used: ReadonlySet<string>, count: number): string[] {
  const free: string[] = []
  for (let offset = firstHost; free.length < count && BigInt(offset) < subnet.last - subnet.first; offset += 1) {
    const address = subnet.host(offset).toString()
    if (!used.has(address)) free.push(address)
  }
  return free
}

async function change(context: RunContext, namespace: string, id: string, changed: (infra: Infra) => Infra): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(infraKind, namespace, id)
    if (found) await records.update(infraKind, found, changed(found.doc))
  })
}
