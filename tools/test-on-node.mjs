// node tools/test-on-node.mjs 24: runs the unit tests of core and the providers on another major version of Node, which the npm package
// node-<platform>-<arch> carries. It goes into the user's cache, since the repository does not depend on it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap, npm, root, run } from './bootstrap.mjs'

const major = process.argv[2] ?? '24'
const carrier = `node-${process.platform}-${process.arch}`
const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'isthmus', `node-${major}`)
const binary = join(folder, 'node_modules', carrier, 'bin', 'node')

const env = await bootstrap()
if (!existsSync(binary)) {
  process.stderr.write(`Installing ${carrier}@${major} into ${folder} …\n`)
  await npm(['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${carrier}@${major}`], env)
}
await run(binary, ['-e', 'console.log(`Node ${process.versions.node}`)'], { env })

const reports = mkdtempSync(join(tmpdir(), 'isthmus-node-'))
const counts = { passed: 0, failed: 0, skipped: 0 }
for (const name of readdirSync(join(root, 'packages')).filter((folder) => folder === 'core' || folder.startsWith('provider-'))) {
  const report = join(reports, `${name}.json`)
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', join('packages', name), '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const failure = await run(binary, args, { env }).catch((error) => error)
  const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }
  counts.passed += results.numPassedTests
  counts.failed += failure ? Math.max(1, results.numFailedTests) : 0
  counts.skipped += results.numPendingTests
}
rmSync(reports, { recursive: true, force: true })
process.exitCode = counts.failed === 0 ? 0 : 1
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
