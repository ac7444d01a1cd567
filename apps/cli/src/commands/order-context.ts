import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { IsthmusError, type AnyProvider, type Plan } from '@isthmus/core'
import { locateTofu, masterSecret, OrderWorkspace, type OrderEvent } from '@isthmus/tofu'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { simulatedClouds, type SimulatedClouds } from '../simulation/simulated-clouds.ts'
import type { Interrupts } from './interruptible.ts'

/** Options of the commands that touch clouds. */
export interface CloudOptions {
  readonly simulated?: boolean
  readonly speed: number
  readonly home?: string
  readonly acceptLeftovers?: boolean
}

/** Folder that keeps state and keys: `--home`, `ISTHMUS_HOME`, or `.isthmus` where the command is called. */
export function homeFolder(options: Pick<CloudOptions, 'home'>): string {
  return resolve(options.home ?? process.env['ISTHMUS_HOME'] ?? '.isthmus')
}

/** Folder of the objects of the simulated clouds. */
export function cloudsFolder(home: string): string {
  return join(home, 'simulated', 'clouds')
}

/** Folder of the stacks; those of simulated clouds never mix with those of real ones. */
export function ordersFolder(home: string, simulated: boolean): string {
  return join(home, simulated ? 'simulated' : 'real', 'orders')
}

/** What a command works on an order with. */
export interface OrderContext {
  readonly workspace: OrderWorkspace
  readonly providers: readonly AnyProvider[]
  readonly clouds?: SimulatedClouds
}

/** Opens the workspace of an order, against simulated clouds where asked for. */
export async function openOrder(name: string, options: CloudOptions, known: KnownClouds, events: { onEvent?: (event: OrderEvent) => void; interrupts?: Interrupts; log: (line: string) => void }): Promise<OrderContext> {
  const home = homeFolder(options)
  const simulated = options.simulated === true
  const [binary, master] = [await locateTofu({ log: events.log }), await masterSecret(home, process.env)]
  const clouds = simulated ? await simulatedClouds(cloudsFolder(home), options.speed, known.plugins, events.log) : undefined
  const workspace = new OrderWorkspace(name, {
    home: ordersFolder(home, simulated),
    binary,
    master,
    providers: known.providers,
    environment: clouds ? clouds.environment : pluginCache(home),
    simulated,
    acceptLeftovers: options.acceptLeftovers === true,
    ...(events.onEvent ? { onEvent: events.onEvent } : {}),
    ...(events.interrupts ? { signal: events.interrupts.signal } : {}),
  })
  events.interrupts?.onAgain(() => workspace.stop())
  return { workspace, providers: known.providers, ...(clouds ? { clouds } : {}) }
}

/** Real providers are large; all stacks share one copy of each. */
function pluginCache(home: string): Record<string, string> {
  const folder = process.env['TF_PLUGIN_CACHE_DIR'] ?? join(home, 'real', 'plugins')
  // OpenTofu refuses a cache that is not there.
  mkdirSync(folder, { recursive: true })
  return { TF_PLUGIN_CACHE_DIR: folder }
}

/**
 * Refuses to work on real clouds without credentials: nobody should find out after minutes that a variable was missing.
 *
 * @throws IsthmusError WORKSPACE_INVALID naming the variables of each cloud that has none
 */
export function requireCredentials(plan: Pick<Plan, 'fragments'>, env: NodeJS.ProcessEnv): void {
  const missing = new Map<string, string>()
  for (const { provider, environment } of plan.fragments) {
    const given = Object.keys(env).some((name) => environment.some((prefix) => name.startsWith(prefix)))
    if (!given) missing.set(provider.name, environment.map((prefix) => `${prefix}…`).join(' or '))
  }
  if (missing.size === 0) return
  const list = [...missing].map(([name, variables]) => `${name} (${variables})`).join(', ')
  throw new IsthmusError('WORKSPACE_INVALID', `no credentials in the environment for ${list}; set the variables of its OpenTofu provider, or add --simulated to use simulated clouds`)
}

/**
 * Refuses to bring an order to simulated clouds when one of its clouds is not simulated, and would be real.
 *
 * @throws IsthmusError WORKSPACE_INVALID naming the OpenTofu providers that nobody simulates
 */
export function requireSimulated(plan: Pick<Plan, 'fragments'>, clouds: Pick<SimulatedClouds, 'serves'>): void {
  const missing = new Set(plan.fragments.map(({ provider }) => provider.source).filter((source) => !clouds.serves(source)))
  if (missing.size > 0) throw new IsthmusError('WORKSPACE_INVALID', `nobody simulates ${[...missing].join(', ')}; its plugin brings no simulated cloud, so leave --simulated out, or use a version of the plugin that brings one`)
}
