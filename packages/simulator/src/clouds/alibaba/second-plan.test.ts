import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { Engine } from '../../engine/engine.ts'
import { Session } from '../../engine/session.ts'
import { Waiting } from '../../engine/waiting.ts'
import { World } from '../../engine/world.ts'
import { shape } from '../../schema/shape.ts'
import { alibabaCloud } from './index.ts'
import { tunnel } from './sample.fixture.ts'

type Made = Readonly<Record<string, Attributes>>

const id = (made: Made, name: string): unknown => made[name]?.['id']
const customer = (made: Made, name: string): Attributes => made[name] ?? {}
const selectors = { local_subnet: ['0.0.0.0/0'], remote_subnet: ['0.0.0.0/0'], network_type: 'public', auto_config_route: false, effect_immediately: true }

/** Name, type and configuration of each object, in the order of creation. */
const plan: readonly (readonly [name: string, type: string, config: (made: Made) => Attributes])[] = [
  ['vpc', 'alicloud_vpc', () => ({ vpc_name: 'net', cidr_block: '10.4.0.0/16', tags: { team: 'network' } })],
  ['block', 'alicloud_vpc_ipv4_cidr_block', (made) => ({ vpc_id: id(made, 'vpc'), secondary_cidr_block: '10.5.0.0/16' })],
  ['a', 'alicloud_vswitch', (made) => ({ vswitch_name: 'a', vpc_id: id(made, 'vpc'), cidr_block: '10.4.0.0/24', zone_id: 'ap-northeast-1a' })],
  ['b', 'alicloud_vswitch', (made) => ({ vswitch_name: 'b', vpc_id: id(made, 'vpc'), cidr_block: '10.5.0.0/24', zone_id: 'ap-northeast-1b' })],
  ['table', 'alicloud_route_table', (made) => ({ vpc_id: id(made, 'vpc'), route_table_name: 'own' })],
  ['gateway', 'alicloud_vpn_gateway', (made) => ({ vpn_gateway_name: 'gw', vpc_id: id(made, 'vpc'), vswitch_id: id(made, 'a'), disaster_recovery_vswitch_id: id(made, 'b'), bandwidth: 100, auto_propagate: true })],
  ['first', 'alicloud_vpn_customer_gateway', () => ({ customer_gateway_name: 'first', ip_address: '198.51.100.1', asn: '64601' })],
  ['second', 'alicloud_vpn_customer_gateway', () => ({ ip_address: '198.51.100.2', asn: '64601' })],
  ['dynamic', 'alicloud_vpn_connection', (made) => ({
    ...selectors, vpn_gateway_id: id(made, 'gateway'), enable_tunnels_bgp: true, tunnel_options_specification: [tunnel('master', customer(made, 'first'), 0), tunnel('slave', customer(made, 'second'), 4)],
  })],
  ['static', 'alicloud_vpn_connection', (made) => ({
    ...selectors, vpn_connection_name: 'static', vpn_gateway_id: id(made, 'gateway'), enable_tunnels_bgp: false,
    tunnel_options_specification: [tunnel('master', customer(made, 'second'), 8, { tunnel_bgp_config: [] }), tunnel('slave', customer(made, 'first'), 12, { tunnel_bgp_config: [] })],
  })],
  ['route', 'alicloud_vpn_route_entry', (made) => ({ vpn_gateway_id: id(made, 'gateway'), next_hop: id(made, 'static'), route_dest: '10.1.0.0/16', publish_vpc: true, weight: 100 })],
  ['entry', 'alicloud_route_entry', (made) => ({ route_table_id: id(made, 'table'), destination_cidrblock: '10.1.0.0/16', nexthop_type: 'VpnGateway', nexthop_id: id(made, 'gateway') })],
]

let home = ''
beforeAll(() => { home = mkdtempSync(join(tmpdir(), 'alibaba-')) })
afterAll(() => { rmSync(home, { recursive: true }) })

it('fills everything that it computes, has nothing to do in a second plan, and goes away in the opposite order', async () => {
  const engine = new Engine(alibabaCloud, new World({ home, seed: 'seed', waiting: new Waiting({}, Infinity), readers: [] }))
  const session = new Session()
  session.provider = { region: 'ap-northeast-1' }
  const made: Record<string, Attributes> = {}
  const written = (type: string, config: Attributes): Attributes => shape(engine.resource(type).attributes, config)
  for (const [name, type, config] of plan) {
    const wanted = written(type, config(made))
    expect(engine.validate(type, wanted), name).toEqual([])
    const { state, errors } = await engine.create(type, engine.plan(type, { config: wanted, prior: undefined }, session).planned, wanted, session)
    expect(errors, name).toEqual([])
    made[name] = state ?? {}
  }
  for (const [name, type, config] of plan) {
    // What the engine's placeholders look like: a value that no behaviour filled.
    expect(JSON.stringify(made[name]), name).not.toContain('"sim-')
    const shown = await engine.read(type, made[name] ?? {}, session)
    const { planned, replace } = engine.plan(type, { config: written(type, config(made)), prior: shown ?? {} }, session)
    expect({ name, planned, replace }).toEqual({ name, planned: shown, replace: [] })
  }
  for (const [name, type] of plan.toReversed()) expect((await engine.remove(type, made[name] ?? {}, session)).errors, name).toEqual([])
})

it('knows a schema for every behaviour', () => {
  expect(Object.keys(alibabaCloud.behaviours).filter((type) => alibabaCloud.schema.resources[type] === undefined)).toEqual([])
})

it('keeps keys as secrets, which the real schema does not', () => {
  const tunnels = alibabaCloud.schema.resources['alicloud_vpn_connection']?.attributes['tunnel_options_specification']
  expect(tunnels?.block?.['tunnel_ike_config']?.block?.['psk']).toMatchObject({ secret: true })
})
