import { blocksOf, inAddressOrder, knownText, nameInSite, textOf, textsOf, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'

/** The VPCs of a set, made or looked up. */
export function networks(resources: ResourceSet): NetworkView[] {
  return ['', 'data.'].flatMap((mode) => resources.ofType(`${mode}aws_vpc`).map((vpc) => viewOf(resources, vpc, mode)))
}

function viewOf(resources: ResourceSet, vpc: ResourceView, mode: string): NetworkView {
  const inVpc = (type: string): ResourceView[] => resources.ofType(`${mode}${type}`).filter(({ values }) => resources.follow(values['vpc_id'], vpc.type) === vpc)
  const associations = [...blocksOf(vpc.values['cidr_block_associations']).filter(({ state }) => state === undefined || state === 'associated'), ...inVpc('aws_vpc_ipv4_cidr_block_association').map(({ values }) => values)]
  const blocks = [vpc.values, ...associations].flatMap((values) => textOf(values['cidr_block']) ?? [])
  const tables = mode === '' ? inVpc('aws_route_table').flatMap(({ values }) => textOf(values['id']) ?? []) : inVpc('aws_route_tables').flatMap(({ values }) => textsOf(values['ids']))
  return {
    cloud: 'aws',
    site: vpc.name,
    address: vpc.address,
    id: knownText(resources, vpc, 'id'),
    name: nameTag(vpc) ?? '',
    cidrs: [...new Set(blocks)],
    subnets: inAddressOrder(inVpc('aws_subnet').flatMap((subnet) => subnetOf(resources, subnet, vpc))),
    details: tables.length > 0 ? { routeTableIds: tables.toSorted() } : {},
  }
}

function subnetOf(resources: ResourceSet, subnet: ResourceView, vpc: ResourceView): SubnetView[] {
  const cidr = textOf(subnet.values['cidr_block'])
  if (cidr === undefined) return []
  const zone = textOf(subnet.values['availability_zone'])
  return [{ name: nameInSite(subnet, vpc) ?? nameTag(subnet) ?? '', id: knownText(resources, subnet, 'id'), cidr, ...(zone === undefined ? {} : { zone }) }]
}

function nameTag({ values }: ResourceView): string | undefined {
  const tags = values['tags']
  return typeof tags === 'object' && tags !== null && 'Name' in tags ? textOf(tags.Name) : undefined
}
