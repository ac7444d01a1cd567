import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { masterSecret } from './master-secret.ts'

const secret = 'correct horse battery staple correct horse'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'isthmus-secret-'))
})

afterEach(() => rm(home, { recursive: true, force: true }))

const text = async (env: NodeJS.ProcessEnv): Promise<string> => Buffer.from(await masterSecret(home, env)).toString('utf8')

describe('masterSecret', () => {
  it('takes the environment first and makes no file then', async () => {
    expect(await text({ ISTHMUS_MASTER_SECRET: secret })).toBe(secret)
    expect(await readdir(home)).toEqual([])
  })

  it('reads a private file without the newline at its end', async () => {
    const file = join(home, 'secret')
    await writeFile(file, `${secret}\n`, { mode: 0o600 })
    expect(await text({ ISTHMUS_MASTER_SECRET_FILE: file })).toBe(secret)
  })

  it('takes what a command prints', async () => {
    expect(await text({ ISTHMUS_MASTER_SECRET_COMMAND: `echo ${secret}` })).toBe(secret)
  })

  it('makes a secret of its own that only the owner can read, once', async () => {
    const [one, other] = await Promise.all([text({}), text({})])
    expect(one).toBe(other)
    expect(one.length).toBeGreaterThanOrEqual(64)
    expect((await stat(join(home, 'master.key'))).mode & 0o777).toBe(0o600)
    expect(await readdir(home)).toEqual(['master.key'])
  })

  it.skipIf(process.platform === 'win32')('refuses a file that others can read', async () => {
    const file = join(home, 'secret')
    await writeFile(file, secret)
    await chmod(file, 0o644)
    await expect(masterSecret(home, { ISTHMUS_MASTER_SECRET_FILE: file })).rejects.toThrow(`chmod 600 ${file}`)
  })

  it.each([
    ['a short secret', { ISTHMUS_MASTER_SECRET: 'short' }, 'holds 5 bytes'],
    ['a missing file', { ISTHMUS_MASTER_SECRET_FILE: '/nowhere/secret' }, 'does not exist'],
    ['a failing command', { ISTHMUS_MASTER_SECRET_COMMAND: `echo ${secret}; exit 1` }, 'failed'],
  ])('refuses %s without repeating a secret', async (_, env, message) => {
    const error = await masterSecret(home, env).then(() => '', (reason: unknown) => String(reason))
    expect(error).toContain(message)
    expect(error).not.toContain(secret)
  })
})
