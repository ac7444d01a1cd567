import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasErrors, planOrder, proveAgreement, viewsOfFragments, type Plan, type RoutingMode } from '@isthmus/core'
import { startSimulator } from '@isthmus/simulator'
import { locateTofu, OrderWorkspace } from '@isthmus/tofu'
import { describe, expect, it } from 'vitest'
import { otherClouds, others } from './others.ts'
import { acme } from './src/index.ts'
import { simulatedCloud } from './src/simulated-cloud/index.ts'

const providers = [acme, ...others]

/** Acme in the middle, and one site of every other cloud around it. */
function orderWith(routing: RoutingMode | undefined): unknown {
  const around = others.map((other, index) => {
    const [region = ''] = Object.keys(other.facts.network.regions.value)
    return [other.id, { cloud: other.id, region, cidr: `10.${index + 1}.0.0/16` }] as const
  })
  return { name: 'newcomer', topology: { hub: 'acme' }, ...(routing ? { defaults: { routing } } : {}), sites: { acme: { cloud: 'acme', region: 'north-1', cidr: '10.200.0.0/16' }, ...Object.fromEntries(around) } }
}

function planned(routing: RoutingMode | undefined): Plan {
  const plan = planOrder(orderWith(routing), { providers })
  if (!plan.ok) throw new Error(plan.findings.map(({ code, path, title }) => `${code} ${path}: ${title}`).join('\n'))
  return plan
}

describe('a cloud that nobody has seen before', () => {
  it('is written in less than 500 lines, simulated cloud included', async () => {
    const folder = new URL('src/', import.meta.url)
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'))
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))
    expect(texts.flatMap((text) => text.trimEnd().split('\n')).length).toBeLessThan(500)
  })

  // Each mode with each other cloud is in the conformance test; not all of them have BGP.
  it.each([undefined, 'static'] as const)('is linked with every other, and both ends agree (routing: %s)', (routing) => {
    const plan = planned(routing)
    const proof = proveAgreement(viewsOfFragments(plan.fragments), plan, providers)
    expect(proof.findings).toEqual([])
    expect(plan.deals.map((deal) => [deal.a.site, deal.b.site].find((site) => site !== 'acme')).sort()).toEqual(others.map(({ id }) => id).sort())
    expect(proof.tunnels).toHaveLength(plan.deals.flatMap((deal) => deal.tunnels).length)
  })

  it('is applied with all of them by the real OpenTofu, and leaves nothing behind', { timeout: 600_000 }, async () => {
    const plan = planned(undefined)
    const home = await mkdtemp(join(tmpdir(), 'isthmus-newcomer-'))
    const simulator = await startSimulator({ home: join(home, 'clouds'), speed: Infinity, clouds: [simulatedCloud, ...otherClouds], providers })
    try {
      const options = { home, binary: await locateTofu(), master: new Uint8Array(32).fill(7), providers, environment: { TF_REATTACH_PROVIDERS: simulator.reattach }, simulated: true }
      const applied = await new OrderWorkspace(plan.name, options).apply(plan)
      expect(applied.stacks.filter((stack) => stack.outcome !== 'applied')).toEqual([])
      expect(hasErrors(applied.findings)).toBe(false)
      expect(simulator.tunnels().filter(({ end, up }) => end.cloud === 'acme' && !up)).toEqual([])
      const again = await new OrderWorkspace(plan.name, options).apply(plan)
      expect(again.stacks.filter((stack) => stack.outcome !== 'unchanged')).toEqual([])
      await new OrderWorkspace(plan.name, options).destroy()
      expect(simulator.objects()).toEqual([])
    } finally {
      await simulator.close()
      await rm(home, { recursive: true, force: true })
    }
  })
})
