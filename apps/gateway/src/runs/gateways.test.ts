import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { engineNames, StoreLab } from '../testing/store.fixture.ts'
import { openRuns } from './index.ts'

const lease = 60_000

describe.each(engineNames)('gateways on %s', (engine) => {
  let lab: StoreLab
  let store: Store
  beforeAll(async () => {
    lab = await StoreLab.open(engine)
  })
  beforeEach(async () => {
    store = await lab.store()
  })
  afterAll(() => lab.close())

  it('are there from the beginning, until they leave', async () => {
    const { gateways } = await openRuns(store)
    expect([await gateways.isGone(gateways.name), await gateways.isGone('')]).toEqual([false, true])
    await gateways.leave()
    expect(await gateways.isGone(gateways.name)).toBe(true)
  })

  it('are gone when another one has the store to itself, or when they gave no sign of life for a lease', async () => {
    const { gateways } = await openRuns(store)
    await gateways.beat(-1)
    const other = (await openRuns(store)).gateways
    expect([await other.isGone(gateways.name), await other.isGone(other.name)]).toEqual([true, false])
  })
})

describe('a gateway on PostgreSQL', () => {
  let lab: StoreLab
  beforeAll(async () => {
    lab = await StoreLab.open('PostgreSQL')
  })
  afterAll(() => lab.close())

  it('that comes to life again before anybody missed it is the same one', async () => {
    const { gateways } = await openRuns(await lab.store())
    const { name } = gateways
    await gateways.beat(-1)
    await gateways.beat(lease)
    expect([gateways.name, await gateways.isGone(name)]).toEqual([name, false])
  })

  it('that comes to life again after it counted as gone is another one, and the first stays gone', async () => {
    const store = await lab.store()
    const { gateways } = await openRuns(store)
    const { name } = gateways
    await gateways.beat(-1)
    expect(await gateways.isGone(name)).toBe(true)
    await gateways.beat(lease)
    expect(gateways.name).not.toBe(name)
    expect([await gateways.isGone(name), await gateways.isGone(gateways.name)]).toEqual([true, false])
    await expect(store.transaction(({ database }) => gateways.verify(database, name))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })
})
