import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkStructure } from './check-structure.ts'

const manifest = {
  type: 'module',
  exports: { '.': './dist/index.js' },
  peerDependencies: { '@isthmus/core': '^0.1.0' },
  isthmus: { apiVersion: 1, id: 'acme', provider: './dist/index.js' },
}

const files: Readonly<Record<string, string>> = {
  'facts.ts': 'export const acmeFacts = {}\n',
  'options.ts': 'export const options = {}\n',
  'network.ts': 'export function network() {}\n',
  'offer.ts': 'export const offer = () => undefined\n',
  'gateway.ts': 'function make() {}\nexport { make as gateway }\n',
  'link.ts': 'export function link() {}\n',
  'read.ts': "export { networks, read } from './reader.ts'\n",
  'index.ts': 'export { acme as provider }\n',
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-structure-'))
  mkdirSync(join(folder, 'src'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'src', name), text)
  write(manifest)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(value: unknown): void {
  writeFileSync(join(folder, 'package.json'), typeof value === 'string' ? value : JSON.stringify(value))
}

const said = (): string[] => checkStructure(folder).map(({ file, problem }) => `${file} ${problem}`)

describe('the structure of a package', () => {
  it('is fine', () => expect(said()).toEqual([]))

  it('lacks a file', () => {
    rmSync(join(folder, 'src/offer.ts'))
    expect(said()).toEqual(['src/offer.ts is missing'])
  })

  it('lacks an export', () => {
    writeFileSync(join(folder, 'src/link.ts'), 'export function links() {}\n')
    writeFileSync(join(folder, 'src/index.ts'), 'export const acme = {}\n')
    expect(said()).toEqual(['src/link.ts does not export `link`', 'src/index.ts does not export `provider`'])
  })

  it.skipIf(process.platform === 'win32')('leads out of the package', () => {
    rmSync(join(folder, 'src/facts.ts'))
    const elsewhere = mkdtempSync(join(tmpdir(), 'isthmus-elsewhere-'))
    writeFileSync(join(elsewhere, 'facts.ts'), files['facts.ts'] ?? '')
    symlinkSync(join(elsewhere, 'facts.ts'), join(folder, 'src/facts.ts'))
    expect(said()).toEqual(['src/facts.ts lies outside the package'])
    rmSync(elsewhere, { recursive: true })
  })

  it.each([
    ['is not JSON', '{', /is missing or is not valid JSON/],
    ['has no entry', { ...manifest, isthmus: undefined }, /has no isthmus entry; add "isthmus": \{/],
    ['has another version', { ...manifest, isthmus: { ...manifest.isthmus, apiVersion: 2 } }, /apiVersion must be 1/],
    ['has an id that orders cannot use', { ...manifest, isthmus: { ...manifest.isthmus, id: 'Acme' } }, /isthmus\.id must be lower-case/],
    ['leads out of the package', { ...manifest, isthmus: { ...manifest.isthmus, provider: './../other/index.js' } }, /leads out of the package/],
    ['names a package instead of a file', { ...manifest, isthmus: { ...manifest.isthmus, simulatedCloud: 'other' } }, /simulatedCloud must be a path/],
    ['brings a core of its own', { ...manifest, peerDependencies: {} }, /among its peerDependencies/],
    ['knows another provider', { ...manifest, dependencies: { '@isthmus/provider-other': '1.0.0' } }, /half of a pair/],
    ['is of the old module system', { ...manifest, type: 'commonjs' }, /"type": "module"/],
  ])('has a manifest that %s', (_, value, problem) => {
    write(value)
    expect(said()).toEqual([expect.stringMatching(problem)])
  })
})
