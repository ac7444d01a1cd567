import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { globalScope, namespaceKind } from '../namespace/namespace.ts'
import { openRuns } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { clouds, connectionIn, vnetOf } from '../testing/networks.fixture.ts'
import { noStacks } from '../testing/no-stacks.fixture.ts'
import { engineNames, StoreLab } from '../testing/store.fixture.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { agreedOf } from './numbers.ts'
import { Vpns } from './vpns.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const { aws, azure, gcp, tencent, alibaba, ibm } = connectionIn
const vnetsOf = () => [aws, azure, gcp, tencent, alibaba, ibm].map((connection, index) => vnetOf(names[index] ?? '', connection, 10 * (index + 1)))

describe.each(engineNames)('numbers of gateways, on %s', (engine) => {
  let lab: StoreLab
  let store: Store
  let vpns: Vpns
  beforeAll(async () => {
    lab = await StoreLab.open(engine)
    store = await lab.store()
    vpns = new Vpns({ store, runs: await openRuns(store), engine: noStacks(), clouds, now: () => new Date() })
  })
  afterAll(() => lab.close())

  /** A namespace with a vNet in each cloud. @returns the numbers of their gateways by name of the vNet */
  async function open(namespace: string): Promise<() => Promise<Record<string, number | undefined>>> {
    const vnets = vnetsOf()
    await store.records.insert(namespaceKind, globalScope, namespace, { name: namespace, description: '', uid: namespace, order: 'n0123456789a' })
    for (const vnet of vnets) await store.records.insert(vnetKind, namespace, vnet.name, vnet)
    return async () => {
      const { asns } = await agreedOf(store.records, namespace)
      return Object.fromEntries(vnets.map(({ name, uid }) => [name, asns[uid]]))
    }
  }
  const between = (one: string, other: string, settings: readonly [object, object] = [{}, {}]) => ({ name: `${one}-${other}`, ends: [{ vnet: one, settings: { ...settings[0] } }, { vnet: other, settings: { ...settings[1] } }] as const })

  it('are given to VPNs that have nothing to do with each other and are ordered at once, and stay when another joins them', async () => {
    const numbers = await open('joined')
    await Promise.all([vpns.create('joined', between('a', 'b')), vpns.create('joined', between('c', 'd'))])
    const before = await numbers()
    expect(new Set([before['a'], before['b'], before['c'], before['d']]).size).toBe(4)
    await vpns.create('joined', between('a', 'c'))
    expect(await numbers()).toEqual(before)
  })

  it('are not given to one whose number would move a gateway that is in use', async () => {
    const numbers = await open('moved')
    await vpns.create('moved', between('a', 'b'))
    const before = await numbers()
    await expect(vpns.create('moved', between('a', 'c', [{}, { asn: before['b'] }]))).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/^bgpAsn: VPN a-b would go down, because the gateway of vNet b has .* ruled out by c\); give/) })
    await expect(vpns.create('moved', between('a', 'c', [{ asn: 65010 }, {}]))).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`vNet a has the autonomous system number ${before['a']} and would need 65010`) })
    expect(await numbers()).toEqual(before)
    expect(await vpns.list('moved')).toHaveLength(1)
  })

  it('are never given twice and never changed, in whatever order VPNs come', async () => {
    let count = 0
    const pairs = fc.uniqueArray(fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 8, selector: (pair) => pair.toSorted().join('') })
    await fc.assert(fc.asyncProperty(pairs, fc.integer({ min: 1, max: 3 }), async (ends, atOnce) => {
      const namespace = `any-${count++}`
      const numbers = await open(namespace)
      for (let index = 0; index < ends.length; index += atOnce) {
        const before = await numbers()
        await Promise.all(ends.slice(index, index + atOnce).map(([one = '', other = '']) => vpns.create(namespace, between(one, other))))
        const given = Object.values(await numbers()).filter((asn) => asn !== undefined)
        expect(given).toHaveLength(new Set(ends.slice(0, index + atOnce).flat()).size)
        expect(new Set(given).size).toBe(given.length)
        expect(await numbers()).toMatchObject(Object.fromEntries(Object.entries(before).filter(([, asn]) => asn !== undefined)))
      }
    }), { numRuns: 15 })
  })
})
