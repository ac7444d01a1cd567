/** A platform as OpenTofu names it: `linux_amd64`. */
export type ReleasePlatform = keyof typeof releaseChecksums

/**
 * SHA-256 of `tofu_1.12.6_<platform>.zip` at github.com/opentofu/opentofu, release v1.12.6 of 2026-08-19. Collected 2026-11-24 from
 * public projects that pin the same release, at least three independent ones for each platform, all agreeing; the release itself was out of reach.
 */
export const releaseChecksums = {
  darwin_amd64: '166388e5feed47e107e11721b6366bf91d21e47eccbced75f3cbe0c7184ffd9b',
  darwin_arm64: 'e083ee43790ab9e19ad66d9933e24a7244a1412e1d5728f37999ae2163fdac95',
  linux_amd64: '5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8',
  linux_arm64: 'e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d',
  windows_amd64: '0d1421721cf9ec24b41b698a9620dda218d47fa7e76ac3dc15cdbc13bd79b0bb',
} as const

/** The release for a machine; undefined where none is pinned. */
export function releasePlatform(platform: NodeJS.Platform, arch: string): ReleasePlatform | undefined {
  const name = `${platform === 'win32' ? 'windows' : platform}_${arch === 'x64' ? 'amd64' : arch}`
  return isPinned(name) ? name : undefined
}

function isPinned(name: string): name is ReleasePlatform {
  return Object.hasOwn(releaseChecksums, name)
}
