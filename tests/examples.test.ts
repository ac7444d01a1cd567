import { readdirSync, readFileSync } from 'node:fs'
import { orderJsonSchema, planOrder } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { providers } from './orders.ts'

const folder = new URL('../examples/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const read = (name: string): unknown => parse(readFileSync(new URL(name, folder), 'utf8'))

const at = (value: unknown, ...path: (string | number)[]): unknown => path.reduce<unknown>((inner, step) => Object(inner)[step], value)
const keys = (value: unknown): string[] => Object.keys(Object(value))

describe('an example order', () => {
  const schema = orderJsonSchema(providers)

  it('is there', () => {
    expect(names).toContain('three-clouds.yaml')
  })

  it.each(names)('%s can be planned, without an error', (name) => {
    const plan = planOrder(read(name), { providers })
    expect(plan.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(plan.ok).toBe(true)
  })

  it.each(names)('%s has the fields that its JSON Schema names, and those it asks for', (name) => {
    const order = read(name)
    expect(keys(at(schema, 'properties'))).toEqual(expect.arrayContaining(keys(order)))
    expect(keys(order)).toEqual(expect.arrayContaining(Object.values(Object(schema['required']))))
    const branches: unknown[] = Object.values(Object(at(schema, 'properties', 'sites', 'additionalProperties', 'oneOf')))
    for (const site of Object.values(Object(at(order, 'sites')))) {
      const branch = branches.find((item) => at(item, 'properties', 'cloud', 'const') === at(site, 'cloud'))
      expect(keys(at(branch, 'properties'))).toEqual(expect.arrayContaining(keys(site)))
      expect(keys(site)).toEqual(expect.arrayContaining(Object.values(Object(at(branch, 'required')))))
    }
  })
})
