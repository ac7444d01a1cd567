import { blocksOf, inAddressOrder, knownText, nameInSite, textOf, textsOf, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'

type Block = Readonly<Record<string, unknown>>

/** The VPCs of a set, made or looked up. */
export function networks(resources: ResourceSet): NetworkView[] {
  return [...resources.ofType('tencentcloud_vpc').map((vpc) => madeView(resources, vpc)), ...resources.ofType('data.tencentcloud_vpc_instances').flatMap((found) => foundView(resources, found))]
}

function madeView(resources: ResourceSet, vpc: ResourceView): NetworkView {
  const subnets = resources.ofType('tencentcloud_subnet').filter(({ values }) => resources.follow(values['vpc_id'], vpc.type) === vpc)
  return {
    cloud: 'tencent',
    site: vpc.name,
    address: vpc.address,
    id: knownText(resources, vpc, 'id'),
    name: knownText(resources, vpc, 'name'),
    cidrs: cidrsOf(vpc.values, 'assistant_cidrs'),
    subnets: inAddressOrder(subnets.flatMap((subnet) => subnetOf(subnet.values, knownText(resources, subnet, 'id'), nameInSite(subnet, vpc)))),
    details: {},
  }
}

/** A data source that found nothing gives no view. */
function foundView(resources: ResourceSet, found: ResourceView): NetworkView[] {
  const listed = (type: string): Block[] => resources.ofType(`data.${type}`).filter((each) => each.name === found.name).flatMap(({ values }) => blocksOf(values['instance_list']))
  const tables = listed('tencentcloud_vpc_route_tables').flatMap((table) => textOf(table['route_table_id']) ?? [])
  return blocksOf(found.values['instance_list']).flatMap((vpc) => {
    const id = textOf(vpc['vpc_id'])
    if (id === undefined) return []
    return [{
      cloud: 'tencent',
      site: found.name,
      address: found.address,
      id,
      name: textOf(vpc['name']) ?? '',
      cidrs: cidrsOf(vpc, 'common_assistant_cidr'),
      subnets: inAddressOrder(listed('tencentcloud_vpc_subnets').filter((subnet) => subnet['vpc_id'] === id).flatMap((subnet) => subnetOf(subnet, textOf(subnet['subnet_id']) ?? ''))),
      details: tables.length > 0 ? { routeTableIds: tables.toSorted() } : {},
    }]
  })
}

function cidrsOf(vpc: Block, further: string): string[] {
  return [vpc['cidr_block'], ...textsOf(vpc[further])].flatMap((block) => textOf(block) ?? [])
}

function subnetOf(subnet: Block, id: SubnetView['id'], ownName?: string): SubnetView[] {
  const cidr = textOf(subnet['cidr_block'])
  if (cidr === undefined) return []
  const zone = textOf(subnet['availability_zone'])
  return [{ name: ownName ?? textOf(subnet['name']) ?? '', id, cidr, ...(zone === undefined ? {} : { zone }) }]
}
