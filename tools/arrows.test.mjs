import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from './bootstrap.mjs'

const projects = ['packages', 'apps', 'plugins'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => readProject(`${folder}/${name}`)))
// A script beside the sources is started by tests: what is shipped is compiled.
const isTest = (file) => /\.(test|fixture)\.ts$|\/(test|test-kit|testing)\/|\/src\/.+\.mjs$|vitest\.config\.ts$/.test(file)
// What tests of several packages need, and users of none.
const isSharedFixture = (path) => dirname(path) === join(root, 'tests') && path.endsWith('.fixture.ts')

/** What each package may import of ours, and why no more. */
const arrows = [
  { name: '@isthmus/core', may: [], because: 'everything else is built on it' },
  { name: '@isthmus/provider-', below: 'packages/', may: ['@isthmus/core'], inConformance: ['@isthmus/provider-kit', '@isthmus/simulator'], inTests: ['@isthmus/provider-kit/samples'], but: '@isthmus/provider-kit', because: 'a provider that knew another would be half of a pair' },
  { name: '@isthmus/provider-', below: 'plugins/', may: ['@isthmus/core', '@isthmus/provider-kit', '@isthmus/provider-kit/simulated-cloud'], inTests: ['@isthmus/provider-kit/samples'], because: 'a plugin is written against what anybody can install' },
  { name: '@isthmus/provider-kit', may: ['@isthmus/core', '@isthmus/simulator', '@isthmus/tofu'], because: 'a provider that the kit knew would be judged by its own rules' },
  { name: '@isthmus/simulator', may: ['@isthmus/core'], because: 'a cloud that shared code with a provider would share its mistakes' },
  { name: '@isthmus/cloud-facts', may: ['@isthmus/core'], because: 'facts are data, and nothing is built from these' },
  { name: '@isthmus/plugin-host', may: ['@isthmus/core', '@isthmus/simulator'], because: 'a host knows plugins by their manifests and none by its name' },
  { name: 'create-isthmus-provider', may: [], inTests: ['@isthmus/provider-kit'], because: 'what it writes is data to it' },
  { name: '@isthmus/tofu', may: ['@isthmus/core'], because: 'the engine runs any stack and knows no cloud' },
]

describe('arrows between packages', () => {
  it.each(arrows)('$name imports of ours only $may, because $because', ({ name, below = '', may, inConformance = [], inTests = [], but }) => {
    const allowed = (file) => [...may, ...(file.endsWith('/src/conformance.test.ts') ? inConformance : []), ...(isTest(file) ? inTests : [])]
    const chosen = projects.filter((project) => project.name.startsWith(name) && project.folder.startsWith(below) && project.name !== but)
    expect(chosen, 'nothing of that name').not.toEqual([])
    const ours = chosen.flatMap((project) => importsOf(project).filter(({ file, from }) => from.startsWith('@isthmus/') && !allowed(file).includes(from)))
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
    // Types of a package are used with it.
    expect(declared.filter((name) => !used.has(name.replace('@types/', '')))).toEqual([])
  })

  it.each(projects)('$name does not reach into the files of another', (project) => {
    const home = join(root, project.folder) + sep
    const isOutside = (file, path) => !path.startsWith(home) && !(isTest(file) && isSharedFixture(path))
    const outside = importsOf(project).filter(({ file, from }) => from.startsWith('.') && isOutside(file, resolve(root, dirname(file), from)))
    expect(outside).toEqual([])
  })

  it('core computes and does nothing else', () => {
    const core = projects.filter(({ name }) => name === '@isthmus/core').flatMap(importsOf)
    const builtin = core.filter(({ file, from }) => !isTest(file) && (from.startsWith('node:') || builtinModules.includes(from)))
    expect(builtin.filter(({ from }) => from !== 'node:crypto' && from !== 'node:util')).toEqual([])
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
    { file: 'packages/provider-aws/src/link.test.ts', from: '@isthmus/provider-kit', says: 'tested alone' },
    { file: 'packages/provider-aws/test/samples.ts', from: '@isthmus/provider-gcp', says: 'tested alone' },
    { file: 'packages/provider-aws/src/link.ts', from: '@isthmus/provider-kit/samples', says: 'half of a pair' },
    { file: 'packages/provider-aws/src/conformance.test.ts', from: '@isthmus/provider-gcp', says: 'holds a provider against a mirror' },
    { file: 'packages/provider-kit/src/index.ts', from: '@isthmus/provider-aws', says: 'judged by its own rules' },
    { file: 'packages/simulator/src/simulator.ts', from: '@isthmus/provider-aws', says: 'share its mistakes' },
    { file: 'packages/simulator/src/simulator.ts', from: 'node:child_process', says: 'starts no processes' },
    { file: 'packages/tofu/src/workspace/workspace.ts', from: '@isthmus/simulator', says: 'knows no cloud' },
    { file: 'apps/cli/src/terminal/table.ts', from: 'execa', says: 'only simulation, secret and commands start processes' },
    { file: 'plugins/provider-acme/src/link.ts', from: '@isthmus/provider-gcp', says: 'what anybody can install' },
    { file: 'plugins/provider-acme/src/link.ts', from: 'node:fs', says: 'reads no files' },
    { file: 'plugins/provider-acme/src/link.test.ts', from: '@isthmus/tofu', says: 'tested with what anybody can install' },
    { file: 'apps/gateway/src/vnet/vnets.ts', from: 'tsyringe', says: 'only composition calls the container' },
    { file: 'apps/gateway/src/http/service.ts', from: 'node:child_process', says: 'only stacks starts processes' },
  ])('$from in $file: $says', async ({ file, from, says }) => {
    expect(await lint(file, from)).toContain(says)
  })

  it.each([
    { file: 'packages/core/src/key/derive.ts', from: 'node:crypto' },
    { file: 'packages/provider-aws/src/link.ts', from: '@isthmus/core' },
    { file: 'packages/provider-aws/src/conformance.test.ts', from: '@isthmus/provider-kit' },
    { file: 'packages/provider-aws/test/samples.ts', from: '@isthmus/provider-kit/samples' },
    { file: 'packages/provider-aws/src/lookup.test.ts', from: '@isthmus/provider-kit/samples' },
    { file: 'packages/provider-kit/src/groups/apply.ts', from: '@isthmus/tofu' },
    { file: 'packages/tofu/src/process/start-command.ts', from: 'execa' },
    { file: 'apps/cli/src/commands/simulate.ts', from: 'node:child_process' },
    { file: 'apps/cli/src/providers.ts', from: '@isthmus/provider-aws' },
    { file: 'plugins/provider-acme/src/simulated-cloud/index.ts', from: '@isthmus/provider-kit/simulated-cloud' },
    { file: 'apps/gateway/src/stacks/start-daemon.ts', from: 'node:child_process' },
    { file: 'apps/gateway/src/composition/compose.ts', from: 'tsyringe' },
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
    return [...text.matchAll(/^\s*(?:import|export)\s[^'"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|(?<![.\w])import\(\s*'([^']+)'|(?:createRequire\(import\.meta\.url\)|import\.meta)\.resolve\('([^']+)'\)/gm)].map((match) => ({ file, from: match.slice(1).find(Boolean) }))
  })
}

function sourcesOf(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist', 'coverage', 'template'].includes(entry.name) ? [] : sourcesOf(path)
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
