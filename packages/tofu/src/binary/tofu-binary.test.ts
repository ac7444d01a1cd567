import { describe, expect, it } from 'vitest'
import { cachedBinary, userCacheFolder } from './cache-folder.ts'
import { releaseChecksums, releasePlatform } from './release-checksums.ts'
import { isAtLeast } from './tofu-binary.ts'

describe('comparing versions', () => {
  it.each([
    ['1.12.0', '1.12.0', true], ['1.12.6', '1.12.0', true], ['1.13.0', '1.12.6', true], ['2.0', '1.12.0', true], ['1.26.10', '1.26.6', true],
    ['1.11.9', '1.12.0', false], ['1.9.0', '1.12.0', false], ['0.99.0', '1.0.0', false], ['1.12.0-rc1', '1.12.0', false], ['1.13.0-beta2', '1.12.0', true],
  ])('%s is at least %s: %s', (version, oldest, expected) => {
    expect(isAtLeast(version, oldest)).toBe(expected)
  })
})

describe('places', () => {
  it.each<[NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    [{}, 'linux', '/home/u/.cache'], [{ XDG_CACHE_HOME: '/var/cache/u' }, 'linux', '/var/cache/u'], [{ XDG_CACHE_HOME: 'relative' }, 'linux', '/home/u/.cache'],
    [{ XDG_CACHE_HOME: '/x' }, 'darwin', '/home/u/Library/Caches'], [{ LOCALAPPDATA: 'C:\\Local' }, 'win32', 'C:\\Local'],
  ])('%j on %s caches in %s', (env, platform, expected) => {
    expect(userCacheFolder(env, platform, '/home/u')).toBe(expected)
  })

  it('keep versions and machines apart', () => {
    expect(cachedBinary('/c', 'linux', 'arm64')).toBe('/c/isthmus/tofu/1.12.6/linux-arm64/tofu')
    expect(cachedBinary('/c', 'win32', 'x64')).toContain('tofu.exe')
  })

  it.each<[NodeJS.Platform, string, string | undefined]>([
    ['linux', 'x64', 'linux_amd64'], ['darwin', 'arm64', 'darwin_arm64'], ['win32', 'x64', 'windows_amd64'], ['win32', 'arm64', undefined], ['linux', 'riscv64', undefined],
  ])('%s %s has the release %s', (platform, arch, expected) => {
    expect(releasePlatform(platform, arch)).toBe(expected)
  })

  it('have well-formed checksums', () => {
    for (const checksum of Object.values(releaseChecksums)) expect(checksum).toMatch(/^[0-9a-f]{64}$/)
  })
})
