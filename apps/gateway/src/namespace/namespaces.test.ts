import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { defaultTemplate, templateKind } from '../template/template.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { connectionIn, vnetOf } from '../testing/networks.fixture.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { globalScope, hiddenNamespace, namespaceKind } from './namespace.ts'
import { Namespaces } from './namespaces.ts'

let lab: StoreLab
let store: Store
let namespaces: Namespaces
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  namespaces = new Namespaces(store, [vnetKind], [templateKind])
})
afterAll(() => lab.close())

describe('Namespaces', () => {
  it('are made once, and each has the name of an order of its own', async () => {
    const made = await Promise.allSettled([1, 2, 3].map(() => namespaces.create({ name: 'one' })))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(namespaces.create({ name: 'one' })).rejects.toMatchObject({ code: 'ALREADY_EXISTS', message: expect.stringContaining('already exists') })
    await Promise.all([1, 2, 3].map(() => namespaces.ensure('one')))
    await namespaces.create({ name: 'two' })
    const orders = (await namespaces.list()).map(({ doc }) => doc.order)
    expect(new Set(orders).size).toBe(orders.length)
  })

  it('keep their id and their order whatever they are called', async () => {
    const before = await namespaces.create({ name: 'three', description: 'said' })
    const after = await namespaces.update('three', { name: 'drei' })
    expect([after.id, after.doc]).toEqual(['three', { ...before.doc, name: 'drei' }])
    await expect(namespaces.update('drei', { name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not valid namespace: drei does not exist' })
  })

  it('are not removed while they hold something, alone or with all others', async () => {
    await namespaces.create({ name: 'held' })
    const vnet = await store.records.insert(vnetKind, 'held', 'east', vnetOf('east', connectionIn.aws, 1))
    for (const removal of [namespaces.remove('held'), namespaces.removeAll()]) await expect(removal).rejects.toMatchObject({ code: 'IN_USE', message: expect.stringContaining('Cannot delete NS held') })
    expect((await namespaces.list()).length).toBeGreaterThan(1)
    await store.records.remove(vnetKind, vnet)
    await namespaces.removeAll()
    expect(await namespaces.list()).toEqual([])
  })

  it('take their templates along: one of the same name has none', async () => {
    await namespaces.create({ name: 'again' })
    await store.records.insert(templateKind, 'again', 'mine', { ...defaultTemplate, name: 'mine' })
    await namespaces.remove('again')
    await namespaces.create({ name: 'again' })
    expect(await store.records.list(templateKind, 'again')).toEqual([])
  })

  it('that belong to something else are nobody’s business', async () => {
    const hidden = hiddenNamespace('terrarium', 'tr01')
    await store.records.insert(namespaceKind, globalScope, hidden, { name: 'tr01', description: '', uid: 'u', order: 'n1' })
    expect(await namespaces.find(hidden)).toBeUndefined()
    expect((await namespaces.list()).map(({ id }) => id)).not.toContain(hidden)
    await namespaces.removeAll()
    expect(await store.records.get(namespaceKind, globalScope, hidden)).toBeDefined()
  })
})
