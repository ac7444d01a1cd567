import { blocksOf, inAddressOrder, knownText, nameInSite, textOf, type NetworkDetail, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'
import { ibmFacts } from './facts.ts'

/** The VPCs of a set, made or looked up, with their address prefixes; where none is at hand, the ranges of the subnets stand for them. */
export function networks(resources: ResourceSet): NetworkView[] {
  return ['', 'data.'].flatMap((mode) => resources.ofType(`${mode}ibm_is_vpc`).map((vpc) => viewOf(resources, vpc, mode)))
}

function viewOf(resources: ResourceSet, vpc: ResourceView, mode: string): NetworkView {
  const inVpc = (type: string): ResourceView[] => resources.ofType(`${mode}${type}`).filter(({ values }) => resources.follow(values['vpc'], vpc.type) === vpc)
  const own = inVpc('ibm_is_subnet')
  const subnets = inAddressOrder(own.flatMap((subnet) => subnetOf(resources, subnet, vpc)))
  const listed = inVpc('ibm_is_vpc_address_prefixes').flatMap(({ values }) => blocksOf(values['address_prefixes']))
  const prefixes = [...inVpc('ibm_is_vpc_address_prefix').map(({ values }) => values), ...listed].flatMap((values) => textOf(values['cidr']) ?? [])
  return {
    cloud: 'ibm',
    site: vpc.name,
    address: vpc.address,
    id: knownText(resources, vpc, 'id'),
    name: mode === '' ? knownText(resources, vpc, 'name') : (textOf(vpc.values['resource_name']) ?? ''),
    cidrs: prefixes.length > 0 ? inAddressOrder(prefixes.map((cidr) => ({ name: '', id: '', cidr }))).map(({ cidr }) => cidr) : subnets.map(({ cidr }) => cidr),
    subnets,
    details: detailsOf(vpc, own),
  }
}

function subnetOf(resources: ResourceSet, subnet: ResourceView, vpc: ResourceView): SubnetView[] {
  const cidr = textOf(subnet.values['ipv4_cidr_block'])
  if (cidr === undefined) return []
  const zone = textOf(subnet.values['zone'])
  const name = nameInSite(subnet, vpc)
  return [{ name: name ?? textOf(subnet.values['name']) ?? '', id: knownText(resources, subnet, 'id'), cidr, ...(zone === undefined ? {} : { zone }) }]
}

function detailsOf(vpc: ResourceView, subnets: readonly ResourceView[]): Record<string, NetworkDetail> {
  const [crn, table] = [textOf(vpc.values['crn']), textOf(vpc.values['default_routing_table'])]
  const known = subnets.flatMap((subnet) => { const id = textOf(subnet.values['id']); return id === undefined ? [] : [{ id, values: subnet.values }] })
  return {
    ...(crn === undefined ? {} : { crn }),
    ...(table === undefined ? {} : { defaultRoutingTable: table }),
    ...(known.length === 0 ? {} : {
      routingTables: Object.fromEntries(known.flatMap(({ id, values }) => { const own = routingTable(values['routing_table']); return own === undefined ? [] : [[id, own]] })),
      emptySubnets: known.filter(({ values }) => isEmpty(values)).map(({ id }) => id),
    }),
  }
}

/** A resource names it, a data source has it in a block. */
function routingTable(value: unknown): string | undefined {
  return typeof value === 'string' ? textOf(value) : textOf(blocksOf(value)[0]?.['id'])
}

function isEmpty(values: Readonly<Record<string, unknown>>): boolean {
  return Number(values['available_ipv4_address_count']) === Number(values['total_ipv4_address_count']) - ibmFacts.network.subnet.reservedAddresses.value
}
