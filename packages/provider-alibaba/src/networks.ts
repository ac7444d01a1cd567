import { blocksOf, inAddressOrder, knownText, nameInSite, textOf, textsOf, type NetworkView, type ResourceSet, type ResourceView, type SubnetView } from '@isthmus/core'
import { isSpare } from './gateway-vswitches.ts'

type Block = Readonly<Record<string, unknown>>

/** The VPCs of a set, made or looked up. */
export function networks(resources: ResourceSet): NetworkView[] {
  return [...resources.ofType('alicloud_vpc').map((vpc) => madeView(resources, vpc)), ...resources.ofType('data.alicloud_vpcs').flatMap((found) => foundView(resources, found))]
}

function madeView(resources: ResourceSet, vpc: ResourceView): NetworkView {
  const inVpc = (type: string): ResourceView[] => resources.ofType(type).filter(({ values }) => resources.follow(values['vpc_id'], vpc.type) === vpc)
  const further = inVpc('alicloud_vpc_ipv4_cidr_block').map(({ values }) => values['secondary_cidr_block'])
  return {
    cloud: 'alibaba',
    site: vpc.name,
    address: vpc.address,
    id: knownText(resources, vpc, 'id'),
    name: knownText(resources, vpc, 'vpc_name'),
    cidrs: cidrsOf(vpc.values, further),
    subnets: inAddressOrder(inVpc('alicloud_vswitch').flatMap((vswitch) => subnetOf(vswitch.values, knownText(resources, vswitch, 'id'), nameInSite(vswitch, vpc)))),
    details: {},
  }
}

/** A data source that found nothing gives no view. */
function foundView(resources: ResourceSet, found: ResourceView): NetworkView[] {
  const listed = (type: string, name: string): Block[] => resources.ofType(`data.${type}`).filter((each) => each.name === found.name).flatMap(({ values }) => blocksOf(values[name]))
  const custom = listed('alicloud_route_tables', 'tables').filter((table) => table['route_table_type'] === 'Custom').flatMap((table) => textOf(table['route_table_id']) ?? [])
  return blocksOf(found.values['vpcs']).flatMap((vpc) => {
    const id = textOf(vpc['vpc_id'])
    if (id === undefined) return []
    return [{
      cloud: 'alibaba',
      site: found.name,
      address: found.address,
      id,
      name: textOf(vpc['vpc_name']) ?? '',
      cidrs: cidrsOf(vpc),
      subnets: inAddressOrder(listed('alicloud_vswitches', 'vswitches').filter((vswitch) => vswitch['vpc_id'] === id).flatMap((vswitch) => subnetOf(vswitch, textOf(vswitch['vswitch_id']) ?? ''))),
      details: custom.length > 0 ? { routeTableIds: custom.toSorted() } : {},
    }]
  })
}

function cidrsOf(vpc: Block, further: readonly unknown[] = []): string[] {
  const blocks = [vpc['cidr_block'], ...textsOf(vpc['secondary_cidr_blocks']), ...further]
  return [...new Set(blocks.flatMap((block) => textOf(block) ?? []))]
}

function subnetOf(vswitch: Block, id: SubnetView['id'], ownName?: string): SubnetView[] {
  const cidr = textOf(vswitch['cidr_block'])
  if (cidr === undefined) return []
  const zone = textOf(vswitch['zone_id'])
  const purpose = ownName !== undefined && isSpare(ownName, cidr) ? { purpose: 'gateway' as const } : {}
  return [{ name: ownName ?? textOf(vswitch['vswitch_name']) ?? '', id, cidr, ...(zone === undefined ? {} : { zone }), ...purpose }]
}
