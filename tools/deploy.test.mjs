// What deploy/ says must be true of the repository and the configuration. Nothing here needs a container engine.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from './bootstrap.mjs'

const text = (file) => readFileSync(join(root, 'deploy', file), 'utf8')
const files = readdirSync(join(root, 'deploy'))

it.each(files)('every variable in deploy/%s is one of the gateway', (file) => {
  const fields = Object.keys(JSON.parse(readFileSync(join(root, 'docs/gateway.schema.json'), 'utf8')).properties)
  const variables = fields.map((field) => `ISTHMUS_${field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`)
  const known = new Set([...variables, 'ISTHMUS_TOFU', 'ISTHMUS_GATEWAY_CONFIG', 'ISTHMUS_MASTER_SECRET', 'ISTHMUS_MASTER_SECRET_FILE', 'ISTHMUS_MASTER_SECRET_COMMAND'])
  expect([...text(file).matchAll(/\bISTHMUS_[A-Z_]+/g)].map(([name]) => name).filter((name) => !known.has(name))).toEqual([])
})

describe('isthmus-gateway.service', () => {
  const unit = text('isthmus-gateway.service')
  const value = (name) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1]

  it('is a unit with known sections and one assignment a line', () => {
    const lines = unit.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines.filter((line) => line.startsWith('['))).toEqual(['[Unit]', '[Service]', '[Install]'])
    expect(lines.filter((line) => !/^(\[\w+\]|[A-Z]\w+=.*)$/.test(line))).toEqual([])
  })

  it('starts the command of the package, as a user of its own, with a folder for its state', () => {
    const { bin } = JSON.parse(readFileSync(join(root, 'apps/gateway/package.json'), 'utf8'))
    expect(Object.keys(bin).map((name) => `/opt/isthmus/node_modules/.bin/${name}`)).toContain(value('ExecStart'))
    expect([value('User'), value('StateDirectory'), value('EnvironmentFile')]).toEqual(['isthmus', 'isthmus', '-/etc/isthmus/gateway.env'])
    expect(unit).toContain('Environment=ISTHMUS_DATA_FOLDER=/var/lib/isthmus')
  })

  it('leaves OpenTofu the time that the slowest cloud takes', () => {
    expect([value('KillMode'), value('TimeoutStopSec')]).toEqual(['mixed', '1h'])
  })

  it.runIf(existsSync('/usr/bin/systemd-analyze'))('satisfies systemd-analyze', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'isthmus-unit-'))
    // The command is installed later, and systemd looks for it.
    writeFileSync(join(folder, 'isthmus-gateway.service'), unit.replace(/^ExecStart=.*/m, 'ExecStart=/bin/true'))
    const { stderr } = await promisify(execFile)('systemd-analyze', ['verify', join(folder, 'isthmus-gateway.service')]).catch((error) => error)
    rmSync(folder, { recursive: true })
    expect(stderr).toBe('')
  })
})

describe('Containerfile', () => {
  const stages = text('Containerfile').replaceAll('\\\n', '').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const argumentsOf = (word) => stages.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1).split(/\s+/))

  it('copies what is there', () => {
    const copied = argumentsOf('COPY').filter(([first]) => !first.startsWith('--from')).flatMap((paths) => paths.slice(0, -1))
    expect(copied.length).toBeGreaterThan(5)
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('packs the gateway and everything of ours that it needs', () => {
    const manifests = new Map(['packages', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => JSON.parse(readFileSync(join(root, folder, name, 'package.json'), 'utf8')))).map((manifest) => [manifest.name, manifest]))
    const needed = new Set(['@isthmus/gateway'])
    for (const name of needed) for (const other of Object.keys({ ...manifests.get(name).dependencies, ...manifests.get(name).peerDependencies })) if (manifests.has(other)) needed.add(other)
    expect([...text('Containerfile').matchAll(/-w (\S+)/g)].map(([, name]) => name).sort()).toEqual([...needed].sort())
  })

  it('runs as nobody special, says when it is ready, and holds no secret', () => {
    expect(argumentsOf('USER')).toEqual([['node']])
    expect(stages.some((line) => line.startsWith('HEALTHCHECK ') && line.includes('/tumblebug/readyz'))).toBe(true)
    expect(stages.filter((line) => /^(ENV|ARG) /.test(line) && /SECRET|PASSWORD|TOKEN|CREDENTIALS/.test(line))).toEqual([])
  })
})

describe('compose.yaml', () => {
  const { services, secrets, volumes } = parse(text('compose.yaml'), { merge: true })
  const gateways = Object.entries(services).filter(([name]) => name.startsWith('gateway'))

  it('starts two gateways on one PostgreSQL', () => {
    expect(gateways).toHaveLength(2)
    for (const [, gateway] of gateways) expect(gateway.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    expect(new Set(gateways.flatMap(([, { ports }]) => ports)).size).toBe(2)
    expect(services.postgres.image).toMatch(/postgres:\d+/)
  })

  it.each(gateways)('%s is asked whether it is ready, and stops as slowly as it must', (_, gateway) => {
    expect(gateway.healthcheck.test.join(' ')).toContain('/tumblebug/readyz')
    expect(gateway.stop_grace_period).toBe('1h')
    expect(existsSync(join(root, 'deploy', gateway.build.context, gateway.build.dockerfile))).toBe(true)
  })

  it('names no secret, volume or service that is not declared', () => {
    const used = Object.values(services)
    expect(used.flatMap((service) => service.secrets ?? []).filter((name) => !(name in secrets))).toEqual([])
    expect(used.flatMap((service) => service.volumes ?? []).map((mount) => mount.split(':')[0]).filter((name) => !name.startsWith('.') && !(name in volumes))).toEqual([])
    expect(used.flatMap((service) => Object.keys(service.depends_on ?? {})).filter((name) => !(name in services))).toEqual([])
  })

  it('holds no secret itself', () => {
    expect(text('compose.yaml')).not.toMatch(/password: |scrypt\$|postgres(?:ql)?:\/\/[^\s]*:[^\s]*@/i)
    expect(Object.values(secrets).every(({ file }) => typeof file === 'string')).toBe(true)
  })
})
