import { IsthmusError, networkExport, ref, type Fragment, type Resource, type Site, type Subnet, type Value } from '@isthmus/core'
import type { AwsOptions } from './options.ts'

/** A route table that learns the routes of links. */
export interface RouteTable {
  /** Ends the names of resources made per route table; empty for the only one of a network of our own. */
  readonly suffix: string
  readonly id: Value
}

/** The site's VPC, subnets and one route table for them. */
export function network(site: Site<AwsOptions>): Fragment {
  const { existing } = site.options
  if (existing) {
    const { vpcId, routeTableIds, subnetIds } = existing
    return { resources: [], exports: networkExports(vpcId, routeTableIds, subnetIds ?? []) }
  }
  const [primary, ...secondary] = site.cidrs
  if (!primary) throw new IsthmusError('CONTRACT_BROKEN', `site ${site.name} has no address block, and a VPC needs one`)
  const workloads = site.subnets.filter((subnet) => subnet.purpose === 'workload')
  const vpc = `aws_vpc.${site.name}`
  const blocks = secondary.map((cidr) => ({
    type: 'aws_vpc_ipv4_cidr_block_association',
    name: `${site.name}--${dashed(cidr.toString())}`,
    body: { vpc_id: ref(vpc, 'id'), cidr_block: cidr.toString() },
  }))
  return {
    resources: [
      {
        type: 'aws_vpc',
        name: site.name,
        body: { cidr_block: primary.toString(), enable_dns_support: true, enable_dns_hostnames: true, tags: tags(site, site.label) },
      },
      ...blocks,
      { type: 'aws_route_table', name: site.name, body: { vpc_id: ref(vpc, 'id'), tags: tags(site, site.label) } },
      ...workloads.flatMap((subnet) => subnetResources(site, subnet, blocks.map((block) => `${block.type}.${block.name}`))),
    ],
    exports: networkExports(
      ref(vpc, 'id'),
      [ref(`aws_route_table.${site.name}`, 'id')],
      onePerZone(site, workloads).map((subnet) => ref(`aws_subnet.${subnetName(site, subnet)}`, 'id')),
    ),
  }
}

/** The route tables that must know where the links lead. */
export function routeTables(site: Site<AwsOptions>): RouteTable[] {
  const { existing } = site.options
  if (!existing) return [{ suffix: '', id: networkExport(site, 'route_table_id') }]
  return existing.routeTableIds.map((id) => ({ suffix: `--${id}`, id }))
}

/** The user's tags and a `Name`. */
export function tags(site: Site<AwsOptions>, name: string): Value {
  return { ...site.options.tags, Name: name }
}

/** A prefix as part of a resource name: `10.1.0.0/16` becomes `10-1-0-0-16`. */
export function dashed(prefix: string): string {
  return prefix.replace(/[.:/]/g, '-')
}

function networkExports(vpc: Value, tables: readonly Value[], subnets: readonly Value[]): Record<string, Value> {
  return { vpc_id: vpc, route_table_id: tables[0] ?? null, route_table_ids: tables, attachment_subnet_ids: subnets }
}

function subnetResources(site: Site<AwsOptions>, subnet: Subnet, blocks: readonly string[]): Resource[] {
  const name = subnetName(site, subnet)
  return [
    {
      type: 'aws_subnet',
      name,
      body: {
        vpc_id: ref(`aws_vpc.${site.name}`, 'id'),
        cidr_block: subnet.cidr.toString(),
        availability_zone: zoneOf(site, subnet),
        tags: tags(site, `${site.label}--${subnet.name}`),
      },
      // A subnet in a secondary block of its VPC is refused until the block is there.
      ...(blocks.length > 0 ? { dependsOn: blocks } : {}),
    },
    {
      type: 'aws_route_table_association',
      name,
      body: { subnet_id: ref(`aws_subnet.${name}`, 'id'), route_table_id: ref(`aws_route_table.${site.name}`, 'id') },
    },
  ]
}

function subnetName(site: Site<AwsOptions>, subnet: Subnet): string {
  return `${site.name}--${subnet.name}`
}

function zoneOf(site: Site<AwsOptions>, subnet: Subnet): string | null {
  return subnet.zone ?? site.zones[0] ?? null
}

/** A transit gateway attaches to at most one subnet per zone (Amazon VPC Transit Gateways, "VPC attachments"). */
function onePerZone(site: Site<AwsOptions>, subnets: readonly Subnet[]): Subnet[] {
  const first = new Map<string | null, Subnet>()
  for (const subnet of subnets) {
    const zone = zoneOf(site, subnet)
    if (!first.has(zone)) first.set(zone, subnet)
  }
  return [...first.values()]
}
