import { planOrder, type Agreed, type Plan, type Refused } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { readOrder } from './read-order.ts'

/** Reads and plans an order file. */
export async function planFile(file: string, known: KnownClouds, agreed?: Agreed): Promise<Plan | Refused> {
  const read = await readOrder(file)
  if ('findings' in read) return { ok: false, findings: read.findings }
  return planOrder(read.order, { providers: known.providers, clouds: known.withoutProvider, ...(agreed ? { agreed } : {}) })
}
