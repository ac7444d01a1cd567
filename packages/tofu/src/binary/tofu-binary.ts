/** Release of OpenTofu that Isthmus is tested with, and installs where a machine has none. */
export const tofuVersion = '1.12.6'

/** Oldest release that works: the stacks rely on its language and on its encryption. */
export const oldestTofuVersion = '1.12.0'

/** An OpenTofu that was found and tried. */
export interface TofuBinary {
  /** Absolute path. */
  readonly path: string
  /** Such as `1.12.6`. */
  readonly version: string
  /** Where it came from: `ISTHMUS_TOFU`, the PATH, or the cache, into which `release` and `build` have just put it. */
  readonly source: 'environment' | 'path' | 'cache' | 'release' | 'build'
}

/** Whether a version is at least another one, by major, minor and patch. A pre-release counts as older than its release. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(oldest)]
  const difference = a.map((number, index) => number - (b[index] ?? 0)).find((item) => item !== 0)
  return difference === undefined ? !version.includes('-') || oldest.includes('-') : difference > 0
}

function numbersOf(version: string): number[] {
  const parts = (version.split(/[-+]/)[0] ?? '').split('.').map(Number)
  return [0, 1, 2].map((index) => parts[index] ?? 0)
}
