import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createProvider } from 'create-isthmus-provider'
import { afterAll, describe, expect, it } from 'vitest'

const start = promisify(execFile)
const installed = fileURLToPath(new URL('../../node_modules', import.meta.url))
const finished = fileURLToPath(new URL('src', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'isthmus-generated-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What is still red in a package, or among the tests whose names have a pattern, and why. */
async function redIn(folder: string, tests = ''): Promise<{ passed: number; messages: string[] }> {
  const { PATH = '', HOME = '', ISTHMUS_TOFU } = process.env
  const env = { PATH, HOME, ...(ISTHMUS_TOFU === undefined ? {} : { ISTHMUS_TOFU }) }
  const outcome = await start(process.execPath, [join(installed, 'vitest/vitest.mjs'), 'run', '--reporter=json', ...(tests === '' ? [] : ['-t', tests])], { cwd: folder, env, maxBuffer: 2 ** 26 }).catch((failure: { stdout: string }) => failure)
  const report: { numPassedTests: number; testResults: { assertionResults: { failureMessages: string[] }[] }[] } = JSON.parse(outcome.stdout)
  return { passed: report.numPassedTests, messages: report.testResults.flatMap(({ assertionResults }) => assertionResults.flatMap(({ failureMessages }) => failureMessages)) }
}

describe('a generated package', () => {
  it('turns green as the cloud is filled in, step by step', { timeout: 300_000 }, async () => {
    const created = await createProvider('acme', scratch)
    if (!created.ok) throw new Error(created.problem)
    const { folder } = created
    symlinkSync(installed, join(folder, 'node_modules'), 'junction')
    const fill = (...files: string[]): void => files.forEach((file) => cpSync(join(finished, file), join(folder, 'src', file), { recursive: true }))
    const conformance = join(folder, 'src/conformance.test.ts')
    writeFileSync(conformance, readFileSync(conformance, 'utf8').replace('region-1', 'north-1'))

    fill('facts.ts', 'options.ts', 'simulated-cloud')
    expect((await redIn(folder, ' links ')).messages.join('\n')).toContain('src/offer.ts is not finished: return { ...offerOfFacts(facts), routing: […] }')

    fill('network.ts', 'gateway.ts', 'offer.ts', 'link.ts')
    expect((await redIn(folder, ' read-back ')).messages.join('\n')).toContain('src/read.ts is not finished: return an EndView for each tunnel')

    fill('read.ts', 'index.ts')
    const { passed, messages } = await redIn(folder)
    expect(messages).toEqual([])
    expect(passed).toBeGreaterThan(60)
  })
})
