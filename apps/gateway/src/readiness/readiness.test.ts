import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { clouds } from '../testing/networks.fixture.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { Readiness } from './readiness.ts'

let lab: StoreLab
let store: Store
beforeAll(async () => { lab = await StoreLab.open('SQLite') })
beforeEach(async () => { store = await lab.store() })
afterAll(() => lab.close())

const readinessOf = (problem?: string) => new Readiness(store, { clouds, pluginFailures: [], engineProblem: () => problem })

/** Lets the database refuse to keep anything, as one on a full disk does. */
async function refuseWrites(): Promise<void> {
  for (const change of ['insert', 'update']) await sql.raw(`create trigger full_${change} before ${change} on record begin select raise(abort, 'database or disk is full'); end`).execute(store.database.engine.write)
}

async function takeWrites(): Promise<void> {
  for (const change of ['insert', 'update']) await sql.raw(`drop trigger full_${change}`).execute(store.database.engine.write)
}

describe('a gateway', () => {
  it('is ready when store and engine work', async () => {
    expect(await readinessOf().state()).toMatchObject({ ready: true, problems: [], initialized: true })
  })

  it('is not ready while its store takes no writes, although it can be read', async () => {
    await refuseWrites()
    const readiness = readinessOf()
    for (let asked = 0; asked < 2; asked += 1) expect(await readiness.state()).toMatchObject({ ready: false, problems: [expect.stringMatching(/store|write|full/)] })
    await takeWrites()
    expect(await readiness.state()).toMatchObject({ ready: true, problems: [] })
  })

  it('is not ready while no stack can be worked on, or when it stops, and says so', async () => {
    const readiness = readinessOf('there is no OpenTofu')
    readiness.stop()
    expect(await readiness.state()).toMatchObject({ ready: false, problems: ['the gateway stops', 'there is no OpenTofu'] })
  })

  it('is initialised when somebody says so, until somebody says the opposite', async () => {
    const readiness = readinessOf()
    for (const initialized of [false, false, true]) {
      await readiness.setInitialized(initialized)
      expect(await readiness.state()).toMatchObject({ ready: true, initialized })
    }
  })
})
