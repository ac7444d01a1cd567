import { afterAll, beforeAll, expect, it } from 'vitest'
import { globalScope, namespaceKind } from '../namespace/namespace.ts'
import { openRuns } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { clouds, connectionIn, vnetOf } from '../testing/networks.fixture.ts'
import { noStacks } from '../testing/no-stacks.fixture.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { vpnKind } from './vpn.ts'
import { Vpns } from './vpns.ts'

const namespace = 'ns'
let lab: StoreLab
let store: Store
let vpns: Vpns
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  vpns = new Vpns({ store, runs: await openRuns(store), engine: noStacks(), clouds, now: () => new Date() })
  await store.records.insert(namespaceKind, globalScope, namespace, { name: namespace, description: '', uid: 'u', order: 'n0123456789a' })
  for (const vnet of [vnetOf('mine', connectionIn.aws, 10), vnetOf('hers', `alice-${connectionIn.azure}`, 20), vnetOf('also-hers', `alice-${connectionIn.gcp}`, 30)]) await store.records.insert(vnetKind, namespace, vnet.name, vnet)
})
afterAll(() => lab.close())

const order = (one: string, other: string) => ({ name: 'vpn', ends: [{ vnet: one, settings: {} }, { vnet: other, settings: {} }] as const })
const kept = async () => [await store.records.list(vnetKind), await store.records.list(vpnKind)]

it('a VPN between vNets of two credential holders is refused before anything is touched, with the field and the way out', async () => {
  const before = await kept()
  await expect(vpns.create(namespace, order('mine', 'hers'))).rejects.toMatchObject({
    code: 'PARAMETER_INVALID',
    message: `site2: vNet hers belongs to the credential holder alice and vNet mine to admin, and a VPN is made with the credentials of one; register the network of hers once more through the connection ${connectionIn.azure}, give admin access to it, and name that vNet`,
  })
  expect(await kept()).toEqual(before)
})

it('one between vNets of one holder is made, whoever that is', async () => {
  expect(await vpns.create(namespace, order('hers', 'also-hers'))).toMatchObject({ kind: 'vpn.apply', state: 'ready' })
})
