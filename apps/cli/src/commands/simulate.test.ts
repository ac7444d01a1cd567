import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandLine, documentOf, installTime, threeClouds, type Ran } from '../testing/command-line.fixture.ts'

let line: CommandLine

beforeAll(async () => {
  line = await CommandLine.open()
}, installTime)

afterAll(() => line.close())

describe('an exported folder', () => {
  it('is applied, found unchanged and destroyed by plain OpenTofu in simulated clouds', async () => {
    const cwd = join(line.folder, 'exported')
    const exported = await line.run(['export', threeClouds, cwd, '--json'])
    expect(exported).toMatchObject({ code: 0 })
    expect(readdirSync(cwd).sort()).toEqual(['README.md', 'main.tf.json'])
    const names = documentOf(exported)['keys']
    if (!Array.isArray(names)) throw new Error('no names of keys')
    expect(names).toHaveLength(10)
    const keys = Object.fromEntries(names.map((name) => [String(name), `k${randomBytes(16).toString('hex').slice(1)}`]))
    const tofu = (...args: string[]): Promise<Ran> => line.run(['simulate', '--keep', '--speed', 'Infinity', '--', 'tofu', ...args], { cwd, env: { TF_VAR_keys: JSON.stringify(keys), ISTHMUS_HOME: line.home } })
    expect(await tofu('init')).toMatchObject({ code: 0 })
    expect(await tofu('apply', '-auto-approve', '-no-color')).toMatchObject({ code: 0, stdout: expect.stringContaining('61 added') })
    expect(line.objects()).toHaveLength(61)
    expect(await tofu('plan', '-detailed-exitcode')).toMatchObject({ code: 0 })
    expect(await tofu('destroy', '-auto-approve')).toMatchObject({ code: 0 })
    expect(line.objects()).toEqual([])
  })

  it('is not replaced unless asked', async () => {
    const folder = join(line.folder, 'twice')
    await line.run(['export', threeClouds, folder])
    const before = readFileSync(join(folder, 'main.tf.json'), 'utf8')
    expect(await line.run(['export', threeClouds, folder])).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') })
    expect(await line.run(['export', threeClouds, folder, '--force'])).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, 'main.tf.json'), 'utf8')).toBe(before)
  })
})

describe('simulate', () => {
  const vpc = 'provider "aws" {\n  region = "ap-northeast-2"\n}\nresource "aws_vpc" "own" {\n  cidr_block = "10.0.0.0/16"\n}\n'

  it('serves a folder that somebody wrote by hand, and forgets it without --keep', async () => {
    line.write('own/main.tf', vpc)
    const script = 'tofu init >/dev/null && tofu apply -auto-approve -no-color && tofu plan -detailed-exitcode -no-color && tofu show -no-color'
    const ran = await line.run(['simulate', '--speed', 'Infinity', '--', 'sh', '-c', script], { cwd: join(line.folder, 'own') })
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/1 added[^]*No changes[^]*vpc-[0-9a-f]{17}/) })
    const after = await line.run(['simulate', '--speed', 'Infinity', '--', 'tofu', 'plan', '-detailed-exitcode'], { cwd: join(line.folder, 'own') })
    expect(after).toMatchObject({ code: 2 })
  })

  it('keeps real credentials and the master secret from the command', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'canary', GOOGLE_CREDENTIALS: 'canary', ARM_CLIENT_SECRET: 'canary', ISTHMUS_MASTER_SECRET: 'canary' }
    const ran = await line.run(['simulate', '--', 'env'], { env })
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('TF_REATTACH_PROVIDERS=') })
    expect(ran.stdout).not.toContain('canary')
  })

  it('passes on the exit code of the command', async () => {
    expect(await line.run(['simulate', '--', 'sh', '-c', 'exit 7'])).toMatchObject({ code: 7 })
    expect(await line.run(['simulate', '--', 'no-such-program'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no-such-program cannot be started') })
  })
})
