import { describe, expect, it } from 'vitest'
import { addressesOf, counterpart, instances, poolOf } from './apipa.ts'

describe('pools of inside addresses', () => {
  const largest = 64

  it.each(instances)('gives instance %i one address in each of its blocks, all different', (instance) => {
    const pool = poolOf(instance, largest)
    const addresses = addressesOf(instance, largest)
    expect(new Set(addresses).size).toBe(largest)
    for (const [index, block] of pool.entries()) expect(block.host(2).toString()).toBe(addresses[index])
  })

  it('keeps the pools of the two instances apart', () => {
    const [first, second] = [poolOf(0, largest), poolOf(1, largest)]
    expect(first.some((block) => second.some((other) => block.overlaps(other)))).toBe(false)
  })

  it('finds the counterpart of every address in the other pool, and its way back', () => {
    for (const [index, block] of poolOf(0, largest).entries()) {
      const other = counterpart(block.host(2), 1)
      expect(other.toString()).toBe(addressesOf(1, largest)[index])
      expect(counterpart(other, 0).equals(block.host(2))).toBe(true)
    }
  })
})
