import { adoptedFields, eachValue, lacking, notApplied, parseCidr, ref, textOf, textsOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkReference, type NetworkView, type SubnetView } from '@isthmus/core'
import { ibmFacts } from './facts.ts'
import type { IbmOptions } from './options.ts'

/** VPCs that are there already. */
export const existing: ExistingNetworks<IbmOptions> = {
  id: { pattern: /^[-\w]{1,64}$/, example: 'r006-4727d842-f94f-4a2d-824a-9bc9b02c523b' },
  lookup,
  // terraform-provider-ibm@14de275, ibm/service/vpc/data_source_ibm_is_vpc.go; the rest is the cloud's own text.
  missing: /GetVPCWithContext failed: .*not[ _]found/i,
  adopt,
}

function lookup({ name, id }: NetworkReference<IbmOptions>): Fragment {
  const vpc = `data.ibm_is_vpc.${name}`
  return {
    resources: [
      { type: 'ibm_is_vpc', name, mode: 'data', body: { identifier: id } },
      { type: 'ibm_is_subnet', name, mode: 'data', forEach: ref(vpc, 'subnets', '*', 'id'), body: { identifier: eachValue } },
      { type: 'ibm_is_vpc_address_prefixes', name, mode: 'data', body: { vpc: ref(vpc, 'id') } },
    ],
    exports: { vpc_id: ref(vpc, 'id'), vpc_crn: ref(vpc, 'crn'), routing_table_id: ref(vpc, 'default_routing_table') },
  }
}

/** The gateway wants an empty subnet to itself, and static routes go to the one routing table of all others. */
function adopt(view: NetworkView): Adopted {
  const [vpc, vpcCrn] = [textOf(view.id), textOf(view.details['crn'])]
  if (vpc === undefined || vpcCrn === undefined) return notApplied(view)
  const gateway = gatewaySubnetOf(view)
  const longest = ibmFacts.network.gatewaySubnet?.value.maxPrefix
  if (!gateway) return lacking(view, 'no subnet that a gateway could have to itself', `add an empty subnet of /${longest} or larger, named gateway if there are other empty ones`)
  const tables = tablesOf(view, gateway)
  const [routingTable = textOf(view.details['defaultRoutingTable']), ...others] = tables
  if (routingTable === undefined) return notApplied(view)
  if (others.length > 0) return lacking(view, `subnets with ${tables.length} routing tables`, 'give all subnets with workloads one routing table')
  return adoptedFields(view, { existing: { vpc, vpcCrn, routingTable, gatewaySubnet: textOf(gateway.id) } }, gateway)
}

/** One that is named for it, or else the smallest. One subnet at least is left for workloads. */
function gatewaySubnetOf(view: NetworkView): SubnetView | undefined {
  const empty = textsOf(view.details['emptySubnets'])
  const usable = view.subnets.filter(({ id, cidr }) => empty.includes(textOf(id) ?? '') && prefixOf(cidr) <= (ibmFacts.network.gatewaySubnet?.value.maxPrefix ?? 28))
  if (view.subnets.length < 2) return undefined
  return usable.find(({ name }) => /(?:^|-)gateway$/.test(name)) ?? usable.toSorted((a, b) => prefixOf(b.cidr) - prefixOf(a.cidr))[0]
}

function tablesOf(view: NetworkView, gateway: SubnetView): string[] {
  const tables: unknown = view.details['routingTables']
  if (typeof tables !== 'object' || tables === null) return []
  return [...new Set(Object.entries(tables).flatMap(([subnet, table]) => (subnet === gateway.id ? [] : (textOf(table) ?? []))))].toSorted()
}

function prefixOf(cidr: string): number {
  const parsed = parseCidr(cidr)
  return parsed.ok ? parsed.cidr.prefix : Number.POSITIVE_INFINITY
}
