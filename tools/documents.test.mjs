import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findingCatalogue } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from './bootstrap.mjs'
import { findingsPage, writtenFindingsPage } from './make-findings-docs.mjs'
import { orderSchemaText, writtenOrderSchemaText } from './make-order-schema.mjs'

const codes = Object.keys(findingCatalogue)

describe('generated documents', () => {
  it('docs/findings.md is what the catalogue says; else run node tools/make-findings-docs.mjs', () => {
    expect(writtenFindingsPage()).toBe(findingsPage())
  })

  it('docs/order.schema.json is what `isthmus schema` prints; else run node tools/make-order-schema.mjs', () => {
    expect(writtenOrderSchemaText()).toBe(orderSchemaText())
  })
})

describe('the JSON Schema of an order', () => {
  const schema = z.fromJSONSchema(JSON.parse(writtenOrderSchemaText()))
  const orders = filesBelow('examples').filter((file) => /\.(yaml|json)$/.test(file))

  it.each(orders.map((file) => [file.slice(root.length), file]))('tells an editor whether %s is right', (name, file) => {
    expect(schema.safeParse(parse(readFileSync(file, 'utf8'))).success).toBe(!name.includes('/bad/'))
  })
})

describe('findings', () => {
  const tests = ['packages', 'apps', 'tests'].flatMap(filesBelow).filter((file) => file.endsWith('.test.ts')).map((file) => readFileSync(file, 'utf8'))
  const sources = ['packages', 'apps'].flatMap(filesBelow).filter((file) => /(?<!\.test|\.fixture)\.ts$/.test(file) && !file.endsWith('catalogue.ts')).map((file) => readFileSync(file, 'utf8'))

  it.each(codes)('%s is explained', (code) => {
    const { why, remedy } = findingCatalogue[code]
    expect(writtenFindingsPage()).toContain(`<a id="${code}"></a>`)
    expect(why).toMatch(/^\p{Lu}.{15,}\.$/u)
    expect(remedy).toMatch(/^\p{Lu}.{5,}\.$/u)
  })

  it.each(codes)('%s is raised by the code and by a test', (code) => {
    expect(sources.some((text) => text.includes(`'${code}'`)), 'nothing raises it').toBe(true)
    expect(tests.some((text) => text.includes(`'${code}'`)), 'no test names it').toBe(true)
  })
})

describe('links in documents', () => {
  const pages = filesBelow('.').filter((file) => file.endsWith('.md'))

  it.each(pages.map((file) => [file.slice(root.length), file]))('%s leads nowhere wrong', (_, file) => {
    const text = readFileSync(file, 'utf8').replace(/```[\s\S]*?```/g, '')
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]).filter((target) => !/^(https?:|#|mailto:)/.test(target))
    expect(targets.filter((target) => !existsSync(join(dirname(file), target.split('#')[0])))).toEqual([])
  })
})

it('the README leads to every package', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const packages = ['packages', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)).filter((folder) => existsSync(join(root, folder, 'package.json')))
  expect(packages.filter((folder) => !text.includes(`](${folder}`))).toEqual([])
})

describe('NOTICE', () => {
  const schemas = filesBelow('packages/simulator/src/clouds').filter((file) => file.endsWith('/schema.ts'))

  it.each(schemas.map((file) => [file.slice(root.length), file]))('says where %s comes from', (_, file) => {
    const source = /^ {2}source: '(.+)',$/m.exec(readFileSync(file, 'utf8'))?.[1]
    expect(source).toMatch(/.\/./)
    expect(readFileSync(join(root, 'NOTICE'), 'utf8')).toMatch(new RegExp(`^ {2}\\S+ +${source}[ ,]`, 'm'))
  })
})

function filesBelow(folder) {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['node_modules', 'dist', 'coverage'].includes(entry.name)) return []
    return entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(path, entry.name)]
  })
}
