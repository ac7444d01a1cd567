import { groupedBy, type ResourceSet, type ResourceView } from '@isthmus/core'
import { keyOf } from './resource-value.ts'

/** What belongs to a connection, found once for all connections of a set. */
export interface Index {
  readonly resources: ResourceSet
  /** Enabled routes of the connection's gateway that lead into it. */
  routesInto(connection: ResourceView): readonly ResourceView[]
  /** Entries of route tables that lead to the connection's gateway and are not switched off; of the VPC's own tables, where it is at hand. */
  entriesTo(connection: ResourceView, vpc: ResourceView | undefined): readonly ResourceView[]
}

/** Groups routes by where they lead. */
export function indexOf(resources: ResourceSet): Index {
  const routes = groupedBy(resources.ofType('tencentcloud_vpn_gateway_route').filter(({ values }) => values['status'] === 'ENABLE' && values['instance_type'] === 'VPNCONN'), ({ values }) => keyOf(values['instance_id']))
  const entries = groupedBy(resources.ofType('tencentcloud_route_table_entry').filter(({ values }) => values['next_type'] === 'VPN' && values['disabled'] !== true), ({ values }) => keyOf(values['next_hub']))
  return {
    resources,
    routesInto: (connection) => (routes.get(keyOf(resources.attribute(connection, 'id'))) ?? [])
      .filter(({ values }) => keyOf(values['vpn_gateway_id']) === keyOf(connection.values['vpn_gateway_id'])),
    entriesTo: (connection, vpc) => (entries.get(keyOf(connection.values['vpn_gateway_id'])) ?? [])
      .filter(({ values }) => !vpc || isTableOf(resources, values['route_table_id'], vpc)),
  }
}

function isTableOf(resources: ResourceSet, table: unknown, vpc: ResourceView): boolean {
  const made = resources.follow(table, 'tencentcloud_route_table')
  return made ? resources.follow(made.values['vpc_id'], vpc.type)?.address === vpc.address : keyOf(table) === keyOf(resources.attribute(vpc, 'default_route_table_id'))
}
