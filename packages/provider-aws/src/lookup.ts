import { adoptedFields, eachValue, lacking, notApplied, ref, textOf, textsOf, type Adopted, type ExistingNetworks, type Fragment, type NetworkReference, type NetworkView, type Resource } from '@isthmus/core'
import type { AwsOptions } from './options.ts'

/** VPCs that are there already. */
export const existing: ExistingNetworks<AwsOptions> = {
  id: { pattern: /^vpc-[0-9a-f]+$/, example: 'vpc-0a1b2c3d4e5f60718' },
  lookup,
  // terraform-provider-aws, internal/service/ec2/vpc_data_source.go: SingularDataSourceFindError("EC2 VPC").
  missing: /no matching EC2 VPC found/,
  adopt,
}

function lookup({ name, id }: NetworkReference<AwsOptions>): Fragment {
  const vpc = ref(`data.aws_vpc.${name}`, 'id')
  const data = (type: string, body: Resource['body'], more: Partial<Resource> = {}): Resource => ({ type, name, mode: 'data', body, ...more })
  return {
    resources: [
      data('aws_vpc', { id }),
      data('aws_subnets', { filter: [{ name: 'vpc-id', values: [vpc] }] }),
      data('aws_subnet', { id: eachValue }, { forEach: ref(`data.aws_subnets.${name}`, 'ids') }),
      data('aws_route_tables', { vpc_id: vpc }),
    ],
    exports: { vpc_id: vpc },
  }
}

/** All route tables learn the routes; a transit gateway attaches to one subnet per zone. */
function adopt(view: NetworkView): Adopted {
  const vpcId = textOf(view.id)
  if (vpcId === undefined) return notApplied(view)
  const routeTableIds = textsOf(view.details['routeTableIds'])
  if (routeTableIds.length === 0) return lacking(view, 'no route table', 'make one for its subnets, then read it again')
  const perZone = new Map(view.subnets.toReversed().map(({ zone, id }) => [zone, id]))
  const subnetIds = [...perZone.values()].flatMap((id) => textOf(id) ?? []).toSorted()
  return adoptedFields(view, { existing: { vpcId, routeTableIds, ...(subnetIds.length > 0 ? { subnetIds } : {}) } })
}
