import { type Fragment, IsthmusError, ref, type Resource, type Site, type Subnet, type Value } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import type { IbmOptions } from './options.ts'

/** The site's VPC with an address prefix for each of its subnets, or the ids of what exists. */
export function network(site: Site<IbmOptions>): Fragment {
  const { existing } = site.options
  if (existing) {
    const { vpc, vpcCrn, routingTable, gatewaySubnet } = existing
    return { resources: [], exports: { vpc_id: vpc, vpc_crn: vpcCrn, routing_table_id: routingTable, gateway_subnet_id: gatewaySubnet } }
  }
  const gatewaySubnet = site.subnets.find((subnet) => subnet.purpose === 'gateway')
  if (!gatewaySubnet && !site.unlinked) throw new IsthmusError('CONTRACT_BROKEN', `Site ${site.name} reached the provider without a subnet for its gateway.`)
  const vpc = `ibm_is_vpc.${site.name}`
  return {
    resources: [
      { type: 'ibm_is_vpc', name: site.name, body: { name: site.label, address_prefix_management: 'manual', ...grouped(site), ...tagged(site) } },
      ...site.subnets.flatMap((subnet) => subnetResources(site, subnet)),
    ],
    exports: {
      vpc_id: ref(vpc, 'id'),
      vpc_crn: ref(vpc, 'crn'),
      routing_table_id: ref(vpc, 'default_routing_table'),
      ...(gatewaySubnet ? { gateway_subnet_id: ref(`ibm_is_subnet.${subnetName(site, gatewaySubnet)}`, 'id') } : {}),
    },
  }
}

/** Zones whose subnets send traffic into links; routes are per zone. */
export function workloadZones(site: Site<IbmOptions>): string[] {
  const zones = site.options.existing ? site.zones : site.subnets.filter((subnet) => subnet.purpose === 'workload').map((subnet) => zoneOf(site, subnet))
  return [...new Set(zones)].sort()
}

/** `resource_group` where the user named one. */
export function grouped(site: Site<IbmOptions>): Readonly<Record<string, Value>> {
  return site.options.resourceGroup ? { resource_group: site.options.resourceGroup } : {}
}

/** `tags` where the user gave some. */
export function tagged(site: Site<IbmOptions>): Readonly<Record<string, Value>> {
  return site.options.tags ? { tags: site.options.tags } : {}
}

function zoneOf(site: Site<IbmOptions>, subnet: Subnet): string {
  const zone = subnet.zone ?? site.zones[0]
  if (zone === undefined) throw new IsthmusError('CONTRACT_BROKEN', `Subnet ${subnet.name} of ${site.name} has no zone.`)
  return zone
}

function subnetName(site: Site<IbmOptions>, subnet: Subnet): string {
  return `${site.name}--${cloudName(subnet.name)}`
}

/**
 * A subnet and an address prefix of exactly its size. A prefix belongs to one zone and cannot change, so a larger one would
 * stand in the way of later subnets in other zones.
 */
function subnetResources(site: Site<IbmOptions>, subnet: Subnet): Resource[] {
  const name = subnetName(site, subnet)
  const place = { name: cloudName(`${site.label}--${subnet.name}`), vpc: ref(`ibm_is_vpc.${site.name}`, 'id'), zone: zoneOf(site, subnet) }
  const prefix: Resource = { type: 'ibm_is_vpc_address_prefix', name, body: { ...place, cidr: subnet.cidr.toString() } }
  return [
    prefix,
    {
      type: 'ibm_is_subnet',
      name,
      body: { ...place, ipv4_cidr_block: subnet.cidr.toString(), ...grouped(site), ...tagged(site) },
      dependsOn: [`${prefix.type}.${prefix.name}`],
    },
  ]
}
