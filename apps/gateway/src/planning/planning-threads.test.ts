import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { providerModule } from '../../../../tests/provider-module.fixture.ts'
import { installPlugin } from '../testing/plugin-packages.fixture.ts'
import { PlanningThreads } from './planning-threads.ts'

let folder: string
let planner: PlanningThreads
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-planning-'))
  installPlugin(folder, 'stuck', { code: providerModule('stuck').replace('safeParse: (data) => ({ success: true, data })', 'safeParse: () => { for (;;); }') })
  planner = new PlanningThreads([])
})
afterAll(async () => {
  await planner.close()
  rmSync(folder, { recursive: true, force: true })
})

const site = (cloud: string, region: string, second: number) => ({ cloud, region, cidr: `10.${second}.0.0/16` })
const pair = { name: 'pair', topology: 'full-mesh', sites: { a: site('aws', 'ap-northeast-2', 1), b: site('gcp', 'asia-northeast3', 2) } }
const mesh = { name: 'mesh', topology: 'full-mesh', sites: Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`s${index}`, site('gcp', 'asia-northeast3', index)])) }

describe('orders that clients send', () => {
  it('are checked, and keep the numbers they have', async () => {
    const first = await planner.check(pair, undefined)
    expect(first).toMatchObject({ ok: true, findings: [], agreed: { asns: { a: expect.any(Number), b: expect.any(Number) } } })
    const agreed = { asns: { a: 65_010, b: 65_020 }, inside: {} }
    expect(await planner.check(pair, agreed)).toMatchObject({ ok: true, agreed: { asns: agreed.asns } })
  })

  it('are explained, with the proof', async () => {
    expect(await planner.explain(pair, undefined)).toMatchObject({ ok: true, plan: { name: 'pair', links: [{ name: 'a--b', routing: 'bgp', tunnels: 4 }], proof: { proven: true, tunnels: 4, findings: [] } } })
  })

  it.each<[string, unknown, string]>([
    ['with what is wrong', { ...pair, sites: { ...pair.sites, b: site('gcp', 'asia-northeast3', 1) } }, 'CIDR_OVERLAP'],
    ['too large', { ...mesh, topology: { links: Array.from({ length: 1001 }, () => ['s0', 's1']) } }, 'ORDER_INVALID'],
    ['that are none', 7, 'ORDER_INVALID'],
  ])('are refused %s', async (_, document, code) => {
    const found = await planner.check(document, undefined)
    expect([found.ok, found.findings.map((item) => item.code)]).toEqual([false, expect.arrayContaining([code])])
  })

  it('are planned while everybody else is served', async () => {
    let ticks = 0
    const timer = setInterval(() => (ticks += 1), 1)
    await planner.explain(mesh, undefined)
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(20)
  })

  it('whose provider does not return take nobody else with them', async ({ onTestFinished }) => {
    const planner = new PlanningThreads([join(folder, 'node_modules/stuck')], 8_000)
    onTestFinished(() => planner.close())
    const stuck = planner.check({ ...pair, sites: { ...pair.sites, a: site('stuck', 'north', 1) } }, undefined)
    const fine = planner.check(pair, undefined)
    await expect(stuck).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/not planned within 8 s/) })
    expect((await fine).ok).toBe(true)
    expect((await planner.check(pair, undefined)).ok).toBe(true)
  })

  it('are not planned without a plugin that the gateway has loaded', async ({ onTestFinished }) => {
    installPlugin(folder, 'absent', { code: 'throw new Error("not today")' })
    const planner = new PlanningThreads([join(folder, 'node_modules/absent')])
    onTestFinished(() => planner.close())
    for (let attempt = 0; attempt < 2; attempt += 1) await expect(planner.check(pair, undefined)).rejects.toThrow(/absent: .*not today/)
  })

  it('wait for a plugin that is slow to load', { timeout: 120_000 }, async ({ onTestFinished }) => {
    installPlugin(folder, 'slow', { code: `await new Promise((resolve) => setTimeout(resolve, 6_000))\n${providerModule('slow')}` })
    const planner = new PlanningThreads([join(folder, 'node_modules/slow')], 100_000)
    onTestFinished(() => planner.close())
    expect((await planner.check(pair, undefined)).ok).toBe(true)
  })

  it('are refused while too many wait, and planned again later', async () => {
    const results = await Promise.allSettled(Array.from({ length: 150 }, () => planner.check(pair, undefined)))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'UNAVAILABLE', message: 'too many orders wait to be planned; try again soon' })
    expect((await planner.check(pair, undefined)).ok).toBe(true)
  })
})
