import { adoptedFields, lacking, notApplied, ref, textOf, textsOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkReference, type NetworkView, type Resource } from '@isthmus/core'
import { facts } from './facts.ts'
import type { AlibabaOptions } from './options.ts'

/** VPCs that are there already. */
export const existing: ExistingNetworks<AlibabaOptions> = {
  id: { pattern: /^vpc-[0-9a-z]+$/, example: 'vpc-mj7abc0123456789defgh' },
  lookup,
  // OpenTofu itself, of the first entry of an empty list.
  missing: /Invalid index/,
  adopt,
}

function lookup({ name, id }: NetworkReference<AlibabaOptions>): Fragment {
  // The first entry of an empty list is an error, so a VPC that is not there is reported.
  const vpc = ref(`data.alicloud_vpcs.${name}`, 'vpcs', 0, 'vpc_id')
  const data = (type: string, body: Resource['body']): Resource => ({ type, name, mode: 'data', body })
  return {
    resources: [data('alicloud_vpcs', { ids: [id] }), data('alicloud_vswitches', { vpc_id: vpc }), data('alicloud_route_tables', { vpc_id: vpc })],
    exports: { vpc_id: vpc },
  }
}

/** The gateway takes an address in each of two vSwitches, in two zones where the region has as many. */
function adopt(view: NetworkView): Adopted {
  const vpcId = textOf(view.id)
  if (vpcId === undefined) return notApplied(view)
  const [first, ...others] = view.subnets.flatMap(({ id, zone }) => (textOf(id) === undefined ? [] : [{ id, zone }]))
  if (!first) return lacking(view, 'no vSwitch', 'add two vSwitches in two zones')
  const second = others.find(({ zone }) => zone !== first.zone)
  if (!second && zonesBeside(first.zone).length > 0) return lacking(view, 'vSwitches in one zone only', `add a vSwitch in another zone, such as ${zonesBeside(first.zone)[0]}`)
  const routeTableIds = textsOf(view.details['routeTableIds'])
  return adoptedFields(view, {
    existing: { vpcId, vswitchIds: [first.id, (second ?? others[0] ?? first).id], ...(routeTableIds.length > 0 ? { routeTableIds } : {}) },
  })
}

function zonesBeside(zone: string | undefined): readonly string[] {
  const zones = Object.values(facts.network.regions.value).find((region) => zone !== undefined && region.includes(zone)) ?? []
  return zones.filter((other) => other !== zone)
}
