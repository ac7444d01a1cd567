import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../../test-kit/scratch-workspace.ts'
import { cachedBinary } from './cache-folder.ts'
import { locateTofu } from './locate-tofu.ts'
import { installRelease } from './release.ts'

/** A program that answers `version` like some engine. */
async function engine(path: string, version: string, product = 'OpenTofu'): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\nif [ "$2" = -json ]; then echo '{"terraform_version":"${version}"}'; else echo '${product} v${version}'; fi\n`)
  await chmod(path, 0o755)
  return path
}

const cached = (cacheDir: string) => cachedBinary(cacheDir, process.platform, process.arch)

describe.skipIf(process.platform === 'win32')('locating OpenTofu', () => {
  it('takes ISTHMUS_TOFU first, then the PATH, then the cache', async () => {
    const dir = await scratchFolder()
    const [named, path, inCache] = [await engine(join(dir, 'mine'), '1.12.1'), await engine(join(dir, 'bin', 'tofu'), '1.13.0'), await engine(cached(dir), '1.12.6')]
    const env = { ISTHMUS_TOFU: named, PATH: join(dir, 'bin') }
    expect(await locateTofu({ env, cacheDir: dir })).toEqual({ path: named, version: '1.12.1', source: 'environment' })
    expect(await locateTofu({ env: { PATH: env.PATH }, cacheDir: dir })).toEqual({ path, version: '1.13.0', source: 'path' })
    expect(await locateTofu({ env: { PATH: '' }, cacheDir: dir })).toEqual({ path: inCache, version: '1.12.6', source: 'cache' })
  })

  it('passes over what is too old, and what is not OpenTofu', async () => {
    const dir = await scratchFolder()
    await engine(join(dir, 'old', 'tofu'), '1.11.2')
    await engine(join(dir, 'other', 'tofu'), '1.14.0', 'Terraform')
    const good = await engine(join(dir, 'good', 'tofu'), '1.12.0')
    const env = { PATH: [join(dir, 'old'), join(dir, 'missing'), join(dir, 'other'), join(dir, 'good')].join(':') }
    expect(await locateTofu({ env, cacheDir: dir })).toMatchObject({ path: good })
  })

  it.each([
    { name: 'does not exist', make: async (dir: string) => join(dir, 'missing') },
    { name: 'is too old', make: (dir: string) => engine(join(dir, 'tofu'), '1.9.0') },
    { name: 'is Terraform', make: (dir: string) => engine(join(dir, 'tofu'), '1.14.0', 'Terraform') },
  ])('does not silently use another one when ISTHMUS_TOFU $name', async ({ make }) => {
    const dir = await scratchFolder()
    await engine(cached(dir), '1.12.6')
    await expect(locateTofu({ env: { ISTHMUS_TOFU: await make(dir), PATH: '' }, cacheDir: dir })).rejects.toMatchObject({ code: 'TOFU_NOT_FOUND', message: expect.stringContaining('ISTHMUS_TOFU') })
  })
})

describe('installing the release', () => {
  const input = async (arch = 'x64') => ({ target: join(await scratchFolder(), 'tofu'), platform: 'linux' as const, arch, log: () => {} })

  it('refuses an archive with another checksum than the pinned one, and writes nothing', async () => {
    const at = await input()
    const result = await installRelease(at, async () => Buffer.from('something else'))
    expect(result).toMatchObject({ installed: false, reason: expect.stringContaining('5dc43da4f750') })
    expect(await readdir(dirname(at.target))).toEqual([])
  })

  it('says so when the release is out of reach, or none is pinned', async () => {
    const unreachable = await installRelease(await input(), () => Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') })))
    expect(unreachable).toMatchObject({ installed: false, reason: expect.stringContaining('ENOTFOUND') })
    expect(await installRelease(await input('riscv64'), () => Promise.reject(new Error('asked')))).toMatchObject({ installed: false, reason: expect.stringContaining('no checksum') })
  })
})
