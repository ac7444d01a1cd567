import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { stated } from '../condition/condition.ts'
import { Problem } from '../http/problem.ts'
import { newUid } from '../identity/uid.ts'
import { getNamespace } from '../namespace/namespace.ts'
import type { Records, Stored } from '../store/index.ts'
import { getVnet, inNamesOf } from '../vnet/vnet-records.ts'
import type { Vnet } from '../vnet/vnet.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { isAboutNumberOfPeer, refuseOtherSettings } from './gateway-settings.ts'
import { gatewaySubnetOf, refusalOf } from './gateway-subnet.ts'
import { grantWishes, type InsideWish } from './inside-wishes.ts'
import { planRecords } from './plan-records.ts'
import { harmless, planVpn, type VpnPlan } from './vpn-plan.ts'
import { vpnKind, type Vpn, type VpnSite } from './vpn.ts'

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
  /** Blocks that are wanted for the insides of the tunnels. */
  readonly insideWishes?: readonly InsideWish[]
}

/** A VPN as it goes on record before anything of it is made. */
export interface VpnDraft {
  readonly vpn: Vpn
  /** The vNets at its ends that it changes. */
  readonly vnets: readonly { readonly stored: Stored<Vnet>; readonly doc: Vnet }[]
  readonly plan: VpnPlan
}

/** An end of the VPN, and its vNet with the subnet that the gateway will need. */
interface DraftEnd {
  readonly site: VpnSite
  readonly stored: Stored<Vnet>
  readonly doc: Vnet
  readonly remarks: readonly string[]
}

/**
 * Works a VPN out completely, together with all VPNs that it shares a vNet with. Puts nothing on record.
 *
 * @throws Problem FINDINGS, NOT_FOUND for a vNet, ALREADY_EXISTS, CONFLICT, PARAMETER_INVALID
 */
export async function draftVpn(parts: WorkParts, records: Records, namespace: string, order: VpnOrder): Promise<VpnDraft> {
  const { clouds, now } = parts
  if (await records.get(vpnKind, namespace, order.name)) throw new Problem('ALREADY_EXISTS', `already exists, vpn: ${order.name}`)
  const [one, other] = [await endOf(parts, records, namespace, order.ends[0]), await endOf(parts, records, namespace, order.ends[1])]
  const [a, b] = [one.site, other.site]
  if (a.uid === b.uid) throw new Problem('PARAMETER_INVALID', `site2: vNet ${a.vnet} cannot be linked to itself; name another vNet`)
  await refuseSecond(records, namespace, a, b)
  refuseTwoHolders(clouds, a, b)
  const cloudOf = ({ connection }: VpnSite): string => clouds.connection(connection)?.cloud ?? connection
  const vpn: Vpn = {
    name: order.name,
    uid: newUid(),
    description: `VPN between ${cloudOf(a)} and ${cloudOf(b)}`,
    sites: [a, b],
    ...(order.routing === undefined ? {} : { routing: order.routing }),
    generation: order.generation ?? 'vnet',
    tunnels: [],
    conditions: stated([], now().toISOString(), { Ready: { status: 'False', reason: 'Creating' } }),
    message: '',
  }
  const changed = [one, other].filter(({ stored, doc }) => doc !== stored.doc)
  const routed = await routedVpn(parts, records, namespace, vpn, changed.map(({ doc }) => doc))
  const { inside, remarks } = grantWishes(order.insideWishes ?? [], routed.plan, clouds.providers)
  const told = [...one.remarks, ...other.remarks, ...remarks].map((remark) => inNamesOf(remark, [one.doc, other.doc]))
  const wished: Vpn = { ...routed.vpn, ...(Object.keys(inside).length > 0 ? { inside: { ...inside } } : {}), ...(told.length > 0 ? { remarks: told } : {}) }
  return { vpn: wished, vnets: changed, plan: routed.plan }
}

/** @throws Problem PARAMETER_INVALID: a run has the credentials of one holder */
function refuseTwoHolders(clouds: CloudCatalogue, one: VpnSite, other: VpnSite): void {
  const [first, second] = [clouds.holderOf(one.connection), clouds.holderOf(other.connection)]
  if (first === second) return
  const { cloud, region } = clouds.connection(other.connection) ?? {}
  const way = clouds.connections(first).find((item) => item.cloud === cloud && item.region === region)?.name
  throw new Problem('PARAMETER_INVALID', `site2: vNet ${other.vnet} belongs to the credential holder ${second} and vNet ${one.vnet} to ${first}, and a VPN is made with the credentials of one; register the network of ${other.vnet} once more through the connection ${way}, give ${first} access to it, and name that vNet`)
}

/** @throws Problem CONFLICT: two vNets have one link */
async function refuseSecond(records: Records, namespace: string, a: VpnSite, b: VpnSite): Promise<void> {
  const first = (await records.list(vpnKind, namespace)).find(({ doc }) => [a, b].every(({ uid }) => doc.sites.some((site) => site.uid === uid)))
  if (first) throw new Problem('CONFLICT', `site2: vNets ${a.vnet} and ${b.vnet} have VPN ${first.id} already, and need no other; use that one, or delete it first`)
}

/**
 * Plans a VPN as its namespace is.
 *
 * @param changed vNets that are not on record in this form yet
 * @throws Problem FINDINGS, CONFLICT
 */
export async function checkVpn({ clouds }: WorkParts, records: Records, namespace: string, vpn: Vpn, changed: readonly Vnet[] = []): Promise<VpnPlan> {
  const owner = await getNamespace(records, namespace)
  const known = await planRecords(records, namespace)
  for (const site of vpn.sites) refuseOtherSettings(site, known.vpns.filter(({ uid }) => uid !== vpn.uid))
  const vnets = known.vnets.map((vnet) => changed.find(({ uid }) => uid === vnet.uid) ?? vnet)
  return harmless(planVpn({ ...known, order: owner.doc.order, vpn, vnets, clouds }))
}

/** The VPN as it can be made: by static routes where only the number of one end keeps BGP from it. @throws Problem FINDINGS */
async function routedVpn(parts: WorkParts, records: Records, namespace: string, vpn: Vpn, changed: readonly Vnet[]): Promise<Pick<VpnDraft, 'vpn' | 'plan'>> {
  try {
    return { vpn, plan: await checkVpn(parts, records, namespace, vpn, changed) }
  } catch (error) {
    if (vpn.routing !== undefined || !isAboutNumberOfPeer(error)) throw error
    const routed: Vpn = { ...vpn, routing: 'static' }
    return checkVpn(parts, records, namespace, routed, changed).then((plan) => ({ vpn: routed, plan }), () => Promise.reject(error))
  }
}

async function endOf({ clouds }: WorkParts, records: Records, namespace: string, { vnet, settings, gatewaySubnet }: VpnEndOrder): Promise<DraftEnd> {
  const stored = await getVnet(records, namespace, vnet)
  if (stored.doc.origin === 'registered' && !stored.doc.adopted) throw new Problem(stored.doc.unsuitable === undefined ? 'CONFLICT' : 'FINDINGS', `vNet ${vnet} cannot have a VPN: ${stored.doc.unsuitable ?? 'it is being registered'}`)
  const connection = clouds.connection(stored.doc.connection)
  const facts = connection && clouds.networkFacts(connection.cloud)
  const refusal = facts?.gatewaySubnet && stored.doc.adopted && gatewaySubnet ? refusalOf(stored.doc, facts, gatewaySubnet) : undefined
  const block = facts && gatewaySubnetOf(stored.doc, facts, refusal === undefined ? gatewaySubnet : '')
  const doc = block === undefined || block === stored.doc.gatewaySubnet ? stored.doc : { ...stored.doc, gatewaySubnet: block }
  const remarks = refusal === undefined || block === undefined ? [] : [`the gateway of vNet ${vnet} is in ${block} and not in ${JSON.stringify(gatewaySubnet)}: ${refusal.replace(/\.$/, '')}.`]
  return { stored, doc, remarks, site: { vnet, uid: stored.doc.uid, connection: stored.doc.connection, settings: { ...settings }, resources: [] } }
}
