import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadPlugins, type PluginResult } from './load-plugins.ts'
import { providerModule } from '../../../tests/provider-module.fixture.ts'
import { HostFolder, manifest, simulatedCloudModule, type PluginChanges } from './plugin-packages.fixture.ts'

let host: HostFolder
beforeEach(() => { host = new HostFolder() })
afterEach(() => host.remove())

const settings = { taken: ['built-in'], takenSources: ['acme/built-in'], timeoutMs: 400 }
const load = (...plugins: string[]): Promise<PluginResult> => loadPlugins({ from: host.path, plugins }, settings)

const withManifest = (changes: Record<string, unknown>): PluginChanges => ({ manifest: { isthmus: { ...manifest('bad'), ...changes } } })
const withProvider = (text: string): PluginChanges => ({ files: { 'dist/index.js': text } })

/** Plugins that are wrong in one way each, with the stage that finds it and whether their code may have run by then. */
const bad: readonly { readonly what: string; readonly changes: PluginChanges; readonly stage: string; readonly says: RegExp; readonly runs: boolean }[] = [
  { what: 'no isthmus entry', changes: { manifest: { isthmus: undefined } }, stage: 'manifest', says: /no "isthmus" entry/, runs: false },
  { what: 'a field of the wrong type', changes: withManifest({ id: 7 }), stage: 'manifest', says: /isthmus\.id/, runs: false },
  { what: 'a field nobody reads', changes: withManifest({ providers: './x.js' }), stage: 'manifest', says: /providers/, runs: false },
  { what: 'an old apiVersion', changes: withManifest({ apiVersion: 0 }), stage: 'apiVersion', says: /version 0 .* knows 1/, runs: false },
  { what: 'an apiVersion of the future', changes: withManifest({ apiVersion: 9 }), stage: 'apiVersion', says: /version 9 .* knows 1/, runs: false },
  { what: 'a range without the running core', changes: { manifest: { peerDependencies: { '@isthmus/core': '^7.0.0' } } }, stage: 'coreRange', says: /\^7\.0\.0/, runs: false },
  { what: 'a range that is none', changes: { manifest: { peerDependencies: { '@isthmus/core': 'newest' } } }, stage: 'coreRange', says: /newest/, runs: false },
  { what: 'no range', changes: { manifest: { peerDependencies: {} } }, stage: 'coreRange', says: /which @isthmus\/core/, runs: false },
  { what: 'a path out of the package', changes: withManifest({ provider: './../../outside.js' }), stage: 'path', says: /leads out/, runs: false },
  { what: 'a module that is not there', changes: withManifest({ provider: './dist/absent.js' }), stage: 'path', says: /absent\.js is not in/, runs: false },
  { what: 'a simulated cloud out of the package', changes: withManifest({ simulatedCloud: './../../outside.js' }), stage: 'path', says: /leads out/, runs: false },
  { what: 'the id of another provider', changes: withManifest({ id: 'built-in' }), stage: 'id', says: /built-in is there already/, runs: false },
  { what: 'an error at import', changes: withProvider('throw new Error("out of order")'), stage: 'import', says: /out of order/, runs: true },
  { what: 'something thrown that is no error', changes: withProvider('throw "out of order"'), stage: 'import', says: /out of order/, runs: true },
  { what: 'a syntax error', changes: withProvider('export const = 1'), stage: 'import', says: /cannot be loaded/, runs: false },
  { what: 'an import that never ends', changes: withProvider('await new Promise(() => {})'), stage: 'import', says: /not loaded after 400 ms/, runs: true },
  { what: 'no export of that name', changes: withProvider('export const acme = {}'), stage: 'shape', says: /no export named provider/, runs: true },
  { what: 'an export that is no provider', changes: withProvider('export const provider = { id: "bad", apiVersion: 1 }'), stage: 'shape', says: /wrong at facts/, runs: true },
  { what: 'a provider without a function', changes: withProvider(providerModule('bad').replace('link: nothing,', '')), stage: 'shape', says: /wrong at link: must be a function/, runs: true },
  { what: 'a fact without its source', changes: withProvider(providerModule('bad').replace('dpd: fact(\'fixed\')', 'dpd: { value: \'fixed\' }')), stage: 'shape', says: /wrong at facts\.dpd\.source/, runs: true },
  { what: 'an export that throws when it is read', changes: withProvider('export const provider = { id: "bad", get facts() { throw new Error("no entry") } }'), stage: 'shape', says: /no entry/, runs: true },
  { what: 'an export that is never set', changes: withProvider('export let provider\nconst set = () => { provider = 1 }'), stage: 'shape', says: /wrong at its top/, runs: true },
  { what: 'another id than its manifest', changes: withProvider(providerModule('other')), stage: 'shape', says: /provider is other .* says bad/, runs: true },
  { what: 'a simulated cloud that is none', changes: { files: { 'dist/simulated-cloud.js': 'export const simulatedCloud = 5' } }, stage: 'shape', says: /simulatedCloud is wrong/, runs: true },
  { what: 'a simulated cloud of somebody else', changes: { files: { 'dist/simulated-cloud.js': simulatedCloudModule('acme/built-in') } }, stage: 'shape', says: /acme\/built-in/, runs: true },
]

describe('a plugin with', () => {
  it.each(bad)('$what is left out at $stage, and the others work', async ({ changes, stage, says, runs }) => {
    host.install('bad', changes)
    host.install('good')
    const { plugins, failures } = await load('bad', 'good')
    expect(failures).toEqual([{ plugin: 'bad', origin: 'listed', stage, reason: expect.stringMatching(says), hint: expect.stringMatching(/\w+ .*\w/) }])
    expect(plugins.map(({ id }) => id)).toEqual(['good'])
    expect(existsSync(host.marker('bad')), 'whether its code ran').toBe(runs)
  })

  it('a link out of the package is left out', async () => {
    host.install('bad', withManifest({ provider: './linked/index.js' }))
    mkdirSync(join(host.path, 'elsewhere'))
    host.write('elsewhere/index.js', providerModule('bad'))
    symlinkSync(join(host.path, 'elsewhere'), join(host.path, 'node_modules/bad/linked'))
    expect((await load('bad')).failures).toMatchObject([{ stage: 'path', reason: './linked/index.js leads out of the package' }])
  })
})

describe('all bad plugins at once', () => {
  it('are each reported, and the good one works', async () => {
    for (const [index, { changes }] of bad.entries()) host.install(`bad-${index}`, changes)
    host.install('good')
    const { plugins, failures } = await load(...bad.map((_, index) => `bad-${index}`), 'good')
    expect(plugins.map(({ id }) => id)).toEqual(['good'])
    expect(failures).toHaveLength(bad.length)
  })
})

describe('finding a plugin', () => {
  it('reads what it is and where', async () => {
    host.install('@acme/provider', { id: 'acme' })
    const folder = realpathSync(join(host.path, 'node_modules/@acme/provider'))
    expect((await load('@acme/provider')).plugins).toMatchObject([{
      id: 'acme', origin: 'listed', packageName: '@acme/provider', version: '1.2.3', folder, provider: { id: 'acme' },
      providerFile: join(folder, 'dist/index.js'), simulated: { file: join(folder, 'dist/simulated-cloud.js'), cloud: { source: 'acme/provider' } },
    }])
  })

  it('does without a simulated cloud', async () => {
    host.install('plain', { manifest: { isthmus: { ...manifest('plain'), simulatedCloud: undefined } } })
    const [plugin] = (await load('plain')).plugins
    expect(plugin).toMatchObject({ id: 'plain' })
    expect(plugin).not.toHaveProperty('simulated')
  })

  it('takes a path to a folder, and a symbolic link to it', async () => {
    const folder = host.install('acme')
    symlinkSync(folder, join(host.path, 'here'))
    expect((await load('./here')).plugins).toMatchObject([{ id: 'acme', folder: realpathSync(folder) }])
    expect((await load(folder)).plugins).toMatchObject([{ id: 'acme' }])
    expect((await load(`./${relative(host.path, folder)}`)).plugins).toMatchObject([{ id: 'acme' }])
  })

  it('looks in the folders above, as Node does', async () => {
    host.install('acme')
    expect((await loadPlugins({ from: join(host.path, 'deep/er'), plugins: ['acme'] }, settings)).plugins).toMatchObject([{ id: 'acme' }])
  })

  it.each(['absent', './absent', '/absent/of/course', 'a/../b', '', 'node:fs', 'http://127.0.0.1/x.js'])('reports %j as missing', async (plugin) => {
    expect(await load(plugin)).toMatchObject({ plugins: [], failures: [{ plugin, stage: 'locate', reason: `there is no package ${plugin}` }] })
  })

  it('reports a package.json that is no JSON', async () => {
    host.write('node_modules/torn/package.json', '{ "name": ')
    expect((await load('torn')).failures).toMatchObject([{ stage: 'manifest', reason: expect.stringContaining('cannot be read') }])
  })

  it('keeps the first of two with one id, and of two with one simulated cloud', async () => {
    host.install('first', { id: 'same' })
    host.install('second', { id: 'same' })
    host.install('third', { files: { 'dist/simulated-cloud.js': simulatedCloudModule('acme/first') } })
    const { plugins, failures } = await load('first', 'second', 'third', 'first')
    expect(plugins).toMatchObject([{ packageName: 'first' }])
    expect(failures).toMatchObject([{ plugin: 'second', stage: 'id' }, { plugin: 'third', stage: 'shape' }])
  })
})

describe('discovery', () => {
  beforeEach(() => {
    host.install('acme')
    host.install('nested')
    host.install('bundled', { id: 'built-in' })
    host.install('old', { manifest: { isthmus: { ...manifest('old'), apiVersion: 0 } } })
    host.install('no-plugin', { manifest: { isthmus: undefined } })
    host.write('package.json', { name: 'host', dependencies: { 'no-plugin': '1', old: '1', acme: '1', bundled: '1', 'not-installed': '1' }, devDependencies: { nested: '1' } })
  })

  it('takes direct dependencies that declare a plugin, and runs no other package', async () => {
    const { plugins, failures } = await loadPlugins({ from: host.path, plugins: [], discover: true }, { ...settings, bundled: ['bundled'] })
    expect(plugins).toMatchObject([{ id: 'acme', origin: 'discovered' }])
    expect(failures).toMatchObject([{ plugin: 'old', origin: 'discovered', stage: 'apiVersion' }])
    expect(['no-plugin', 'nested', 'old', 'bundled'].filter((name) => existsSync(host.marker(name)))).toEqual([])
  })

  it('is off when left out', async () => {
    expect(await load()).toEqual({ plugins: [], failures: [] })
    expect(existsSync(host.marker('acme'))).toBe(false)
  })

  it('does not load again what is listed', async () => {
    const { plugins } = await loadPlugins({ from: host.path, plugins: ['acme'], discover: true }, { ...settings, bundled: ['bundled'] })
    expect(plugins).toMatchObject([{ id: 'acme', origin: 'listed' }])
  })

  it('finds nothing where there is no package.json', async () => {
    expect(await loadPlugins({ from: join(host.path, 'nowhere'), plugins: [], discover: true }, settings)).toEqual({ plugins: [], failures: [] })
  })
})
