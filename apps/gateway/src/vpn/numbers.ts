import type { Agreed } from '@isthmus/core'
import type { Records } from '../store/index.ts'
import { agreedKind, keptNumbers } from './vpn.ts'

const numbersId = 'numbers'
const none: Agreed = { asns: {}, inside: {} }

/** Numbers that plans of a namespace gave out. */
export async function agreedOf(records: Records, namespace: string): Promise<Agreed> {
  return (await records.get(agreedKind, namespace, numbersId))?.doc ?? none
}

/** Keeps the numbers that a plan gives to sites, so that whoever plans next leaves them alone. */
export async function keepAsns(records: Records, namespace: string, { asns }: Agreed): Promise<void> {
  await change(records, namespace, (known) => ({ ...known, asns: { ...known.asns, ...asns } }))
}

/** Keeps the numbers that a plan gives to these links, as they are about to be applied; whoever applies others keeps theirs. */
export async function keepLinkNumbers(records: Records, namespace: string, { inside, fitted = {} }: Agreed, links: readonly string[]): Promise<void> {
  await change(records, namespace, (known) => ({
    ...known,
    inside: { ...without(known.inside, links), ...only(inside, links) },
    fitted: { ...without(known.fitted ?? {}, links), ...only(fitted, links) },
  }))
}

/** Gives the numbers of a link free, and those of sites that have no link left. */
export async function freeNumbers(records: Records, namespace: string, link: string, sites: readonly string[]): Promise<void> {
  await change(records, namespace, ({ asns, inside, fitted = {} }) => ({ asns: without(asns, sites), inside: without(inside, [link]), fitted: without(fitted, [link]) }))
}

function only<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)))
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
