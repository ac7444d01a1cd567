import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { Engine } from '../../engine/engine.ts'
import { Session } from '../../engine/session.ts'
import { Waiting } from '../../engine/waiting.ts'
import { World } from '../../engine/world.ts'
import { shape } from '../../schema/shape.ts'
import { tencentCloud } from './index.ts'

type Made = Readonly<Record<string, Attributes>>

const id = (made: Made, name: string): unknown => made[name]?.['id']

/** Name, type and configuration of each object, in the order of creation. */
const objects: readonly (readonly [name: string, type: string, config: (made: Made) => Attributes])[] = [
  ['vpc', 'vpc', () => ({ name: 'net', cidr_block: '10.10.0.0/16', assistant_cidrs: ['10.11.0.0/16'] })],
  ['plain', 'vpc', () => ({ name: 'plain', cidr_block: '10.12.0.0/16' })],
  ['table', 'route_table', (made) => ({ name: 'mine', vpc_id: id(made, 'vpc') })],
  ['subnet', 'subnet', (made) => ({ name: 's', vpc_id: id(made, 'vpc'), cidr_block: '10.11.1.0/24', availability_zone: 'ap-seoul-1', tags: { team: 'net' } })],
  ['gateway', 'vpn_gateway', (made) => ({ name: 'bgp', vpc_id: id(made, 'vpc'), bandwidth: 200, bgp_asn: 64605 })],
  ['fixed', 'vpn_gateway', (made) => ({ name: 'static', vpc_id: id(made, 'vpc') })],
  ['customer', 'vpn_customer_gateway', () => ({ name: 'one', public_ip_address: '198.51.100.1', bgp_asn: 64601 })],
  ['connection', 'vpn_connection', (made) => ({
    name: 'c', vpc_id: id(made, 'vpc'), vpn_gateway_id: id(made, 'gateway'), customer_gateway_id: id(made, 'customer'), pre_share_key: 'secret',
    ike_local_address: made['gateway']?.['public_ip_address'], ike_remote_address: '198.51.100.1', ike_version: 'IKEV2', route_type: 'Bgp',
    bgp_config: [{ tunnel_cidr: '169.254.128.0/30', local_bgp_ip: '169.254.128.2', remote_bgp_ip: '169.254.128.1' }],
  })],
  ['static connection', 'vpn_connection', (made) => ({
    name: 's', vpc_id: id(made, 'vpc'), vpn_gateway_id: id(made, 'fixed'), customer_gateway_id: id(made, 'customer'), pre_share_key: 'secret',
    ike_local_address: made['fixed']?.['public_ip_address'], ike_remote_address: '198.51.100.1', enable_health_check: false,
  })],
  ['second customer', 'vpn_customer_gateway', () => ({ name: 'two', public_ip_address: '198.51.100.2' })],
  ['route target', 'vpn_connection', (made) => ({
    name: 'r', vpc_id: id(made, 'vpc'), vpn_gateway_id: id(made, 'fixed'), customer_gateway_id: id(made, 'second customer'), pre_share_key: 'secret',
    ike_local_address: made['fixed']?.['public_ip_address'], ike_remote_address: '198.51.100.2', route_type: 'StaticRoute',
  })],
  ['gateway route', 'vpn_gateway_route', (made) => ({ vpn_gateway_id: id(made, 'fixed'), destination_cidr_block: '10.20.0.0/16', instance_type: 'VPNCONN', instance_id: id(made, 'route target'), priority: 0, status: 'ENABLE' })],
  ['entry', 'route_table_entry', (made) => ({ route_table_id: made['vpc']?.['default_route_table_id'], destination_cidr_block: '10.20.0.0/16', next_type: 'VPN', next_hub: id(made, 'fixed') })],
]

let home = ''
let engine: Engine
const session = new Session()
session.provider = { region: 'ap-seoul' }

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tencent-'))
  engine = new Engine(tencentCloud, new World({ home, seed: 'seed', waiting: new Waiting({}, Infinity), readers: [] }))
})
afterEach(() => { rmSync(home, { recursive: true }) })

async function apply(): Promise<Record<string, Attributes>> {
  const made: Record<string, Attributes> = {}
  for (const [name, short, config] of objects) {
    const type = `tencentcloud_${short}`
    const written = shape(engine.resource(type).attributes, config(made))
    expect(engine.validate(type, written), name).toEqual([])
    const { planned } = engine.plan(type, { config: written, prior: undefined }, session)
    const { state, errors } = await engine.create(type, planned, written, session)
    expect(errors, name).toEqual([])
    made[name] = state ?? {}
  }
  return made
}

describe('Tencent Cloud', () => {
  it('fills everything that it computes, and has nothing to do in a second plan', async () => {
    const made = await apply()
    for (const [name, short, config] of objects) {
      const type = `tencentcloud_${short}`
      const state = made[name] ?? {}
      expect(JSON.stringify(state), name).not.toContain('"sim-')
      const shown = await engine.read(type, state, session)
      const { planned, replace } = engine.plan(type, { config: shape(engine.resource(type).attributes, config(made)), prior: shown ?? {} }, session)
      expect({ name, planned, replace }).toEqual({ name, planned: shown, replace: [] })
    }
  })

  it('goes away in the opposite order', async () => {
    const made = await apply()
    for (const [name, short] of objects.toReversed()) {
      expect((await engine.remove(`tencentcloud_${short}`, made[name] ?? {}, session)).errors, name).toEqual([])
    }
  })

  it('knows a schema for every behaviour and look-up', () => {
    const { behaviours, dataSources, schema } = tencentCloud
    expect(Object.keys(behaviours).filter((type) => !schema.resources[type])).toEqual([])
    expect(Object.keys(dataSources ?? {}).filter((type) => !schema.dataSources[type])).toEqual([])
  })
})
