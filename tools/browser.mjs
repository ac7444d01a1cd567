// A headless browser. On Linux (x64) it is the Chromium that the npm package @sparticuz/chromium carries; it goes into the user's cache, since the
// repository does not depend on it. Elsewhere ISTHMUS_BROWSER names one that is installed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { chromium } from 'playwright-core'
import { npm } from './bootstrap.mjs'

const carrier = '@sparticuz/chromium'
const version = '153.0.0'

/** Starts a browser. @param hosts addresses by name, in place of what a name server would say; any other name is not found */
export async function startBrowser(hosts) {
  const { program, env } = await locateBrowser()
  const names = [...Object.entries(hosts).map(([name, address]) => `MAP ${name} ${address}`), 'MAP * ~NOTFOUND', ...Object.values(hosts).map((address) => `EXCLUDE ${address}`)]
  // Without a sandbox, which root may not have: nothing but the page of the gateway is opened.
  return chromium.launch({ executablePath: program, env, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', `--host-resolver-rules=${names.join(',')}`] })
}

/** Program of a browser and the environment that it starts in. */
async function locateBrowser() {
  if (process.env.ISTHMUS_BROWSER) return { program: process.env.ISTHMUS_BROWSER, env: process.env }
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('ISTHMUS_BROWSER must name an installed Chromium, Chrome or Edge: none is known for this platform')
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'isthmus', `chromium-${version}`)
  if (!existsSync(folder)) await unpackBrowser(folder)
  // A machine without a desktop lacks some libraries and all fonts.
  return { program: join(folder, 'chromium'), env: { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_PATH: folder } }
}

async function unpackBrowser(folder) {
  process.stderr.write(`Installing ${carrier}@${version} into ${folder} …\n`)
  const making = `${folder}.${process.pid}`
  mkdirSync(making, { recursive: true })
  await npm(['install', '--prefix', making, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${carrier}@${version}`], process.env)
  const packed = (name) => [createReadStream(join(making, 'node_modules', carrier, 'bin', name)), createBrotliDecompress()]
  await pipeline(...packed('chromium.br'), createWriteStream(join(making, 'chromium'), { mode: 0o755 }))
  for (const name of ['al2023.tar.br', 'fonts.tar.br']) {
    const tar = spawn('tar', ['-x', '-C', making], { stdio: ['pipe', 'inherit', 'inherit'] })
    const [[code]] = await Promise.all([once(tar, 'close'), pipeline(...packed(name), tar.stdin)])
    if (code !== 0) throw new Error(`tar ended with ${code}`)
  }
  rmSync(join(making, 'node_modules'), { recursive: true })
  renameSync(making, folder)
}
