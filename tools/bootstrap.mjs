// What a fresh clone needs before anything can run: installed packages, built packages, OpenTofu. Uses Node alone.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** CI must run everything, whatever an earlier run left in the cache. */
export const skipCache = process.env.CI ? ['--skip-nx-cache'] : []

const oldestNode = [20, 19]

/** Installs and builds what is missing, finds OpenTofu, and returns the environment that everything after it runs in. */
export async function bootstrap({ log = (line) => process.stderr.write(`${line}\n`) } = {}) {
  checkNode()
  const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' }
  if (!isInstalled()) {
    log('Installing packages with npm ci (about a quarter of a minute) …')
    await npm(['ci', '--no-audit', '--no-fund'], env)
  }
  log('Building …')
  await nx(['run-many', '-t', 'build', '--outputStyle=static', ...skipCache], env, { output: 'failure' })
  const { locateTofu } = await import(pathToFileURL(join(root, 'packages/tofu/dist/index.js')).href)
  const { path, version, source } = await locateTofu({ env, log })
  log(`OpenTofu ${version} (${source}).`)
  return { ...env, ISTHMUS_TOFU: path }
}

/** Runs Nx and rejects when it fails. */
export function nx(args, env, options = {}) {
  return run(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), ...args], { env, ...options })
}

/**
 * Runs a program in the repository's folder and rejects when it fails. What it says goes to the terminal at once (`live`), when it is done
 * (`whole`), or only when it fails (`failure`).
 */
export function run(command, args, { env, output = 'live', shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, shell, stdio: output === 'live' ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (output === 'whole' || code !== 0) process.stderr.write(said)
      if (code === 0) resolve()
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}`))
    })
  })
}

/** Runs npm and rejects when it fails. */
export function npm(args, env) {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], { env })
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { env, shell: process.platform === 'win32' })
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  process.stderr.write(`Isthmus needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}

/** True when what npm says it installed is what the lock asks for, apart from packages for other platforms. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  const locked = packagesOf(join(root, 'package-lock.json'))
  if (!installed || !locked) return false
  return Object.entries(locked).every(([path, { version, optional, devOptional, link, peer }]) => {
    if (path === '') return true
    if (link) return existsSync(join(root, path))
    const present = installed[path]
    if (!present) return optional === true || devOptional === true || peer === true
    return present.version === version && existsSync(join(root, path))
  })
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}
