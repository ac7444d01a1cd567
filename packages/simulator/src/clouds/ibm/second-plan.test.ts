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
import { ibmCloud } from './index.ts'
import { dynamic } from './sample.fixture.ts'

type Made = Readonly<Record<string, Attributes>>

const id = (made: Made, name: string): unknown => made[name]?.['id']

/** Name, type and configuration of each object, in the order of creation. */
const objects: readonly (readonly [name: string, type: string, config: (made: Made) => Attributes])[] = [
  ['vpc', 'is_vpc', () => ({ name: 'net', address_prefix_management: 'manual', tags: ['team:net'] })],
  ['plain', 'is_vpc', () => ({ name: 'plain' })],
  ['prefix', 'is_vpc_address_prefix', (made) => ({ name: 'p', vpc: id(made, 'vpc'), zone: 'jp-tok-1', cidr: '10.1.0.0/16' })],
  ['subnet', 'is_subnet', (made) => ({ name: 's', vpc: id(made, 'vpc'), zone: 'jp-tok-1', ipv4_cidr_block: '10.1.255.0/27' })],
  ['table', 'is_vpc_routing_table', (made) => ({ vpc: id(made, 'vpc') })],
  ['gateway', 'is_vpn_gateway', (made) => ({ name: 'gw', subnet: id(made, 'subnet'), local_asn: 64606 })],
  ['ike', 'is_ike_policy', () => ({ name: 'i', ike_version: 2, encryption_algorithms: ['aes256'], authentication_algorithms: ['sha512'], dh_groups: [21] })],
  ['old ike', 'is_ike_policy', () => ({ name: 'old', encryption_algorithm: 'aes256', authentication_algorithm: 'sha256', dh_group: 14 })],
  ['ipsec', 'is_ipsec_policy', () => ({ name: 's', encryption_algorithms: ['aes256gcm16'], authentication_algorithms: ['disabled'], pfs_groups: ['group_21'] })],
  ['connection', 'is_vpn_gateway_connection', (made) => ({
    name: 'c', vpn_gateway: id(made, 'gateway'), preshared_key: 'a-key.1', ike_policy: id(made, 'ike'), ipsec_policy: id(made, 'ipsec'), ...dynamic('169.254.10.1', '169.254.10.5'),
  })],
  ['old connection', 'is_vpn_gateway_connection', (made) => ({ name: 'o', vpn_gateway: id(made, 'gateway'), preshared_key: 'a-key.2', peer_address: '198.51.100.8' })],
  ['static connection', 'is_vpn_gateway_connection', (made) => ({ name: 's', vpn_gateway: id(made, 'gateway'), preshared_key: 'a-key.3', peer: [{ address: '198.51.100.7' }], routing_protocol: 'none' })],
  ['route', 'is_vpc_routing_table_route', (made) => ({
    vpc: id(made, 'vpc'), routing_table: made['vpc']?.['default_routing_table'], zone: 'jp-tok-1', destination: '10.2.0.0/16', next_hop: made['static connection']?.['gateway_connection'],
  })],
  ['transit', 'tg_gateway', () => ({ name: 'tg', location: 'jp-tok' })],
  ['attached network', 'tg_connection', (made) => ({ name: 'vpc', gateway: id(made, 'transit'), network_type: 'vpc', network_id: made['vpc']?.['crn'] })],
  ['attached gateway', 'tg_connection', (made) => ({ name: 'vpn', gateway: id(made, 'transit'), network_type: 'vpn_gateway', network_id: made['gateway']?.['crn'], cidr: '192.168.255.224/27' })],
]

let home = ''
let engine: Engine
const session = new Session()
session.provider = { region: 'jp-tok' }

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ibm-'))
  engine = new Engine(ibmCloud, new World({ home, seed: 'seed', waiting: new Waiting({}, Infinity), readers: [] }))
})
afterEach(() => { rmSync(home, { recursive: true }) })

async function apply(): Promise<Record<string, Attributes>> {
  const made: Record<string, Attributes> = {}
  for (const [name, short, config] of objects) {
    const type = `ibm_${short}`
    const written = shape(engine.resource(type).attributes, config(made))
    expect(engine.validate(type, written), name).toEqual([])
    const { planned } = engine.plan(type, { config: written, prior: undefined }, session)
    const { state, errors } = await engine.create(type, planned, written, session)
    expect(errors, name).toEqual([])
    made[name] = state ?? {}
  }
  return made
}

describe('IBM Cloud', () => {
  it('fills everything that it computes, and has nothing to do in a second plan', async () => {
    const made = await apply()
    for (const [name, short, config] of objects) {
      const type = `ibm_${short}`
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
      expect((await engine.remove(`ibm_${short}`, made[name] ?? {}, session)).errors, name).toEqual([])
    }
  })

  it('knows a schema for every behaviour', () => {
    expect(Object.keys(ibmCloud.behaviours).filter((type) => !ibmCloud.schema.resources[type])).toEqual([])
  })
})
