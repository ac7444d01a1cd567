import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from './bootstrap.mjs'

const projects = ['packages', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => readProject(`${folder}/${name}`)))
const isTest = (file) => /\.(test|fixture)\.ts$|\/(test|test-kit|testing)\/|vitest\.config\.ts$/.test(file)

/** What each package may import of ours, and why no more. */
const arrows = [
  { name: '@isthmus/core', may: [], because: 'everything else is built on it' },
  { name: '@isthmus/provider-', may: ['@isthmus/core'], because: 'a provider that knew another would be half of a pair' },
  { name: '@isthmus/simulator', may: ['@isthmus/core'], because: 'a cloud that shared code with a provider would share its mistakes' },
  { name: '@isthmus/tofu', may: ['@isthmus/core'], because: 'the engine runs any stack and knows no cloud' },
]

describe('arrows between packages', () => {
  it.each(arrows)('$name imports of ours only $may, because $because', ({ name, may }) => {
    const ours = projects.filter((project) => project.name.startsWith(name)).flatMap((project) => importsOf(project).filter(({ from }) => from.startsWith('@isthmus/') && !may.includes(from)))
    expect(ours).toEqual([])
  })

  it.each(projects)('$name declares everything that it imports', (project) => {
    const runtime = new Set([project.name, ...Object.keys(project.manifest.dependencies ?? {}), ...Object.keys(project.manifest.peerDependencies ?? {})])
    const all = new Set([...runtime, ...Object.keys(project.manifest.devDependencies ?? {})])
    const undeclared = importsOf(project).filter(({ file, from }) => isPackage(from) && !(isTest(file) ? all : runtime).has(packageOf(from)))
    expect(undeclared).toEqual([])
  })

  it.each(projects)('$name uses everything that it depends on', (project) => {
    const used = new Set(importsOf(project).map(({ from }) => packageOf(from)))
    const declared = Object.keys({ ...project.manifest.dependencies, ...project.manifest.devDependencies })
    expect(declared.filter((name) => !used.has(name))).toEqual([])
  })

  it.each(projects)('$name does not reach into the files of another', (project) => {
    const home = join(root, project.folder) + sep
    const outside = importsOf(project).filter(({ file, from }) => from.startsWith('.') && !resolve(root, dirname(file), from).startsWith(home))
    expect(outside).toEqual([])
  })

  it('core computes and does nothing else', () => {
    const core = projects.filter(({ name }) => name === '@isthmus/core').flatMap(importsOf)
    const builtin = core.filter(({ file, from }) => !isTest(file) && (from.startsWith('node:') || builtinModules.includes(from)))
    expect(builtin.filter(({ from }) => from !== 'node:crypto' && from !== 'node:util')).toEqual([])
  })

  it('core names no cloud', () => {
    const clouds = /aws|amazon|azure|microsoft|gcp|google|alibaba|alicloud|tencent|\bibm|openstack/i
    const named = sourcesOf('packages/core/src').filter((file) => !isTest(file)).flatMap((file) => read(file).split('\n').flatMap((line, index) => (clouds.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])))
    expect(named).toEqual([])
  })
})

describe('the lint rules behind the arrows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-arrows-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    { file: 'packages/core/src/plan/plan.ts', from: '@isthmus/provider-aws', says: 'core imports nothing of ours' },
    { file: 'packages/core/src/plan/plan.ts', from: 'node:fs', says: 'core does no I/O' },
    { file: 'packages/core/src/plan/plan.ts', from: 'node:fs/promises', says: 'core does no I/O' },
    { file: 'packages/core/src/plan/plan.test.ts', from: '@isthmus/tofu', says: 'belongs into that provider' },
    { file: 'packages/provider-aws/src/link.ts', from: '@isthmus/provider-gcp', says: 'half of a pair' },
    { file: 'packages/provider-aws/src/link.ts', from: 'node:fs/promises', says: 'reads no files' },
    { file: 'packages/provider-aws/src/link.ts', from: 'node:child_process', says: 'starts nothing' },
    { file: 'packages/simulator/src/simulator.ts', from: '@isthmus/provider-aws', says: 'share its mistakes' },
    { file: 'packages/simulator/src/simulator.ts', from: 'node:child_process', says: 'starts no processes' },
    { file: 'packages/tofu/src/workspace/workspace.ts', from: '@isthmus/simulator', says: 'knows no cloud' },
    { file: 'apps/cli/src/terminal/table.ts', from: 'execa', says: 'only simulation, secret and commands start processes' },
  ])('$from in $file: $says', async ({ file, from, says }) => {
    expect(await lint(file, from)).toContain(says)
  })

  it.each([
    { file: 'packages/core/src/key/derive.ts', from: 'node:crypto' },
    { file: 'packages/provider-aws/src/link.ts', from: '@isthmus/core' },
    { file: 'packages/tofu/src/process/start-command.ts', from: 'execa' },
    { file: 'apps/cli/src/commands/simulate.ts', from: 'node:child_process' },
    { file: 'apps/cli/src/providers.ts', from: '@isthmus/provider-aws' },
  ])('$from in $file is fine', async ({ file, from }) => {
    expect(await lint(file, from)).not.toContain('no-restricted-imports')
  })

  async function lint(file, from) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    writeFileSync(join(folder, file), `import { one } from '${from}'\n\nexport const two = one\n`)
    // Run in the package's folder, as the lint target does.
    const cwd = join(folder, file.split('/').slice(0, 2).join('/'))
    const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', '--format=json', relative(cwd, join(folder, file))]
    return promisify(execFile)(process.execPath, args, { cwd }).then(({ stdout }) => stdout, ({ stdout }) => stdout)
  }
})

function readProject(folder) {
  const manifest = JSON.parse(read(join(folder, 'package.json')))
  return { folder, name: manifest.name, manifest }
}

function importsOf({ folder }) {
  return sourcesOf(folder).flatMap((file) => {
    const text = read(file).replace(/\/\*[\s\S]*?\*\//g, '')
    return [...text.matchAll(/^\s*(?:import|export)\s[^'"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|(?<![.\w])import\(\s*'([^']+)'/gm)].map((match) => ({ file, from: match[1] ?? match[2] ?? match[3] }))
  })
}

function sourcesOf(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist', 'coverage'].includes(entry.name) ? [] : sourcesOf(path)
    return /\.(ts|mjs)$/.test(entry.name) ? [path] : []
  })
}

function read(file) {
  return readFileSync(join(root, file), 'utf8')
}

function isPackage(from) {
  return !from.startsWith('.') && !from.startsWith('node:')
}

function packageOf(from) {
  return from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/')
}
