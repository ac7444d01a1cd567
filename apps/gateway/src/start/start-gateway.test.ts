import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { openRuns } from '../runs/index.ts'
import { openSqliteStore } from '../store/index.ts'
import { startGateway } from './start-gateway.ts'

const program = fileURLToPath(new URL('../../bin/isthmus-gateway.mjs', import.meta.url))
const log = pino({ level: 'silent' })

const other = createServer()
let taken: string
beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  taken = String(Object(other.address())['port'])
})
afterAll(() => other.close())

const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true }) })

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-start-'))
  folders.push(folder)
  writeFileSync(join(folder, 'a-file'), '')
  return folder
}

/** The program, once it has ended by itself. */
function run(env: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [program], { cwd: newFolder(), env: { PATH: process.env['PATH'] ?? '', ISTHMUS_PORT: '0', ISTHMUS_LOG_LEVEL: 'silent', ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { said += String(chunk) })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })))
}

describe('a mistake of whoever starts a gateway is one sentence that names the variable', () => {
  it.each<[what: string, env: () => Record<string, string>, sentence: RegExp]>([
    ['a port that is taken', () => ({ ISTHMUS_PORT: taken }), /^ISTHMUS_PORT: 127\.0\.0\.1:\d+ is taken; end what listens there, or choose another port\n$/],
    ['a second port that is taken', () => ({ ISTHMUS_TERRARIUM_PORT: taken }), /^ISTHMUS_TERRARIUM_PORT: 127\.0\.0\.1:\d+ is taken; .*\n$/],
    ['a folder of secrets that is not there', () => ({ ISTHMUS_SECRETS_FOLDER: 'nowhere' }), /^ISTHMUS_SECRETS_FOLDER: nowhere is no folder that can be read \(ENOENT\)\n$/],
    ['a data folder that is a file', () => ({ ISTHMUS_DATA_FOLDER: 'a-file' }), /^ISTHMUS_DATA_FOLDER: .*a-file is no folder that this user can write to \(EEXIST\); choose another one\n$/],
    ['a data folder that cannot be made', () => ({ ISTHMUS_DATA_FOLDER: 'a-file/data' }), /^ISTHMUS_DATA_FOLDER: .*a-file\/data is no folder .*\n$/],
    ['an OpenTofu that is not there', () => ({ ISTHMUS_TOFU: '/nope' }), /^ISTHMUS_TOFU: \/nope does not run: .*\n$/],
    ['an OpenTofu that is none', () => ({ ISTHMUS_TOFU: '/bin/true' }), /^ISTHMUS_TOFU: \/bin\/true .*\n$/],
  ])('%s', { timeout: 120_000 }, async (_, env, sentence) => {
    const { code, said } = await run(env())
    expect([code, said]).toEqual([1, expect.stringMatching(sentence)])
  })
})

it('leaves nothing open when it cannot listen, and works on no run', { timeout: 120_000 }, async () => {
  const folder = newFolder()
  const read = (port: string) => readConfiguration({ ISTHMUS_PORT: port }, folder)
  const { dataFolder } = read('0').configuration
  mkdirSync(dataFolder, { mode: 0o700 })
  const before = await openSqliteStore({ folder: dataFolder })
  const runs = await openRuns(before)
  const { run } = await before.transaction((transaction) => runs.submit(transaction, { kind: 'vnet.remove', target: 'vnet/default/gone', payload: { namespace: 'default', vnet: 'gone' } }))
  await before.close()

  await expect(startGateway(read(taken), { env: process.env, log, version: '1' })).rejects.toThrow(/is taken/)
  const after = await openSqliteStore({ folder: dataFolder })
  expect(await (await openRuns(after)).get(run.id)).toMatchObject({ state: 'ready', attempts: 0 })
  await after.close()
})
