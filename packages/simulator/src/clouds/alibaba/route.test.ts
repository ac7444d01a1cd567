import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample, tunnel } from './sample.fixture.ts'

function connected() {
  const all = sample()
  const made = all.gateway()
  const connections = [all.connect(made), all.connect(made, { tunnel_options_specification: [tunnel('master', all.customers[1], 8), tunnel('slave', all.customers[0], 12)] })] as const
  const route = (connection: Attributes, change: Attributes = {}): Attributes => all.make('vpn_route_entry', {
    vpn_gateway_id: made['id'], next_hop: connection['id'], route_dest: '10.1.0.0/16', publish_vpc: true, weight: 100, ...change,
  })
  return { ...all, made, connections, route }
}

describe('a destination-based route', () => {
  it('is published into the VPC where that is wanted', () => {
    const { cloud, connections, route, made } = connected()
    const entry = route(connections[0])
    expect(entry).toMatchObject({ id: `${String(made['id'])}:${String(connections[0]['id'])}:10.1.0.0/16`, status: 'published', route_entry_type: 'custom' })
    expect(cloud.update(entry, 'alicloud_vpn_route_entry', { publish_vpc: false })['status']).toBe('normal')
  })

  it.each([
    ['a destination with host bits', { route_dest: '10.1.0.1/16' }, {}, 'InvalidRouteDest'],
    ['a destination inside the VPC', { route_dest: '10.4.9.0/24' }, { route_dest: '10.5.9.0/24' }, 'InvalidRouteDest'],
    ['a weight in between', { weight: 50 }, { weight: 0 }, 'InvalidWeight'],
    ['a connection that is not there', { next_hop: 'vco-none' }, {}, 'InvalidVpnConnectionInstanceId.NotFound'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, code) => {
    const { connections, route } = connected()
    expect(refusalOf(() => route(connections[0], refused)).message).toContain(code)
    expect(() => route(connections[0], accepted)).not.toThrow()
  })

  it('has one other beside it, of the other weight', () => {
    const { connections, route } = connected()
    route(connections[0])
    expect(refusalOf(() => route(connections[1])).message).toContain('VpnRouteEntry.Conflict')
    expect(() => route(connections[1], { weight: 0 })).not.toThrow()
  })

  it('leads into a connection of its own gateway', () => {
    const { connections, gateway, route } = connected()
    const other = gateway({ vpn_gateway_name: 'gw-2' })
    expect(refusalOf(() => route(connections[0], { vpn_gateway_id: other['id'] })).message).toContain('InvalidNextHop')
  })

  it('keeps its connection from being deleted', () => {
    const { cloud, connections, route } = connected()
    const entry = route(connections[0])
    expect(refusalOf(() => cloud.remove('alicloud_vpn_connection', connections[0])).message).toContain('VpnRouteEntry.Exist')
    cloud.remove('alicloud_vpn_route_entry', entry)
    expect(() => cloud.remove('alicloud_vpn_connection', connections[0])).not.toThrow()
  })
})

describe('a route of a route table', () => {
  const config = ({ vpc, made }: ReturnType<typeof connected>): Attributes => ({ route_table_id: vpc['route_table_id'], destination_cidrblock: '10.1.0.0/16', nexthop_type: 'VpnGateway', nexthop_id: made['id'] })

  it('belongs to the router of its VPC, in a custom table too', () => {
    const all = connected()
    const table = all.make('route_table', { vpc_id: all.vpc['id'], route_table_name: 'own' })
    for (const route_table_id of [all.vpc['route_table_id'], table['id']]) {
      expect(all.make('route_entry', { ...config(all), route_table_id })['router_id']).toBe(all.vpc['router_id'])
    }
  })

  it.each([
    ['a table that is not there', { route_table_id: 'vtb-none' }, 'InvalidRouteTableId.NotFound'],
    ['a destination with host bits', { destination_cidrblock: '10.1.0.1/16' }, 'InvalidCidrBlock.Malformed'],
    ['a gateway that is not there', { nexthop_id: 'vpn-none' }, 'InvalidNextHopId.NotFound'],
  ])('refuses %s and accepts its neighbour', (_what, refused, code) => {
    const all = connected()
    expect(refusalOf(() => all.make('route_entry', { ...config(all), ...refused })).message).toContain(code)
    expect(() => all.make('route_entry', config(all))).not.toThrow()
  })

  it('exists once', () => {
    const all = connected()
    all.make('route_entry', config(all))
    const again = { ...config(all), nexthop_id: all.gateway({ vpn_gateway_name: 'gw-2' })['id'] }
    expect(refusalOf(() => all.make('route_entry', again)).message).toContain('RouterEntryConflict.Duplicated')
  })
})
