// npm test: builds, lints, type-checks and tests everything, and ends with one line of counts.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, nx, root, run } from './bootstrap.mjs'

const report = 'coverage/report.json'
const projects = ['packages', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
/** Every project, and the workspace itself: documents, packaging, arrows between packages. */
const tested = [...projects, 'tools']

const counts = { passed: 0, failed: 0, skipped: 0 }
for (const project of tested) rmSync(join(root, project, report), { force: true })

try {
  const env = await bootstrap()
  await attempt('build, lint, typecheck, test', () => nx(['run-many', '-t', 'build', 'lint', 'typecheck', 'test', '--outputStyle=static', ...(process.env.CI ? ['--skip-nx-cache'] : [])], env))
  await attempt('lint of tools', () => run(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', 'tools', 'examples'], { env }))
  await attempt('workspace', () => run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', 'tools', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { env }))
} catch (error) {
  counts.failed += 1
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
}
process.exitCode = counts.failed === 0 ? 0 : 1
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)

/** A step whose failure must not keep the next one from telling what is wrong. Vitest's own failures are counted from its reports. */
async function attempt(name, step) {
  const before = counts.failed
  let failure
  await step().catch((error) => (failure = error))
  if (name === 'build, lint, typecheck, test') for (const project of projects) countReport(project)
  else if (name === 'workspace') countReport('tools')
  if (failure && counts.failed === before) {
    counts.failed += 1
    process.stderr.write(`${name}: ${failure.message}\n`)
  }
}

function countReport(project) {
  let results
  try {
    results = JSON.parse(readFileSync(join(root, project, report), 'utf8'))
  } catch {
    counts.failed += 1
    process.stderr.write(`${project}: its tests left no report\n`)
    return
  }
  counts.passed += results.numPassedTests
  counts.failed += results.numFailedTests
  counts.skipped += results.numPendingTests + results.numTodoTests
  const unreadable = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
  counts.failed += unreadable.length
}
