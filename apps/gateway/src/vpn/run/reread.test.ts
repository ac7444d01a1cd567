import { stackOfLink } from '@isthmus/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRuns, type Runs } from '../../runs/index.ts'
import type { Store } from '../../store/index.ts'
import { clouds, connectionIn, vnetOf, vpnOf } from '../../testing/networks.fixture.ts'
import { noStacks } from '../../testing/no-stacks.fixture.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import { linkOf } from '../vpn-plan.ts'
import { vpnKind, type Vpn } from '../vpn.ts'
import { rereadingOthers } from './reread.ts'

const [a, b, c, d] = [vnetOf('a', connectionIn.aws, 10), vnetOf('b', connectionIn.azure, 20), vnetOf('c', connectionIn.gcp, 30), vnetOf('d', connectionIn.tencent, 40)]
const [own, taken, alone] = [vpnOf('own', a, b), vpnOf('taken', a, c), vpnOf('alone', a, d)]
let lab: StoreLab
let store: Store
let runs: Runs
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  runs = await openRuns(store)
  for (const vpn of [own, taken, alone]) await store.records.insert(vpnKind, 'ns', vpn.name, vpn)
})
afterAll(() => lab.close())

/** Works on the links of some VPNs for one of them, and fails. */
function failing(on: readonly Vpn[], signal = new AbortController().signal): Promise<never> {
  return rereadingOthers({ store, runs, engine: noStacks(), clouds, now: () => new Date() }, { signal, transaction: (work) => store.transaction(work) }, { namespace: 'ns', id: own.name, order: 'o', vpn: own }, async (touched) => {
    for (const vpn of on) touched.add(stackOfLink(linkOf(vpn)))
    throw new Error('no gateway can be made')
  })
}

const asked = async () => (await runs.list({})).map(({ kind, target }) => `${kind} ${target}`)

it('other VPNs whose links were worked on are read, whatever the work came to, once at a time', async () => {
  await expect(failing([own])).rejects.toThrow('no gateway can be made')
  expect(await asked()).toEqual([])
  await expect(failing([own, taken])).rejects.toThrow('no gateway can be made')
  expect(await asked()).toEqual(['vpn.refresh vpn/ns/taken'])
  await expect(failing([own, taken])).rejects.toThrow('no gateway can be made')
  expect(await asked()).toEqual(['vpn.refresh vpn/ns/taken'])
})

it('a run that is stopped leaves that to the attempt after it', async () => {
  await expect(failing([alone], AbortSignal.abort())).rejects.toThrow('no gateway can be made')
  expect(await asked()).not.toContain('vpn.refresh vpn/ns/alone')
})
