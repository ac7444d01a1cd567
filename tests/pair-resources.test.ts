import { tabulatePairs } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { differentClouds } from './cloud-pairs.ts'
import { providers } from './orders.ts'
import { madeByLinks, pairResources, type Counts, type PairResources } from './pair-resources.ts'

const table = tabulatePairs(providers)

/** What a link makes at both ends, without what the sheet counts with gateways. */
function made({ a, b, mode }: PairResources): Counts | 'none' {
  const cell = table.find((row) => row.a === a && row.b === b)?.modes[mode]
  if (!cell?.possible) return 'none'
  return Object.fromEntries(Object.entries({ ...cell.resources.a, ...cell.resources.b }).filter(([type]) => !(type in madeByLinks)))
}

describe('resources of a link', () => {
  it('are stated of every pair in both modes, once', () => {
    const cells = (['bgp', 'static'] as const).flatMap((mode) => differentClouds.map(({ a, b }) => `${a} ${b} ${mode}`))
    expect(pairResources.map(({ a, b, mode }) => `${a} ${b} ${mode}`).sort()).toEqual(cells.sort())
  })

  it.each(pairResources.map((pair): [string, PairResources] => [`${pair.a}–${pair.b} ${pair.mode}`, pair]))('%s are as many as stated', (_, pair) => {
    expect(made(pair)).toEqual(pair.made ?? pair.expected)
  })

  it.each(pairResources.map((pair): [string, PairResources] => [`${pair.a}–${pair.b} ${pair.mode}`, pair]))('%s have a reason exactly where they are not those of the fact sheet', (_, { expected, made: instead, why }) => {
    expect(instead === undefined).toBe(why === undefined)
    if (instead === undefined) expect(expected).toBeDefined()
    else expect(instead).not.toEqual(expected)
  })

  it.each(Object.entries(madeByLinks))('of type %s are made by links', (type) => {
    expect(table.some((row) => Object.values(row.modes).some((cell) => cell.possible && (type in cell.resources.a || type in cell.resources.b)))).toBe(true)
  })
})
