import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deriveStateKey } from '@isthmus/core'
import { setFaults } from '@isthmus/simulator'
import { deriveKeys, recordsInFiles, type StackRecord } from '@isthmus/tofu'
import { describe, expect, it, type TestContext } from 'vitest'
import { z } from 'zod'
import { hashSecret } from '../http/authentication.ts'
import { openPostgresStore } from '../store/index.ts'
import { storedRecords } from '../stacks/index.ts'
import { GatewayClient, type Answer, type Sent } from '../testing/gateway-client.fixture.ts'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import { ProcessWatch } from '../../../../tests/process-watch.fixture.ts'
import { SecretSearch } from '../../../../tests/secret-search.fixture.ts'
import { connectionIn } from '../testing/networks.fixture.ts'
import { engineNames, type EngineName } from '../testing/store.fixture.ts'

const master = 'canary-master-secret-0123456789-abcdefghijklmnop'
const password = 'canary-password-4f1c'
const token = 'canary-token-9b2e'
const mistyped = 'canary-mistyped-77aa'
const inBody = 'canary-in-a-body-31c0'
const fromEnvironment = { AWS_SECRET_ACCESS_KEY: 'canary-aws-5d0e', ARM_CLIENT_SECRET: 'canary-azure-8e41', GOOGLE_CREDENTIALS: '{"private_key":"canary-google-c77f"}' }
const fromFolder = { AWS_SESSION_TOKEN: 'canary-file-aws-1b6d', IC_API_KEY: 'canary-file-ibm-e2a9' }

/** Those that nobody but the gateway has any use for; OpenTofu in simulated clouds needs none of them. */
const ownSecrets: Readonly<Record<string, Uint8Array>> = Object.fromEntries(Object.entries({ master, password, token, mistyped, inBody, ...fromEnvironment, ...fromFolder }).map(([name, text]) => [name, Buffer.from(text)]))

const base = '/tumblebug/ns/default'
const vpns = `${base}/infra/any/vpn`

/** Everything that a gateway answered, and the gateway itself. */
class Canary {
  readonly lab: GatewayLab
  readonly #client: GatewayClient
  readonly #answers: string[] = []

  private constructor(lab: GatewayLab, url: string) {
    this.lab = lab
    this.#client = new GatewayClient(() => [url], `Basic ${Buffer.from(`ops:${password}`).toString('base64')}`)
  }

  static async start(engine: EngineName, { onTestFinished }: TestContext): Promise<Canary> {
    const secretsFolder = mkdtempSync(join(tmpdir(), 'isthmus-canary-'))
    for (const [name, text] of Object.entries(fromFolder)) writeFileSync(join(secretsFolder, name), text)
    const credentials = [{ kind: 'basic', name: 'ops', hash: await hashSecret(password) }, { kind: 'bearer', name: 'viewer', hash: await hashSecret(token), scopes: ['read'] }]
    const lab = await GatewayLab.open(engine, { ISTHMUS_MASTER_SECRET: master, ISTHMUS_LOG_LEVEL: 'trace', ISTHMUS_SECRETS_FOLDER: secretsFolder, ISTHMUS_CREDENTIALS: JSON.stringify(credentials), TF_LOG: 'trace', ...fromEnvironment })
    onTestFinished(async () => {
      await lab.close()
      rmSync(secretsFolder, { recursive: true })
    })
    const gateway = await lab.start('one', { TMPDIR: lab.folder, TF_LOG_PATH: join(lab.folder, 'trace.log') })
    return new Canary(lab, gateway.url)
  }

  async ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const answer = await this.#client.ask(method, path, sent)
    this.#answers.push(answer.text)
    return answer
  }

  makeVpn(name = 'vpn01', vNetId = 'other', query = ''): Promise<Answer> {
    return this.ask('POST', `${vpns}${query}`, { body: { name, site1: { vNetId: 'one' }, site2: { vNetId } }, headers: { 'x-request-id': `make-vpn-${this.#answers.length}` } })
  }

  /** Secrets that are anywhere where somebody could read them. */
  async leaks(search: SecretSearch): Promise<string[]> {
    const dump = this.lab.server === undefined ? '' : await databaseDump(this.lab)
    const { hits, searched } = search.below(this.lab.folder)
    if (searched < 20) throw new Error('the files of the gateway were not searched')
    return [...this.#answers.flatMap((text) => search.in(text).map((name) => `${name} in ${text.slice(0, 200)}`)), ...search.in(dump).map((name) => `${name} in the database`), ...hits]
  }
}

async function databaseDump(lab: GatewayLab): Promise<string> {
  const tables = await lab.rows(`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`)
  const rows = await Promise.all(tables.map(({ name }) => lab.rows(`select t::text from ${String(name)} t`)))
  return rows.flat().map((row) => JSON.stringify(row)).join('\n')
}

/** The order of the namespace and the records of its stacks. */
async function stacksOf({ lab }: Canary): Promise<{ readonly order: string; readonly stacks: readonly StackRecord[] }> {
  const folder = join(lab.folder, 'one', '.isthmus', 'simulated', 'orders')
  const order = readdirSync(folder).find((name) => name.length === 12) ?? ''
  const store = lab.server && (await openPostgresStore({ url: lab.server.url }))
  try {
    const records = store ? storedRecords(store)(order) : recordsInFiles(folder, order)
    const stacks = await Promise.all((await records.list()).map((name) => records.read(name)))
    return { order, stacks: stacks.flatMap((stack) => stack ?? []) }
  } finally {
    await store?.close()
  }
}

/** Values that are derived from the master secret: keys of tunnels, and keys of states. */
async function derivedSecrets(canary: Canary): Promise<{ readonly tunnels: Readonly<Record<string, string>>; readonly states: Readonly<Record<string, Uint8Array>> }> {
  const { order, stacks } = await stacksOf(canary)
  return {
    tunnels: Object.assign({}, ...stacks.map(({ keys }) => deriveKeys(keys, order, Buffer.from(master)))),
    states: Object.fromEntries(stacks.map(({ name }) => [`state key of ${name}`, deriveStateKey(Buffer.from(master), `${order}/${name}`)])),
  }
}

/** Networks in every cloud: the first is linked with each of the others. */
const vnets = [['one', connectionIn.gcp], ['other', connectionIn.aws], ['azure', connectionIn.azure], ['alibaba', connectionIn.alibaba], ['tencent', connectionIn.tencent], ['ibm', connectionIn.ibm]] as const

/** Makes a network in every cloud, and the VPN between the first two. */
async function makeNetworks(canary: Canary): Promise<void> {
  for (const [index, [name, connectionName]] of vnets.entries()) {
    const block = 10 * (index + 1)
    const subnets = [1, 2].map((third) => ({ name: `${name}-0${third}`, ipv4_CIDR: `10.${block}.${third}.0/24` }))
    const body = { name, connectionName, cidrBlock: `10.${block}.0.0/16`, subnetInfoList: subnets, accessKey: inBody, nested: { password: inBody } }
    expect(await canary.ask('POST', `${base}/resources/vNet`, { body })).toMatchObject({ status: 201 })
  }
  expect((await canary.makeVpn()).status).toBe(200)
}

/** Makes VPNs to the clouds that have none yet. */
async function makeOtherVpns(canary: Canary): Promise<void> {
  for (const [name] of vnets.slice(2)) expect(await canary.makeVpn(`to-${name}`, name)).toMatchObject({ status: 200 })
}

/** Asks what can be asked wrongly with a secret in it. */
async function askWrongly(canary: Canary): Promise<void> {
  const basic = (secret: string) => ({ authorization: `Basic ${Buffer.from(`ops:${secret}`).toString('base64')}` })
  expect((await canary.ask('GET', '/tumblebug/ns', { headers: basic(mistyped) })).status).toBe(401)
  expect((await canary.ask('GET', '/isthmus/v1/runs', { headers: { authorization: `Bearer ${mistyped}` } })).status).toBe(401)
  expect((await canary.ask('GET', '/isthmus/v1/runs', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  expect((await canary.ask('POST', '/tumblebug/ns', { headers: { authorization: `Bearer ${token}` }, body: { name: 'forbidden' } })).status).toBe(403)
  for (const body of [`{"password":"${inBody}"`, `{"password":${inBody}}`]) expect((await canary.ask('POST', '/tumblebug/ns', { body })).status).toBe(400)
  expect((await canary.ask('POST', '/tumblebug/ns', { body: { description: 'no name', secretKey: inBody }, headers: { 'x-api-key': inBody, cookie: inBody } })).status).toBe(400)
}

/** Lets clouds quote the keys of the VPN in their errors while a VPN is made and while it is read; it is made all the same in the end. */
async function failQuoting(canary: Canary, keys: readonly string[]): Promise<void> {
  const quoted = keys.map((key) => `'${key}'`).join(', ')
  const { clouds } = canary.lab
  expect((await canary.ask('DELETE', `${vpns}/vpn01`)).status).toBe(200)
  setFaults(clouds, [{ type: 'aws_vpn_connection', op: 'create', message: 'InternalError', detail: quoted, partial: true }, { type: 'google_compute_vpn_tunnel', op: 'create', message: quoted }])
  const failed = await canary.makeVpn()
  setFaults(clouds, [])
  expect(failed).toMatchObject({ status: 500, text: expect.stringContaining('(sensitive)') })
  expect((await canary.makeVpn('vpn01', 'other', '?action=retry')).status).toBe(200)
  setFaults(clouds, [{ type: 'google_compute_vpn_tunnel', op: 'read', message: quoted }])
  const unread = await canary.ask('GET', `${vpns}/vpn01`)
  setFaults(clouds, [])
  expect(unread).toMatchObject({ status: 500, text: expect.stringContaining('(sensitive)') })
}

/** Reads back all that the gateway remembers. */
async function askForEverything(canary: Canary): Promise<void> {
  for (const path of [vpns, `${vpns}?option=InfoList`, ...vnets.slice(2).map(([name]) => `${vpns}/to-${name}`), `${vpns}/vpn01`, `${base}/resources/vNet`, '/tumblebug/requests', '/isthmus/v1/runs', '/isthmus/v1/plugins', '/metrics', '/tumblebug/readyz', '/tumblebug/connConfig']) {
    expect([path, (await canary.ask('GET', path)).status]).toEqual([path, 200])
  }
  const { runs } = z.object({ runs: z.array(z.object({ id: z.string() })) }).parse((await canary.ask('GET', '/isthmus/v1/runs')).body)
  for (const { id } of runs) expect((await canary.ask('GET', `/isthmus/v1/runs/${id}/events`)).status).toBe(200)
}

describe.runIf(process.platform === 'linux').concurrent('no secret gets out of a gateway that logs all it can', () => {
  it.for(engineNames)('on %s: into answers, recorded requests, events, log, files, database or arguments', { timeout: 900_000 }, async (engine, context) => {
    const watch = new ProcessWatch(/tofu|daemon-main/)
    context.onTestFinished(() => watch.stop())
    const canary = await Canary.start(engine, context)
    await askWrongly(canary)
    await makeNetworks(canary)
    await failQuoting(canary, Object.values((await derivedSecrets(canary)).tunnels))
    await makeOtherVpns(canary)
    const { tunnels, states } = await derivedSecrets(canary)
    expect(Object.keys(tunnels).length).toBeGreaterThan(2 * (vnets.length - 1))
    await askForEverything(canary)

    const database = canary.lab.server === undefined ? {} : { 'password of the database': Buffer.from(new URL(canary.lab.server.url).password) }
    const search = new SecretSearch({ ...ownSecrets, ...Object.fromEntries(Object.entries(tunnels).map(([name, key]) => [name, Buffer.from(key)])), ...states, ...database })
    expect(search.in(Buffer.from(`of ${Object.values(tunnels).join()} and ${token}`).toString('base64'))).toHaveLength(Object.keys(tunnels).length + 1)
    expect(await canary.leaks(search)).toEqual([])
    expect([...watch.commands].flatMap((text) => search.in(text))).toEqual([])
    expect([...watch.commands].filter((text) => /tofu (?:plan|apply|show)/.test(text)).length).toBeGreaterThan(3)
    const own = new SecretSearch(ownSecrets)
    expect(watch.environments.size).toBeGreaterThan(3)
    expect([...watch.environments].flatMap((text) => own.in(text))).toEqual([])
  })
})
