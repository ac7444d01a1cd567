import { adoptedFields, notApplied, ref, textOf, textsOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkReference, type NetworkView, type Resource } from '@isthmus/core'
import type { TencentOptions } from './options.ts'

/** VPCs that are there already. */
export const existing: ExistingNetworks<TencentOptions> = {
  id: { pattern: /^vpc-[0-9a-z]+$/, example: 'vpc-1a2b3c4d' },
  lookup,
  // OpenTofu itself, of the first entry of an empty list.
  missing: /Invalid index/,
  adopt,
}

function lookup({ name, id }: NetworkReference<TencentOptions>): Fragment {
  // The first entry of an empty list is an error, so a VPC that is not there is reported.
  const vpc = ref(`data.tencentcloud_vpc_instances.${name}`, 'instance_list', 0, 'vpc_id')
  const data = (type: string, body: Resource['body']): Resource => ({ type, name, mode: 'data', body })
  return {
    resources: [data('tencentcloud_vpc_instances', { vpc_id: id }), data('tencentcloud_vpc_subnets', { vpc_id: vpc }), data('tencentcloud_vpc_route_tables', { vpc_id: vpc })],
    exports: { vpc_id: vpc },
  }
}

/** Every route table learns where the links lead; without any known, the one that the VPC was born with. */
function adopt(view: NetworkView): Adopted {
  const vpcId = textOf(view.id)
  if (vpcId === undefined) return notApplied(view)
  const routeTableIds = textsOf(view.details['routeTableIds'])
  return adoptedFields(view, { existing: { vpcId, ...(routeTableIds.length > 0 ? { routeTableIds } : {}) } })
}
