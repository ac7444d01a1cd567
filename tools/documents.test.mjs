import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findingCatalogue } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from './bootstrap.mjs'
import { gatewaySchemaText, readmeWithTable, writtenGatewaySchemaText, writtenReadme } from './make-gateway-schema.mjs'
import { findingsPage, writtenFindingsPage } from './make-findings-docs.mjs'
import { gatewayOperationsPage, writtenGatewayOperationsPage } from './make-gateway-docs.mjs'
import { pairsPage, writtenPairsPage } from './make-pairs-docs.mjs'
import { orderSchemaText, writtenOrderSchemaText } from './make-order-schema.mjs'
import { termsPage, writtenTermsPage } from './make-terms-docs.mjs'

const codes = Object.keys(findingCatalogue)

describe('generated documents', () => {
  it('docs/findings.md is what the catalogue says; else run node tools/make-findings-docs.mjs', () => {
    expect(writtenFindingsPage()).toBe(findingsPage())
  })

  it('docs/order.schema.json is what `isthmus schema` prints; else run node tools/make-order-schema.mjs', () => {
    expect(writtenOrderSchemaText()).toBe(orderSchemaText())
  })

  it('docs/gateway.schema.json is what `isthmus-gateway schema` prints, and the README has its fields; else run node tools/make-gateway-schema.mjs', () => {
    expect(writtenGatewaySchemaText()).toBe(gatewaySchemaText())
    expect(writtenReadme()).toBe(readmeWithTable())
  })

  it('docs/pairs.md is what the planner makes of every pair; else run node tools/make-pairs-docs.mjs', async () => {
    expect(writtenPairsPage()).toBe(await pairsPage())
  })

  it('docs/gateway-operations.md is what a gateway says of itself; else run node tools/make-gateway-docs.mjs', async () => {
    expect(writtenGatewayOperationsPage()).toBe(await gatewayOperationsPage())
  })

  it('docs/terms.md is what the facts say; else run node tools/make-terms-docs.mjs', async () => {
    expect(writtenTermsPage()).toBe(await termsPage())
  })
})

describe('docs/pairs.md', () => {
  const page = writtenPairsPage()

  it('says of every impossible pair why, and what to do instead', () => {
    const impossible = page.split('not possible.').slice(1)
    expect(impossible.length).toBeGreaterThan(3)
    expect(impossible.filter((text) => !/^\n- Why: .{20,}\n- Instead: .{20,}\n/.test(text))).toEqual([])
  })

  it('leads from each cell to its row', () => {
    const targets = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1])
    expect(targets.filter((target) => !page.includes(`<a id="${target}"></a>`))).toEqual([])
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
  const tests = ['packages', 'apps', 'plugins', 'tests'].flatMap(filesBelow).filter((file) => file.endsWith('.test.ts')).map((file) => readFileSync(file, 'utf8'))
  const sources = ['packages', 'apps', 'plugins'].flatMap(filesBelow).filter((file) => /(?<!\.test|\.fixture)\.ts$/.test(file) && !file.endsWith('catalogue.ts')).map((file) => readFileSync(file, 'utf8'))

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
  const packages = ['packages', 'apps', 'plugins'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)).filter((folder) => existsSync(join(root, folder, 'package.json')))
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
