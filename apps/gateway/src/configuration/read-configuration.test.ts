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
    ['prot: 1\n', {}, /prot/],
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
})

it('has a description for every field', () => {
  const { properties } = JSON.parse(JSON.stringify(configurationJsonSchema()))
  expect(Object.entries(properties).filter(([, field]) => Object(field).description === undefined)).toEqual([])
})

it('names one variable per field', () => expect(variableOf('requestsPerSecond')).toBe('ISTHMUS_REQUESTS_PER_SECOND'))
