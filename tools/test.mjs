// npm test: builds, lints, type-checks and tests everything, and ends with one line of counts.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, nx, root, run, skipCache } from './bootstrap.mjs'

const report = 'coverage/report.json'
const packages = ['packages', 'apps', 'plugins'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)).filter((folder) => existsSync(join(root, folder, 'package.json')))
/** What is tested besides packages: documents, packaging and arrows; and what must hold over all packages at once. */
const others = ['tools', 'tests']

const counts = { passed: 0, failed: 0, skipped: 0 }
for (const folder of [...packages, ...others]) rmSync(join(root, folder, report), { force: true })

try {
  const env = await bootstrap()
  await Promise.all([
    // All is built, and Nx would empty and restore what the legs beside it read.
    leg('lint, typecheck, test', packages, () => nx(['run-many', '-t', 'lint', 'typecheck', 'test', '--excludeTaskDependencies', '--outputStyle=static', ...skipCache], env)),
    beside(env),
  ])
} catch (error) {
  counts.failed += 1
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
}
process.exitCode = counts.failed === 0 ? 0 : 1
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)

/** Runs beside Nx, which waits for simulated clouds much of the time; says what it has to say when each leg is done. */
async function beside(env) {
  const program = (path, ...args) => run(process.execPath, [join(root, 'node_modules', path), ...args], { env, output: 'whole' })
  await leg('lint of the workspace', [], () => program('oxlint/bin/oxlint', '--deny-warnings', ...['tools', 'tests', 'bench', 'examples'].filter((folder) => existsSync(join(root, folder)))))
  for (const folder of ['tests', 'bench'].filter((name) => existsSync(join(root, name, 'tsconfig.json')))) await leg(`typecheck of ${folder}`, [], () => program('typescript/bin/tsc', '-p', folder))
  for (const folder of others) await leg(`tests in ${folder}`, [folder], () => program('vitest/vitest.mjs', 'run', '--root', folder, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`))
}

/** A step whose failure keeps no other from telling what is wrong. Failed tests are counted from the reports, anything else as one. */
async function leg(name, reporting, step) {
  const failure = await step().then(() => undefined, (error) => error)
  const failedTests = reporting.map(countReport).reduce((sum, failed) => sum + failed, 0)
  if (!failure) return
  process.stderr.write(`${name}: ${failure.message}\n`)
  if (failedTests === 0) counts.failed += 1
}

function countReport(folder) {
  let results
  try {
    results = JSON.parse(readFileSync(join(root, folder, report), 'utf8'))
  } catch {
    process.stderr.write(`${folder}: its tests left no report\n`)
    counts.failed += 1
    return 1
  }
  // A file that cannot even be loaded has no tests that could fail.
  const unreadable = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
  const failed = results.numFailedTests + unreadable.length
  counts.passed += results.numPassedTests
  counts.failed += failed
  counts.skipped += results.numPendingTests + results.numTodoTests
  return failed
}
