import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfiguration } from './configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'isthmus-configuration-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('the configuration', () => {
  it('names plugins, and speaks of its own folder', () => {
    expect(readConfiguration(file('full.yaml', 'plugins: [./acme, "@moon/provider"]\ndiscover: true\n'), {})).toEqual({ plugins: ['./acme', '@moon/provider'], discover: true, folder })
  })

  it('comes from ISTHMUS_CONFIG where no file is given', () => {
    const path = file('env.yaml', 'plugins: [moon]')
    expect(readConfiguration(undefined, { ISTHMUS_CONFIG: path }).plugins).toEqual(['moon'])
    expect(readConfiguration(file('given.yaml', 'plugins: [sun]'), { ISTHMUS_CONFIG: path }).plugins).toEqual(['sun'])
  })

  it('may be missing where nobody names it, and may be empty', () => {
    expect(readConfiguration(undefined, {})).toMatchObject({ plugins: [], discover: false })
    expect(readConfiguration(file('empty.yaml', ''), {})).toMatchObject({ plugins: [], discover: false })
  })

  it.each([
    ['plugins: acme', 'plugins'],
    ['plugins: [""]', 'plugins.0'],
    ['discover: sometimes', 'discover'],
    ['plugin: [acme]', 'plugin'],
    ['- acme', 'its top'],
    ['plugins: [', 'cannot be read'],
  ])('that says %j is refused, naming %s', (text, says) => {
    const path = file('wrong.yaml', text)
    expect(() => readConfiguration(path, {})).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID', message: expect.stringMatching(new RegExp(`wrong\\.yaml.*${says.replace('.', '\\.')}`)) }))
  })

  it('that is named and not there is refused', () => {
    expect(() => readConfiguration(join(folder, 'absent.yaml'), {})).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }))
  })
})
