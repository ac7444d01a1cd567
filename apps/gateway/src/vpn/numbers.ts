import type { Agreed } from '@isthmus/core'
import type { Records } from '../store/index.ts'
import { agreedKind, keptNumbers } from './vpn.ts'

const numbersId = 'numbers'
const none: Agreed = { asns: {}, inside: {} }

/** Numbers that plans of a namespace gave out. */
export async function agreedOf(records: Records, namespace: string): Promise<Agreed> {
  return (await records.get(agreedKind, namespace, numbersId))?.doc ?? none
}

/** Keeps the numbers of a plan; those of other VPNs of the namespace stay. */
export async function keepNumbers(records: Records, namespace: string, { asns, inside, fitted = {} }: Agreed): Promise<void> {
  await change(records, namespace, (known) => ({
    asns: { ...known.asns, ...asns },
    inside: { ...known.inside, ...inside },
    fitted: { ...without(known.fitted ?? {}, Object.keys(inside)), ...fitted },
  }))
}

/** Gives the numbers of a link free, and those of sites that have no link left. */
export async function freeNumbers(records: Records, namespace: string, link: string, sites: readonly string[]): Promise<void> {
  await change(records, namespace, ({ asns, inside, fitted = {} }) => ({ asns: without(asns, sites), inside: without(inside, [link]), fitted: without(fitted, [link]) }))
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))
}

async function change(records: Records, namespace: string, changed: (known: Agreed) => Agreed): Promise<void> {
  const found = await records.get(agreedKind, namespace, numbersId)
  const doc = keptNumbers(changed(found?.doc ?? none))
  if (found) await records.update(agreedKind, found, doc)
  else await records.insert(agreedKind, namespace, numbersId, doc)
}
