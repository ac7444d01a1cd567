import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deriveStateKey, planOrder } from '@isthmus/core'
import { setFaults } from '@isthmus/simulator'
import { deriveKeys } from '@isthmus/tofu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ProcessWatch } from '../../../../tests/process-watch.fixture.ts'
import { SecretSearch } from '../../../../tests/secret-search.fixture.ts'
import { providers } from '../providers.ts'
import { CommandLine, installTime, type Ran, type RunSettings } from '../testing/command-line.fixture.ts'

const master = 'canary-master-secret-0123456789-abcdefghijklmnop'

const order = `name: canary
topology: { hub: azure-seoul }
sites:
  aws-seoul: { cloud: aws, region: ap-northeast-2, cidr: 10.10.0.0/16 }
  azure-seoul: { cloud: azure, region: koreacentral, cidr: 10.20.0.0/16 }
  gcp-seoul: { cloud: gcp, region: asia-northeast3, cidr: 10.30.0.0/16 }
`
const stacks = ['aws-seoul', 'azure-seoul', 'gcp-seoul'].flatMap((site) => [`network-${site}`, `gateway-${site}`]).concat('link-aws-seoul--azure-seoul', 'link-azure-seoul--gcp-seoul')

let line: CommandLine
let file: string
let search: SecretSearch
const keys = keysOf()
const watch = new ProcessWatch()

function keysOf(): Record<string, string> {
  const planned = planOrder(parse(order), { providers })
  if (!planned.ok) throw new Error('the order does not plan')
  return deriveKeys(planned.keys, 'canary', Buffer.from(master))
}

/** What a cloud may quote: it knows the keys of the request and no others. */
function keysOfLink(link: string): string {
  return Object.entries(keys).filter(([name]) => name.startsWith(link)).map(([, key]) => `'${key}'`).join(', ')
}

beforeAll(async () => {
  search = new SecretSearch({
    'the master secret': Buffer.from(master),
    ...Object.fromEntries(Object.entries(keys).map(([name, key]) => [`key ${name}`, Buffer.from(key)])),
    ...Object.fromEntries(stacks.map((stack) => [`state key of ${stack}`, deriveStateKey(Buffer.from(master), `canary/${stack}`)])),
  })
  line = await CommandLine.open({ ISTHMUS_MASTER_SECRET: master })
  file = line.write('order.yaml', order)
  mkdirSync(line.clouds, { recursive: true })
  for (const folder of ['home', 'tmp']) mkdirSync(join(line.folder, folder))
}, installTime)

afterAll(async () => {
  watch.stop()
  await line.close()
})

/** Runs a command and looks for secrets in everything that it wrote. Home and temporary folder are searched as well. */
async function searched(args: readonly string[], settings: RunSettings = {}): Promise<Ran> {
  const ran = await line.run(args, { ...settings, env: { HOME: join(line.folder, 'home'), TMPDIR: join(line.folder, 'tmp'), ...settings.env } })
  expect({ stdout: search.in(ran.stdout), stderr: search.in(ran.stderr) }).toEqual({ stdout: [], stderr: [] })
  const { hits, searched: count } = search.below(line.folder)
  expect(hits).toEqual([])
  expect(count).toBeGreaterThan(0)
  return ran
}

const clouds = ['--simulated', '--speed', 'Infinity', '--json']

describe.runIf(process.platform === 'linux')('no key and no master secret', () => {
  it('are shown by what only plans', async () => {
    expect(search.in(Buffer.from(`of ${keysOfLink('')}`).toString('base64'))).toHaveLength(6)
    for (const args of [['plan', file], ['plan', file, '--json'], ['explain', file]]) expect(await searched(args)).toMatchObject({ code: 0 })
  })

  it('are in an exported folder', async () => {
    expect(await searched(['export', file, join(line.folder, 'exported')])).toMatchObject({ code: 0 })
  })

  it('get out of an apply that fails, although a cloud quotes the key', async () => {
    setFaults(line.clouds, [
      { type: 'aws_vpn_connection', op: 'create', message: 'InternalError', detail: keysOfLink('aws-seoul--azure-seoul'), partial: true },
      { type: 'google_compute_vpn_tunnel', op: 'create', message: keysOfLink('azure-seoul--gcp-seoul') },
    ])
    const ran = line.start(['apply', file, ...clouds], { env: { HOME: join(line.folder, 'home'), TMPDIR: join(line.folder, 'tmp') } })
    const failed = await ran.ended
    // The faults are the test's own file.
    setFaults(line.clouds, [])
    expect(failed).toMatchObject({ code: 3, stdout: expect.stringContaining('InternalError') })
    expect(failed.stdout).toContain('(sensitive)')
    expect([...search.in(failed.stdout), ...search.in(failed.stderr), ...search.below(line.folder).hits]).toEqual([])
  })

  it('get out of the apply that goes on from there, whatever log is asked for', async () => {
    const log = join(line.folder, 'trace.log')
    expect(await searched(['apply', file, ...clouds], { env: { TF_LOG: 'trace', TF_LOG_PATH: log } })).toMatchObject({ code: 0 })
    // Looking for OpenTofu may write one; what works with keys must not.
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toMatch(/CLI (?:command )?args:.*"(?:plan|apply|show)"/)
  })

  it('get out of a status that fails, although a cloud quotes the key', async () => {
    setFaults(line.clouds, [{ type: 'google_compute_vpn_tunnel', op: 'read', message: keysOfLink('azure-seoul--gcp-seoul') }])
    const ran = await line.run(['status', file, '--simulated', '--speed', 'Infinity'])
    setFaults(line.clouds, [])
    expect(ran).toMatchObject({ code: 4, stdout: expect.stringContaining('(sensitive)') })
    expect([...search.in(ran.stdout), ...search.in(ran.stderr), ...search.below(line.folder).hits]).toEqual([])
  })

  it('get out of status and destroy', async () => {
    expect(await searched(['status', file, ...clouds])).toMatchObject({ code: 0 })
    expect(await searched(['destroy', file, '--simulated'])).toMatchObject({ code: 0 })
  })

  it('were an argument of any process', () => {
    const seen = [...watch.commands].filter((text) => text.includes('tofu') && /\b(?:plan|apply|show)\b/.test(text))
    expect(seen.length).toBeGreaterThan(3)
    expect([...watch.commands].flatMap((text) => search.in(text))).toEqual([])
  })
})
