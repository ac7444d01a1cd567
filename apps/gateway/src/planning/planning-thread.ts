// What runs in a thread: the providers, loaded once more, since their functions cannot be handed over.
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { loadPlugins } from '@isthmus/plugin-host'
import { workerData } from 'piscina'
import { z } from 'zod'
import { builtInProviders } from '../start/built-in-providers.ts'
import type { CheckedOrder, ExplainedOrder, RefusedOrder } from './planner.ts'
import { checkOrder, explainOrder, type PlannedFor, type PlanningTask } from './planning-task.ts'

const { folders } = z.object({ folders: z.array(z.string()) }).parse(workerData)
const { plugins } = await loadPlugins({ from: process.cwd(), plugins: folders }, { taken: builtInProviders.map(({ id }) => id) })
const clouds: PlannedFor = { providers: [...builtInProviders, ...plugins.map(({ provider }) => provider)], networkOnly: cloudsWithoutProvider }

export function check(task: PlanningTask): CheckedOrder | RefusedOrder {
  return checkOrder(task, clouds)
}

export function explain(task: PlanningTask): ExplainedOrder | RefusedOrder {
  return explainOrder(task, clouds)
}
