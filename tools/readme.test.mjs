// Every snippet and command in a README is compiled or run here, apart from those that other tests run.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { planOrder } from '@isthmus/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from './bootstrap.mjs'
import { askAs, startGateway } from './gateway-process.mjs'

const start = promisify(execFile)
const pages = ['README.md', 'CONTRIBUTING.md', ...['packages', 'apps', 'plugins'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}/README.md`))].filter((page) => existsSync(join(root, page)))
const blocks = pages.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text], index) => ({ page, language, text, name: `${page.replaceAll(/\W+/g, '-')}-${index}` })))
const scratch = mkdtempSync(join(tmpdir(), 'isthmus-readme-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

it('there is something to check', () => {
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh', 'ts', 'yaml']))
})

it.each(pages.filter((page) => page.includes('/')))('%s has the headings that every package has', (page) => {
  const headings = [...readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
  expect(headings).toEqual(['Install', 'Example', 'Options', 'Limits', 'Quirks'])
})

describe('TypeScript in a README', () => {
  const examples = blocks.filter(({ language }) => language === 'ts')
  // Inside the repository, so that packages are found; Git ignores it.
  const folder = join(root, 'tools/coverage/readme')
  let said = ''

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const { name, text } of examples) writeFileSync(join(folder, `${name}.mts`), text)
    const compilerOptions = { noEmit: false, composite: false, declaration: false, declarationMap: false, outDir: join(folder, 'out') }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.mts'] }))
    said = await start(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: folder }).then(() => '', ({ stdout }) => stdout)
  })

  it.each(examples)('$page: compiles', ({ name }) => {
    // An error of no file concerns them all.
    expect(said.split('\n').filter((line) => line.includes(`${name}.mts`) || (line.includes('error TS') && !line.includes('.mts')))).toEqual([])
  })

  it.each(examples)('$page: runs', async ({ name }) => {
    const { stdout, stderr } = await start(process.execPath, [join(folder, 'out', `${name}.mjs`)], { cwd: scratch })
    expect(stdout).not.toBe('')
    expect(stderr).toBe('')
  })
})

const orders = blocks.filter(({ language }) => language === 'yaml')

it.each(orders.filter(({ page }) => page.startsWith('plugins/')))('$page: the sites can be planned', async ({ page, text }) => {
  const { provider } = await import(join(root, dirname(page), 'dist/index.js'))
  const { findings } = planOrder({ name: 'readme', topology: { links: [] }, ...parse(text) }, { providers: [provider] })
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
})

it.each(orders.filter(({ page }) => !page.startsWith('plugins/')))('$page: the order is the example', ({ text }) => {
  expect(parse(text)).toEqual(parse(readFileSync(join(root, 'examples/three-clouds.yaml'), 'utf8')))
})

describe('commands in a README', () => {
  /** Commands that run elsewhere, and where. */
  const elsewhere = [
    { begins: /^npm test$/, where: 'this test is part of it' },
    { begins: /^npm run (demo|gateway)$/, where: '.ci/run' },
    { begins: /^npx @isthmus\/gateway$/, where: 'packaging.test.mjs starts the packed one' },
    { begins: /^npm install /, where: 'packaging.test.mjs installs the packed packages' },
    { begins: /^npm install$/, where: 'bootstrap.mjs' },
    { begins: /^npx nx |^cd packages\/core && npx vitest /, where: 'test.mjs' },
    { begins: /^npx changeset version$|^npm run release$/, where: 'they change or publish' },
  ]
  const commands = blocks.filter(({ language, text }) => language === 'sh' && !text.startsWith('curl ')).map(({ page, text }) => ({ page, lines: text.split('\n').filter((line) => line !== '' && !elsewhere.some(({ begins }) => begins.test(line))) }))

  it.each(commands.filter(({ lines }) => lines.length > 0))('$page: $lines', async ({ page, lines }) => {
    const folder = join(scratch, page.replaceAll(/\W+/g, '-'))
    mkdirSync(folder, { recursive: true })
    cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
    for (const line of lines) {
      const [runner, program, ...args] = line.split(' ')
      expect([runner, program], line).toEqual(['npx', 'isthmus'])
      await start(process.execPath, [join(root, 'apps/cli/bin/isthmus.mjs'), ...args], { cwd: folder })
    }
  })

  describe('that ask a gateway', () => {
    const asking = blocks.filter(({ language, text }) => language === 'sh' && text.startsWith('curl '))
    const folder = join(scratch, 'gateway')
    let gateway

    beforeAll(async () => {
      mkdirSync(folder)
      gateway = await startGateway({ cwd: folder, env: { ISTHMUS_PORT: '0' } })
    })
    afterAll(() => gateway?.stop())

    it.each(asking)('$page: $text', async ({ text }) => {
      for (const { command, answer } of await askAs(text, gateway.url)) expect(JSON.parse(answer), command).toBeTruthy()
    })
  })

  it('options and commands in tables exist', async () => {
    const { stdout: help } = await start(process.execPath, [join(root, 'apps/cli/bin/isthmus.mjs'), '--help'])
    const listed = [...help.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, command]) => command).filter((command) => command !== 'help')
    const table = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| `isthmus ([a-z]+)/gm)].map(([, command]) => command)
    expect(table.sort()).toEqual(listed.sort())
  })
})
