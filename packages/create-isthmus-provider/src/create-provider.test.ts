import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { checkStructure } from '@isthmus/provider-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProvider } from './create-provider.ts'
import { main } from './main.ts'

const start = promisify(execFile)
const installed = dirname(dirname(createRequire(import.meta.url).resolve('vitest/package.json')))
const scratch = mkdtempSync(join(tmpdir(), 'isthmus-create-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Runs a program of the workspace in a folder; a failure is an outcome, too. */
function run(program: string, args: readonly string[], cwd: string): Promise<{ stdout: string }> {
  const { PATH = '', HOME = '', ISTHMUS_TOFU } = process.env
  const env = { PATH, HOME, ...(ISTHMUS_TOFU === undefined ? {} : { ISTHMUS_TOFU }) }
  return start(process.execPath, [join(installed, program), ...args], { cwd, env, maxBuffer: 2 ** 26 }).catch((failure: { stdout: string }) => failure)
}

describe('a new package', () => {
  const folder = join(scratch, 'isthmus-provider-big-blue')
  const failures = new Map<string, string>()
  let passed = 0

  beforeAll(async () => {
    await createProvider('big-blue', scratch)
    symlinkSync(installed, join(folder, 'node_modules'), 'junction')
    const { stdout } = await run('vitest/vitest.mjs', ['run', '--reporter=json'], folder)
    const report: { numPassedTests: number; testResults: { message: string; assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[] } = JSON.parse(stdout)
    passed = report.numPassedTests
    for (const { assertionResults } of report.testResults) {
      for (const { fullName, status, failureMessages } of assertionResults) if (status === 'failed') failures.set(fullName, failureMessages.join('\n'))
    }
  }, 120_000)

  it('has the layout of a provider, and no word of the template', async () => {
    expect(checkStructure(folder)).toEqual([])
    const created = await createProvider('other', scratch)
    const texts = created.ok ? created.files.map((file) => readFileSync(join(created.folder, file), 'utf8')) : []
    expect(texts.join('\n')).not.toMatch(/cloud-?name|0\.0\.0-isthmus/i)
    expect(texts.join('\n')).toContain("id: 'other'")
  })

  it('spells its name as each place asks for', () => {
    const index = readFileSync(join(folder, 'src/index.ts'), 'utf8')
    expect(index).toContain("export const bigBlue: HubProvider<BigBlueOptions> = {\n  id: 'big-blue',")
    expect(index).toContain("environment: ['BIG_BLUE_'],")
  })

  it('compiles as it is', async () => {
    expect((await run('typescript/bin/tsc', ['-p', '.'], folder)).stdout).toBe('')
  }, 60_000)

  it('is red where the cloud is missing, and only there', () => {
    expect(passed).toBeGreaterThan(5)
    expect(failures.size).toBeGreaterThan(30)
    expect([...failures.keys()].filter((name) => /structure|options/.test(name))).toEqual([])
  })

  it.each([
    ['provider big-blue facts have a source and a date each', 'facts.key does not say where it was read (source) and on which day'],
    ['provider big-blue facts know regions, zones once each, and where they are', 'facts.network.regions is empty'],
    ['provider big-blue fragments default: every resource is valid to the schema', 'nothing can be linked with this site'],
    ['provider big-blue links default: some mode can be linked', 'REGION_UNKNOWN sites.east.region'],
  ])('%s says what to do', (test, message) => {
    expect(failures.get(test)).toContain(message)
  })

  it('fails with sentences and never with a crash', () => {
    expect([...failures.values()].filter((message) => /TypeError|ReferenceError|SyntaxError|Cannot find/.test(message))).toEqual([])
  })
})

describe('the command', () => {
  async function command(...args: string[]): Promise<{ code: number; out: string; error: string }> {
    const said = { out: '', error: '' }
    const code = await main(args, { folder: scratch, out: (text) => { said.out += text }, error: (text) => { said.error += text } })
    return { code, ...said }
  }

  it('says what to do next', async () => {
    const { code, out } = await command('acme')
    expect(code).toBe(0)
    expect(out).toContain('cd isthmus-provider-acme\n  npm install\n  npm test')
    expect(existsSync(join(scratch, 'isthmus-provider-acme/src/conformance.test.ts'))).toBe(true)
    expect(readFileSync(join(scratch, 'isthmus-provider-acme/.gitignore'), 'utf8')).toContain('node_modules')
  })

  it('explains itself', async () => {
    expect(await command('--help')).toMatchObject({ code: 0, out: expect.stringContaining('usage: npm create isthmus-provider NAME') })
    expect(await command()).toMatchObject({ code: 2, error: expect.stringContaining('usage:') })
    expect(await command('one', 'two')).toMatchObject({ code: 2 })
  })

  it.each([
    ['Acme Cloud', 'such as acme-cloud'],
    ['9lives', 'such as lives'],
    ['../acme', 'such as acme'],
    ['a--b', 'such as a-b'],
    ['☁', 'such as acme'],
    ['a-cloud-with-a-long-name', 'at most 20: shorten it'],
    ['network', 'write network-cloud'],
    ['class', 'write class-cloud'],
  ])('refuses %s', async (name, reason) => {
    const { code, error } = await command(name)
    expect(code).toBe(1)
    expect(error).toContain(reason)
  })

  it('leaves a folder alone that is there', async () => {
    mkdirSync(join(scratch, 'isthmus-provider-mine'))
    expect(await command('mine')).toMatchObject({ code: 1, error: expect.stringContaining('is there already: remove it, or choose another name') })
  })
})
