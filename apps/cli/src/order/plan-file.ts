import { planOrder, type Agreed, type Plan, type Refused } from '@isthmus/core'
import { providers } from '../providers.ts'
import { readOrder } from './read-order.ts'

/** Reads and plans an order file. */
export async function planFile(file: string, agreed?: Agreed): Promise<Plan | Refused> {
  const read = await readOrder(file)
  if ('findings' in read) return { ok: false, findings: read.findings }
  return planOrder(read.order, { providers, ...(agreed ? { agreed } : {}) })
}
