import { IsthmusError, ref, type Fragment, type Reference, type Resource, type Site, type Value } from '@isthmus/core'
import { gatewayVswitches, workloads, type Vswitch } from './gateway-vswitches.ts'
import type { AlibabaOptions } from './options.ts'

/** The site's VPC and vSwitches, or the ids of those that exist. */
export function network(site: Site<AlibabaOptions>): Fragment {
  const { existing } = site.options
  if (existing) {
    const [first, second] = existing.vswitchIds
    return { resources: [], exports: { vpc_id: existing.vpcId, vswitch_0: first, vswitch_1: second } }
  }
  const [primary, ...secondary] = site.cidrs
  if (!primary) throw new IsthmusError('CONTRACT_BROKEN', `Site ${site.name} reached the provider without an address block.`)
  const ready = site.unlinked && workloads(site).length === 0 ? undefined : gatewayVswitches(site)
  const blocks = secondary.map((cidr) => secondaryBlock(site, cidr.toString()))
  const vpc = { type: 'alicloud_vpc', name: site.name, body: { vpc_name: site.label, cidr_block: primary.toString(), ...tagged(site) } }
  return {
    resources: [vpc, ...chained(blocks), ...[...workloads(site), ...(ready?.spare ? [ready.spare] : [])].map((each) => vswitch(site, each, blocks))],
    exports: { vpc_id: ref(vpcAddress(site), 'id'), ...(ready ? { vswitch_0: idOf(site, ready.pair[0]), vswitch_1: idOf(site, ready.pair[1]) } : {}) },
  }
}

/** `tags` where the user gave some. */
export function tagged(site: Site<AlibabaOptions>): Readonly<Record<string, Value>> {
  return site.options.tags ? { tags: site.options.tags } : {}
}

/** A prefix as part of a resource name: `10.1.0.0/16` becomes `10-1-0-0-16`. */
export function dashed(prefix: string): string {
  return prefix.replace(/[.:/]/g, '-')
}

/** Resources that are made one after another, because the cloud works on one at a time. */
export function chained(resources: readonly Resource[]): Resource[] {
  return resources.map((resource, index) => {
    const before = resources[index - 1]
    return before ? { ...resource, dependsOn: [...(resource.dependsOn ?? []), addressOf(before)] } : resource
  })
}

/** Address of a resource in its fragment. */
export function addressOf(resource: Resource): string {
  return `${resource.type}.${resource.name}`
}

function vpcAddress(site: Site<AlibabaOptions>): string {
  return `alicloud_vpc.${site.name}`
}

function secondaryBlock(site: Site<AlibabaOptions>, cidr: string): Resource {
  return { type: 'alicloud_vpc_ipv4_cidr_block', name: `${site.name}--${dashed(cidr)}`, body: { vpc_id: ref(vpcAddress(site), 'id'), secondary_cidr_block: cidr } }
}

function vswitchName(site: Site<AlibabaOptions>, each: Vswitch): string {
  return `${site.name}--${each.name}`.toLowerCase()
}

function idOf(site: Site<AlibabaOptions>, each: Vswitch): Reference {
  return ref(`alicloud_vswitch.${vswitchName(site, each)}`, 'id')
}

function vswitch(site: Site<AlibabaOptions>, each: Vswitch, blocks: readonly Resource[]): Resource {
  return {
    type: 'alicloud_vswitch',
    name: vswitchName(site, each),
    body: {
      vswitch_name: `${site.label}--${each.name}`,
      vpc_id: ref(vpcAddress(site), 'id'),
      cidr_block: each.cidr.toString(),
      ...(each.zone === undefined ? {} : { zone_id: each.zone }),
      ...tagged(site),
    },
    // A vSwitch in a secondary block of its VPC is refused until the block is there.
    ...(blocks.length > 0 ? { dependsOn: blocks.map(addressOf) } : {}),
  }
}
