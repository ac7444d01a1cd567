import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proveAgreement, type RoutingMode } from '@isthmus/core'
import { startSimulator, type CloudObject, type Simulator } from '@isthmus/simulator'
import { locateTofu, OrderWorkspace, type OrderResult } from '@isthmus/tofu'
import { demandNone, type Check } from '../check/check.ts'
import { demandSomeLink, modes } from '../check/own-fragments.ts'
import { sentence, tryLink, type PlannedLink } from '../check/planned-link.ts'
import type { SiteExample, Subject } from '../check/subject.ts'
import { mirror, mirrorShapes } from '../mirror/mirror.ts'
import { mirrorCloud } from '../mirror/mirror-cloud.ts'

/** Minutes and not seconds: OpenTofu runs some twenty times, and perhaps beside many other tests. */
const timeout = 240_000

/** A fixed master secret: nothing real is protected with it, and the same keys make failures repeatable. */
const master = new Uint8Array(32).fill(7)

/**
 * A real OpenTofu plans, applies, plans again and destroys a link on simulated clouds: of the first example in each routing
 * mode, of the others in the mode that they prefer.
 */
export function applyChecks(subject: Subject): Check[] {
  return subject.sites.flatMap(([name, site], index) => {
    const check = (what: string, mode: RoutingMode | undefined): Check => ({
      group: 'apply',
      name: `${name}: OpenTofu applies a link${what}, has nothing to change then, and destroys it`,
      timeout,
      run: async () => {
        demandSomeLink(subject.provider, site)
        const link = linkFor(subject, site, mode)
        if (link) demandNone(await lifeOf(link, subject))
      },
    })
    return index === 0 ? modes.map((mode) => check(` under ${mode}`, mode)) : [check('', undefined)]
  })
}

/** A link with whatever mirror comes first; none where the provider does not have the mode. */
function linkFor({ provider }: Subject, site: SiteExample, routing: RoutingMode | undefined): PlannedLink | undefined {
  for (const shape of mirrorShapes.toReversed()) {
    const link = tryLink({ provider, site, against: mirror(shape), ...(routing ? { routing } : {}) })
    if ('plan' in link) return link
  }
  return undefined
}

async function lifeOf(link: PlannedLink, { provider, simulatedCloud, existing }: Subject): Promise<string[]> {
  const home = await mkdtemp(join(tmpdir(), 'isthmus-kit-'))
  const simulator = await startSimulator({ home: join(home, 'clouds'), speed: Infinity, clouds: [simulatedCloud, mirrorCloud()], providers: link.providers })
  existing.forEach((object) => simulator.put(object))
  try {
    const options = { home, binary: await locateTofu(), master, providers: link.providers, environment: { TF_REATTACH_PROVIDERS: simulator.reattach }, simulated: true }
    const workspace = (): OrderWorkspace => new OrderWorkspace(link.plan.name, options)
    const applied = failures('apply', await workspace().apply(link.plan))
    if (applied.length > 0) return applied
    const proof = proveAgreement(await workspace().read(), link.plan, link.providers)
    const again = await workspace().apply(link.plan)
    const problems = [...proof.findings.map((finding) => `after the apply: ${sentence(finding)}`), ...downTunnels(simulator, provider.id), ...failures('second plan', again), ...changed(again)]
    const destroyed = failures('destroy', await workspace().destroy())
    return [...problems, ...destroyed, ...leftovers(simulator, existing)]
  } finally {
    await simulator.close()
    await rm(home, { recursive: true, force: true })
  }
}

function leftovers(simulator: Simulator, existing: readonly CloudObject[]): string[] {
  const made = simulator.objects().filter((object) => !existing.some(({ type, id }) => object.type === type && object.id === id))
  return made.map(({ type, id }) => `${type} ${id} is left over after destroy`)
}

function failures(step: string, { stacks, findings }: OrderResult): string[] {
  const stopped = stacks.filter((stack) => stack.outcome === 'failed' || stack.outcome === 'skipped')
  return [...stopped.map((stack) => `${step} of ${stack.stack} ${stack.outcome}: ${stack.error ?? 'another stack failed'}`), ...findings.map(sentence)]
}

function changed({ stacks }: OrderResult): string[] {
  return stacks.filter((stack) => stack.outcome === 'applied').map((stack) => `the second plan still changes ${stack.stack}: ${JSON.stringify(stack.changes)}`)
}

function downTunnels(simulator: Simulator, cloud: string): string[] {
  return simulator.tunnels().filter(({ end, up }) => end.cloud === cloud && !up && !end.mayIdle).map(({ end, reason }) => `the tunnel of ${end.connection} is down: ${reason}`)
}
