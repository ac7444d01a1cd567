import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, it } from 'vitest'
import { installTime, realTofu, scratchFolder } from '../../test-kit/scratch-workspace.ts'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import { commandEnvironment } from '../process/environment.ts'
import { encryptionEnvironment } from './encryption-environment.ts'
import { keyCommand } from './key-command.ts'

let binary: TofuBinary
beforeAll(async () => {
  binary = await realTofu()
}, installTime)

const kinds = process.platform === 'win32' ? (['node'] as const) : (['shell', 'node'] as const)

describe('the encryption of states', () => {
  it.each(kinds)('works with the key command for %s, and both open what the other wrote', async (kind) => {
    const [cwd, key] = [await scratchFolder(), randomBytes(32)]
    const tofu = (by: 'shell' | 'node', ...args: string[]) => execa(binary.path, args, { cwd, extendEnv: false, env: commandEnvironment({ from: process.env, prefixes: [], set: encryptionEnvironment(key, by) }) })
    const main = { resource: { terraform_data: { a: { input: 'canary' } } } }
    await writeFile(join(cwd, 'main.tf.json'), JSON.stringify(main))
    await tofu(kind, 'init')
    await tofu(kind, 'apply', '-auto-approve')
    const state: unknown = JSON.parse(await readFile(join(cwd, 'terraform.tfstate'), 'utf8'))
    expect(state).toMatchObject({ encryption_version: 'v0' })
    expect(JSON.stringify(state)).not.toContain('canary')
    for (const other of kinds) expect((await tofu(other, 'show', '-json')).stdout).toContain('canary')
  })

  it.each(kinds)('has a key command for %s without a key in it', async (kind) => {
    const key = randomBytes(32)
    const { ISTHMUS_STATE_KEY: encoded, TF_ENCRYPTION: configuration } = encryptionEnvironment(key, kind)
    expect(encoded).toBe(key.toString('base64'))
    expect(`${configuration} ${keyCommand(kind).join(' ')}`).not.toContain(encoded)
  })

  it.each([0, 16, 31, 33])('refuses a key of %i bytes', (length) => {
    expect(() => encryptionEnvironment(new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'KEY_UNAVAILABLE' }))
  })
})
