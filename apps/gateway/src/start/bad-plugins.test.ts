import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import type { GatewayProcess } from '../testing/gateway-process.fixture.ts'
import { installPlugin, type PluginChanges } from '../testing/plugin-packages.fixture.ts'

interface BadPlugin {
  readonly name: string
  /** Undefined for one that is not installed. */
  readonly changes: PluginChanges | undefined
  /** The check that it does not pass. */
  readonly stage: string
  /** Whether its code may run before that is known. */
  readonly runs: boolean
}

const badPlugins: readonly BadPlugin[] = [
  { name: 'throws-at-import', changes: { code: 'throw new Error("not today")' }, stage: 'import', runs: true },
  { name: 'hangs', changes: { code: 'await new Promise(() => {})' }, stage: 'import', runs: true },
  { name: 'wrong-version', changes: { apiVersion: 2 }, stage: 'apiVersion', runs: false },
  { name: 'wrong-shape', changes: { code: 'export const provider = { id: "wrong-shape", apiVersion: 1 }' }, stage: 'shape', runs: true },
  { name: 'escapes', changes: { module: './../outside.js' }, stage: 'path', runs: false },
  { name: 'duplicate', changes: { id: 'gcp' }, stage: 'id', runs: false },
  { name: 'missing', changes: undefined, stage: 'locate', runs: false },
]

const shown = z.object({ plugins: z.array(z.looseObject({ plugin: z.string(), state: z.string(), stage: z.string().optional(), reason: z.string().optional(), hint: z.string().optional() })) })

let lab: GatewayLab
let gateway: GatewayProcess
let folder: string
beforeAll(async () => {
  lab = await GatewayLab.open('SQLite')
  folder = join(lab.folder, 'one')
  installPlugin(folder, 'fine')
  for (const { name, changes } of badPlugins) if (changes) installPlugin(folder, name, changes)
  gateway = await lab.start('one', { ISTHMUS_PLUGINS: JSON.stringify([...badPlugins.map(({ name }) => name), 'fine']) })
})
afterAll(() => lab.close())

describe('plugins that cannot be used', () => {
  it('leave the gateway ready, which says so of each', async () => {
    const { status, body } = await lab.client.ask('GET', '/tumblebug/readyz')
    expect(status).toBe(200)
    const { ready, plugins } = z.looseObject({ ready: z.boolean(), plugins: z.array(z.string()) }).parse(body)
    expect(ready).toBe(true)
    expect(plugins.map((sentence) => sentence.split(':')[0])).toEqual(badPlugins.map(({ name }) => name))
  })

  it.each(badPlugins)('$name: is in the log and among the plugins, with reason and hint, and its code runs: $runs', async ({ name, stage, runs }) => {
    const { plugins } = shown.parse((await lab.client.ask('GET', '/isthmus/v1/plugins')).body)
    expect(plugins.find(({ plugin }) => plugin === name)).toMatchObject({ state: 'failed', stage, reason: expect.stringMatching(/.{10}/), hint: expect.stringMatching(/.{5}/) })
    expect(gateway.log().filter(({ msg, plugin }) => msg === 'plugin left out' && plugin === name)).toHaveLength(1)
    expect(existsSync(join(folder, `${name}.ran`))).toBe(runs)
  })

  it('keep nothing else from working: other plugins, clouds, and orders', async () => {
    const { plugins } = shown.parse((await lab.client.ask('GET', '/isthmus/v1/plugins')).body)
    expect(plugins.find(({ plugin }) => plugin === 'fine')).toMatchObject({ state: 'loaded' })
    expect((await lab.client.ask('GET', '/isthmus/v1/providers')).text).toContain('"id":"fine"')
    const body = { name: 'one', connectionName: 'gcp-asia-northeast3', cidrBlock: '10.10.0.0/16', subnetInfoList: [{ name: 'one-01', ipv4_CIDR: '10.10.1.0/24' }] }
    expect(await lab.client.ask('POST', '/tumblebug/ns/default/resources/vNet', { body })).toMatchObject({ status: 201, body: { status: 'Available' } })
  })
})
