// What runs in a thread: the providers, loaded once more, since their functions cannot be handed over.
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { loadPlugins } from '@isthmus/plugin-host'
import { workerData } from 'piscina'
import { z } from 'zod'
import { builtInProviders } from '../start/built-in-providers.ts'
import type { CheckedOrder, ExplainedOrder, RefusedOrder } from './planner.ts'
import { checkOrder, explainOrder, type PlannedFor, type PlanningTask } from './planning-task.ts'

const { folders } = z.object({ folders: z.array(z.string()) }).parse(workerData)
/** Milliseconds. The gateway has loaded these plugins, so that one which is not there yet is only slow. */
const timeoutMs = 60_000

let loading: Promise<PlannedFor> | undefined

/** Without one of its plugins a thread would say of a cloud that there is none. @throws Error naming the plugins, and whoever comes next tries again */
function loaded(): Promise<PlannedFor> {
  return (loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  }))
}

async function load(): Promise<PlannedFor> {
  const { plugins, failures } = await loadPlugins({ from: process.cwd(), plugins: folders }, { taken: builtInProviders.map(({ id }) => id), timeoutMs })
  if (failures.length > 0) throw new Error(`plugins were loaded before and are not now: ${failures.map(({ plugin, reason }) => `${plugin}: ${reason}`).join('; ')}`)
  return { providers: [...builtInProviders, ...plugins.map(({ provider }) => provider)], networkOnly: cloudsWithoutProvider }
}

export async function check(task: PlanningTask): Promise<CheckedOrder | RefusedOrder> {
  return checkOrder(task, await loaded())
}

export async function explain(task: PlanningTask): Promise<ExplainedOrder | RefusedOrder> {
  return explainOrder(task, await loaded())
}
