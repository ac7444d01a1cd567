import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { executableName } from './cache-folder.ts'
import { releaseChecksums, releasePlatform } from './release-checksums.ts'
import { tofuVersion } from './tofu-binary.ts'
import { unzipFile } from './zip.ts'

/** How a binary is obtained: writes it to `target`, or says why it cannot. */
export type InstallResult = { readonly installed: true } | { readonly installed: false; readonly reason: string }

/** What an installation needs to know of the machine. */
export interface InstallInput {
  /** File to write. */
  readonly target: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly log: (line: string) => void
}

/** Fetches a file. */
export type Download = (url: string) => Promise<Buffer>

/** The archive is 35 MB; at 1 Mbit/s it takes five minutes. */
const downloadTimeout = 300_000

/** Installs the official release, if its checksum is pinned and it can be reached. */
export async function installRelease(input: InstallInput, download: Download = downloadFile): Promise<InstallResult> {
  const platform = releasePlatform(input.platform, input.arch)
  if (platform === undefined) return { installed: false, reason: `no checksum of a release is pinned for ${input.platform} ${input.arch}` }
  const url = `https://github.com/opentofu/opentofu/releases/download/v${tofuVersion}/tofu_${tofuVersion}_${platform}.zip`
  input.log(`downloading ${url} (35 MB)`)
  try {
    const archive = await download(url)
    const checksum = createHash('sha256').update(archive).digest('hex')
    if (checksum !== releaseChecksums[platform]) return { installed: false, reason: `${url} has the checksum ${checksum}, not the pinned ${releaseChecksums[platform]}` }
    await writeFile(input.target, unzipFile(archive, executableName(input.platform)), { mode: 0o755 })
    return { installed: true }
  } catch (error) {
    return { installed: false, reason: `${url} could not be downloaded: ${causeOf(error)}` }
  }
}

async function downloadFile(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(downloadTimeout) })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

/** `fetch` says only "fetch failed"; the reason is its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
