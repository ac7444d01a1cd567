import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOperations, startSimulator, type Simulator } from './index.ts'
import { toyCloud } from './testing/toy-cloud.ts'
import { Workspace } from './testing/workspace.ts'

let home: string
let simulator: Simulator
let workspace: Workspace

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'isthmus-home-'))
  simulator = await startSimulator({ home, speed: Infinity, clouds: [toyCloud], providers: [] })
  workspace = new Workspace(() => simulator.reattach)
})

afterEach(async () => {
  await simulator.close()
  workspace.remove()
  rmSync(home, { recursive: true, force: true })
})

const required = { terraform: { required_providers: { toy: { source: 'example/toy' } } } }
const box = (attributes: object) => ({ ...required, resource: { toy_box: { a: { name: 'alpha', ...attributes } } } })

describe('a round trip with the real engine', () => {
  it('creates with everything a schema can hold and then plans nothing', async () => {
    const pin = { box_id: '${toy_box.a.id}', secret: 'write-only-value' }
    await workspace.apply({
      ...required,
      resource: {
        toy_box: { a: { name: 'alpha', key: 'k', shelf: [{ label: 'x' }, { label: 'y', height: 3 }], lock: [{ code: '1' }, { code: '2' }], tags: { t: '1' } } },
        toy_pin: { p: pin },
      },
    })
    expect(workspace.attributes('toy_box.a')).toMatchObject({ id: 'box-alpha', size: 4, colour: 'red', region: 'nowhere', label: [{ text: 'box alpha' }], key: 'k' })
    expect(workspace.attributes('toy_pin.p')).toMatchObject({ box_id: 'box-alpha', secret: null })
    expect(await workspace.plan()).toEqual({})
  })

  it('updates in place and keeps what the change does not touch', async () => {
    await workspace.apply(box({ shelf: [{ label: 'x' }], lock: [{ code: '1' }] }))
    const before = workspace.attributes('toy_box.a')
    workspace.write(box({ size: 7, shelf: [{ label: 'x', height: 2 }], lock: [{ code: '1' }, { code: '2' }] }))
    expect(await workspace.plan()).toEqual({ 'toy_box.a': 'update' })
    await workspace.apply(box({ size: 7, shelf: [{ label: 'x', height: 2 }], lock: [{ code: '1' }, { code: '2' }] }))
    expect(workspace.attributes('toy_box.a')).toMatchObject({ size: 7, address: before['address'], shelf: [{ height: 2, serial: expect.stringMatching(/^sim-/) }] })
    expect(await workspace.plan()).toEqual({})
  })

  it.each([
    ['an attribute', { name: 'omega' }],
    ['a secret', { key: 'other' }],
    ['an attribute inside a block', { shelf: [{ label: 'z' }] }],
  ])('replaces when %s changes that cannot', async (_, change) => {
    await workspace.apply(box({ key: 'k', shelf: [{ label: 'x' }] }))
    workspace.write(box({ key: 'k', shelf: [{ label: 'x' }], ...change }))
    expect(await workspace.plan()).toEqual({ 'toy_box.a': 'delete+create' })
    await workspace.apply(box({ key: 'k', shelf: [{ label: 'x' }], ...change }))
    expect(await workspace.plan()).toEqual({})
  })

  it('is refused to destroy what is in use, and destroys all once it is not', async () => {
    await workspace.apply(box({}))
    simulator.put({ type: 'toy_pin', id: 'pin-1', attributes: { id: 'pin-1', box_id: 'box-alpha' } })
    const refused = await workspace.run('destroy', '-no-color', '-auto-approve')
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('A pin is still in box-alpha.') })
    simulator.remove('toy_pin', 'pin-1')
    await workspace.destroy()
    expect(simulator.objects()).toEqual([])
  })

  it('imports an object without replacing it, even where its secret is not known', async () => {
    await workspace.apply(box({ key: 'k' }))
    await workspace.run('state', 'rm', 'toy_box.a')
    const imported = await workspace.run('import', '-no-color', 'toy_box.a', 'box-alpha')
    expect(imported.output).toContain('Import successful')
    expect(await workspace.plan()).toEqual({ 'toy_box.a': 'update' })
    await workspace.apply(box({ key: 'k' }))
    expect(workspace.attributes('toy_box.a')['key']).toBe('k')
    expect(await workspace.plan()).toEqual({})
  })

  it('refuses to import what is not there', async () => {
    workspace.write(box({}))
    await workspace.run('init')
    const imported = await workspace.run('import', '-no-color', 'toy_box.a', 'box-nobody')
    expect(imported.output).toContain('Cannot import non-existent remote object')
  })

  it('looks data up among the objects', async () => {
    simulator.put({ type: 'toy_box', id: 'box-there', attributes: { id: 'box-there', name: 'there', size: 2, address: '192.0.2.9' } })
    const data = (name: string) => ({ ...required, data: { toy_box: { d: { name } } } })
    await workspace.apply(data('there'))
    expect(workspace.attributes('data.toy_box.d')).toMatchObject({ id: 'box-there', address: '192.0.2.9', size: 2 })
    workspace.write(data('nowhere'))
    expect((await workspace.run('plan', '-no-color')).output).toContain('No matching object found')
  })

  it('keeps the configuration of aliases apart', async () => {
    const names = ['one', 'two', 'three']
    await workspace.apply({
      ...required,
      provider: { toy: names.map((name) => ({ alias: name, region: `region-${name}` })) },
      resource: { toy_box: Object.fromEntries(names.map((name) => [name, { provider: `toy.${name}`, name }])) },
    })
    expect(names.map((name) => workspace.attributes(`toy_box.${name}`)['region'])).toEqual(names.map((name) => `region-${name}`))
  })

  it('refuses invalid values at plan time, with the place', async () => {
    workspace.write(box({ size: 12, colour: 'green' }))
    await workspace.run('init')
    const { code, output } = await workspace.run('plan', '-no-color')
    expect(code).toBe(1)
    expect(output).toContain('expected a number in the range (1 - 9), got 12')
    expect(output).toContain('expected one of [red, blue], got green')
  })

  it('shows objects that were changed or taken away behind its back', async () => {
    await workspace.apply(box({ size: 5 }))
    const [object] = simulator.objects()
    simulator.put({ type: 'toy_box', id: 'box-alpha', attributes: { ...object?.attributes, size: 6 } })
    expect(await workspace.plan()).toEqual({ 'toy_box.a': 'update' })
    simulator.remove('toy_box', 'box-alpha')
    expect(await workspace.plan()).toEqual({ 'toy_box.a': 'create' })
  })

  it('writes down what it was asked to do', async () => {
    await workspace.apply(box({}))
    expect(readOperations(home)).toMatchObject([{ op: 'create', type: 'toy_box', id: 'box-alpha', outcome: 'done' }])
  })
})
