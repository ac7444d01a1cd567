import { IsthmusError, networkExport, ref, type Fragment, type Resource, type Site, type Subnet, type Value } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import type { TencentOptions } from './options.ts'

/** A route table that gets the routes to the peers. */
export interface RouteTable {
  /** Ends the names of resources made per route table; empty for the default one. */
  readonly suffix: string
  readonly id: Value
}

/** The site's VPC with its subnets, or what stands for them. Subnets use the route table that every VPC is born with. */
export function network(site: Site<TencentOptions>): Fragment {
  const { existing } = site.options
  if (existing) return existingNetwork(site, existing)
  const [primary, ...secondary] = site.cidrs
  if (!primary) throw new IsthmusError('CONTRACT_BROKEN', `site ${site.name} has no address block, and a VPC needs one`)
  const vpc = `tencentcloud_vpc.${site.name}`
  return {
    resources: [
      {
        type: 'tencentcloud_vpc',
        name: site.name,
        body: {
          name: site.label,
          cidr_block: primary.toString(),
          ...(secondary.length > 0 ? { assistant_cidrs: secondary.map(String) } : {}),
          ...tagged(site),
        },
      },
      ...site.subnets.filter((subnet) => subnet.purpose === 'workload').map((subnet) => subnetResource(site, subnet)),
    ],
    exports: { vpc_id: ref(vpc, 'id'), route_table_id: ref(vpc, 'default_route_table_id') },
  }
}

/** The route tables that must know where the links lead. */
export function routeTables(site: Site<TencentOptions>): RouteTable[] {
  const given = site.options.existing?.routeTableIds
  return given ? given.map((id) => ({ suffix: `--${id}`, id })) : [{ suffix: '', id: networkExport(site, 'route_table_id') }]
}

/** `tags` where the user gave some. */
export function tagged(site: Site<TencentOptions>): Readonly<Record<string, Value>> {
  return site.options.tags ? { tags: site.options.tags } : {}
}

function existingNetwork(site: Site<TencentOptions>, { vpcId, routeTableIds }: NonNullable<TencentOptions['existing']>): Fragment {
  const [first] = routeTableIds ?? []
  if (first !== undefined) return { resources: [], exports: { vpc_id: vpcId, route_table_id: first } }
  return {
    resources: [{ type: 'tencentcloud_vpc_route_tables', name: site.name, mode: 'data', body: { vpc_id: vpcId, association_main: true } }],
    exports: { vpc_id: vpcId, route_table_id: ref(`data.tencentcloud_vpc_route_tables.${site.name}`, 'instance_list', 0, 'route_table_id') },
  }
}

function subnetResource(site: Site<TencentOptions>, subnet: Subnet): Resource {
  const zone = subnet.zone ?? site.zones[0]
  if (zone === undefined) throw new IsthmusError('CONTRACT_BROKEN', `subnet ${subnet.name} of ${site.name} has no zone, and every subnet is in one`)
  return {
    type: 'tencentcloud_subnet',
    name: `${site.name}--${subnet.name}`,
    body: {
      name: cloudName(`${site.label}--${subnet.name}`),
      vpc_id: ref(`tencentcloud_vpc.${site.name}`, 'id'),
      cidr_block: subnet.cidr.toString(),
      availability_zone: zone,
      ...tagged(site),
    },
  }
}
