import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configurationFile, configurationJsonSchema, readConfiguration, variableOf } from './read-configuration.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'isthmus-configuration-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('readConfiguration', () => {
  it('needs nothing for simulated clouds on loopback', () => {
    expect(readConfiguration({}, folder).configuration).toMatchObject({ host: '127.0.0.1', port: 1323, simulated: true, dataFolder: join(folder, '.isthmus') })
  })

  it('lets variables win over the file', () => {
    writeFileSync(join(folder, configurationFile), 'port: 1000\nrunsAtATime: 2\n')
    const { configuration } = readConfiguration({ ISTHMUS_PORT: '2000', ISTHMUS_PLUGINS: '["@acme/provider"]', ISTHMUS_DEFAULT_NAMESPACE: '1234' }, folder)
    expect(configuration).toMatchObject({ port: 2000, runsAtATime: 2, plugins: ['@acme/provider'], defaultNamespace: '1234' })
  })

  it.each([
    ['port: 99999999\n', {}, /isthmus-gateway\.yaml: port: /],
    ['prot: 1\n', {}, /isthmus-gateway\.yaml: prot: there is no such field; did you mean port\?$/],
    ['credentials: [{ kind: basic, name: ops, password: x }]\n', {}, /yaml: credentials\[0\]\.hash: give what `isthmus-gateway hash` prints.*\n.*yaml: credentials\[0\]\.password: there is no such field; there are kind, name, hash, scopes$/],
    ['', { ISTHMUS_CREDENTIALS: '[{"kind":"basic","name":"ops","hash":"plain","scopes":["reed"]}]' }, /^ISTHMUS_CREDENTIALS: credentials\[0\]\.hash: give what `isthmus-gateway hash` prints .*\nISTHMUS_CREDENTIALS: credentials\[0\]\.scopes\[0\]: give read or write$/],
    ['runsAtATime: 0\nsimulated: maybe\nhost: ""\n', {}, /host: give at least 1 character\n.*simulated: give true or false\n.*runsAtATime: give at least 1$/],
    ['', { ISTHMUS_DATABASE_URL: 'mysql://db' }, /^ISTHMUS_DATABASE_URL: give a URL such as postgresql:/],
    ['- a\n', {}, /must hold fields/],
    ['a: [\n', {}, /not valid YAML/],
    ['', { ISTHMUS_PORT: 'many' }, /^ISTHMUS_PORT: /],
    ['', { ISTHMUS_GATEWAY_CONFIG: 'missing.yaml' }, /missing\.yaml cannot be read/],
    ['host: 0.0.0.0\n', {}, /credentials: set who may call/],
    ['simulated: false\n', {}, /works on real clouds/],
  ])('says what is wrong with %j and %j', (text, env, message) => {
    writeFileSync(join(folder, configurationFile), text)
    expect(() => readConfiguration(env, folder)).toThrow(message)
  })

  it.each([
    'port: 1\ndatabaseUrl: postgresql://isthmus:hunter2@db/isthmus: x\n',
    'databaseUrl: "hunter2\n',
    'databaseUrl: hunter2" "\n  a: [hunter2\n',
    'databaseUrl: *hunter2\n',
    'databaseUrl: @hunter2\n',
    'databaseUrl: "\\hunter2"\n',
    'databaseUrl: !hunter2 [\n',
    'databaseUrl: |hunter2\n',
    'databaseUrl: {} hunter2\n',
    'databaseUrl: postgresql://isthmus:hunter2@db:port/isthmus\n',
    'databaseUrl: hunter2\ncredentials: hunter2\nport: hunter2\nplugins: [[hunter2]]\n',
  ])('quotes nothing of a file with a mistake: %j', (text) => {
    writeFileSync(join(folder, configurationFile), text)
    const said = messageOf(() => readConfiguration({}, folder))
    expect(said).toMatch(/isthmus-gateway\.yaml/)
    expect(said).not.toContain('hunter2')
  })

  it('says where in the file the mistake is', () => {
    writeFileSync(join(folder, configurationFile), 'port: 1\nhost: a: b\n')
    expect(() => readConfiguration({}, folder)).toThrow(/is not valid YAML: line 2, column 7: /)
  })

  it('warns of variables that look like one of a field, and of no other', () => {
    const { warnings, file } = readConfiguration({ ISTHMUS_PROT: '5', ISTHMUS_TOFU: 'tofu', ISTHMUS_SEED: '1', ISTHMUS_HOME: '/', ISTHMUS_SERVICE_HOST: '10.0.0.1', PORT: '1' }, folder)
    expect([warnings, file]).toEqual([['ISTHMUS_PROT is not read by anything; did you mean ISTHMUS_PORT?'], undefined])
  })
})

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return String(error)
  }
  throw new Error('nothing was thrown')
}

it('has a description for every field', () => {
  const { properties } = JSON.parse(JSON.stringify(configurationJsonSchema()))
  expect(Object.entries(properties).filter(([, field]) => Object(field).description === undefined)).toEqual([])
})

it('names one variable per field', () => expect(variableOf('requestsPerSecond')).toBe('ISTHMUS_REQUESTS_PER_SECOND'))
