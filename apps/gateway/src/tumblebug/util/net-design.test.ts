import { Cidr } from '@isthmus/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listAt, textAt, valueAt } from '../../../test/lab/gateway-lab.fixture.ts'
import { poster } from '../../testing/api.fixture.ts'
import { addNetDesign } from './net-design.ts'

const post = poster(addNetDesign)
const design = (cidrBlock: string, ...rules: readonly (readonly ['minSubnets' | 'minHosts', number])[]) =>
  post('/util/net/design', { cidrBlock, subnettingRules: rules.map(([type, value]) => ({ type, value })) })

const blocksOf = (body: unknown): string[] => listAt(body, 'subnets').map((subnet) => textAt(subnet, 'cidrBlock'))

describe('net design', () => {
  it('makes at least so many equal parts, or the smallest parts with room for so many hosts', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 8, max: 24 }), fc.integer({ min: 1, max: 60 }), fc.boolean(), async (prefix, value, byHosts) => {
      const block = Cidr.of(`10.0.0.0/${prefix}`)
      const { status, body } = await design(block.toString(), byHosts ? ['minHosts', 2 ** Math.min(10, 32 - prefix) - 2] : ['minSubnets', value])
      if (status === 400) return
      const parts = blocksOf(body).map((text) => Cidr.of(text))
      expect(parts.length).toBeGreaterThanOrEqual(byHosts ? 1 : value)
      expect(new Set(parts.map((part) => part.prefix)).size).toBe(1)
      for (const [index, part] of parts.entries()) expect(part.first).toBe(index === 0 ? block.first : (parts[index - 1]?.last ?? 0n) + 1n)
      expect(parts.at(-1)?.last).toBe(block.last)
    }), { numRuns: 30 })
  })

  it('applies each rule to what the rule before it made', async () => {
    const { body } = await design('10.0.0.0/16', ['minSubnets', 3], ['minHosts', 1000])
    expect(blocksOf(body)).toEqual(['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18'])
    expect(blocksOf(listAt(body, 'subnets')[0])).toHaveLength(16)
  })

  // What the peer gets wrong (clients.md 7.1): exact fits, the end of the address space, host bits, and numbers without a limit.
  it('finds the one block that hosts fit into exactly', async () => expect(blocksOf((await design('10.0.0.0/24', ['minHosts', 254])).body)).toEqual(['10.0.0.0/24']))
  it('designs at the end of the address space', async () => expect(blocksOf((await design('255.255.255.0/24', ['minHosts', 100])).body)).toEqual(['255.255.255.0/25', '255.255.255.128/25']))

  it.each<[string, string, readonly ['minSubnets' | 'minHosts', number][], RegExp]>([
    ['host bits', '10.0.1.77/24', [], /cidrBlock/],
    ['no block', 'ten', [], /cidrBlock/],
    ['no subnets', '10.0.0.0/16', [['minSubnets', 0]], /subnettingRules\[0\]/],
    ['fewer than none', '10.0.0.0/16', [['minSubnets', -4]], /subnettingRules\[0\]/],
    ['more hosts than there are addresses', '10.0.0.0/24', [['minHosts', 255]], /subnettingRules\[0\]/],
    ['millions of subnets', '10.0.0.0/8', [['minSubnets', 2 ** 24]], /subnettingRules/],
    ['millions of subnets by degrees', '10.0.0.0/8', [['minSubnets', 4096], ['minSubnets', 4096]], /subnettingRules/],
    ['IPv6', '2001:db8::/48', [['minHosts', 10]], /./],
  ])('refuses %s', async (_, block, rules, named) => {
    const { status, body } = await design(block, ...rules)
    expect([status, valueAt(body, 'message')]).toEqual([400, expect.stringMatching(named)])
  })
})
