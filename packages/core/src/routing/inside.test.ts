import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Cidr } from '../address/cidr.ts'
import type { InsideOffer } from '../provider/offer.ts'
import { type InsideRequest, createInsideAllocator } from './inside.ts'
import { shareInsideBlocks } from './inside-rules.ts'

const free: InsideOffer = { ranges: ['169.254.0.0/16'], reserved: [], owner: 'any' }
const strict: InsideOffer = {
  ranges: ['169.254.0.0/16'], owner: 'first',
  reserved: ['169.254.0.0/30', '169.254.1.0/30', '169.254.2.0/30', '169.254.3.0/30', '169.254.4.0/30', '169.254.5.0/30', '169.254.169.252/30'],
}
const poolBlocks = (third: number, count: number) => Array.from({ length: count }, (_, index) => `169.254.${third}.${index * 4}/30`)
const pooled: InsideOffer = { ranges: ['169.254.21.0/24', '169.254.22.0/24'], reserved: [], owner: 'any', pools: [poolBlocks(21, 3), poolBlocks(22, 3)] }
const high: InsideOffer = { ranges: ['169.254.128.0/17'], reserved: [], owner: 'any' }

interface Part { site: string; inside: InsideOffer; localSlot?: number }
function request(tunnel: string, a: Part, b: Part, blocks: { wanted?: string; agreed?: string } = {}): InsideRequest {
  return {
    tunnel, a: { localSlot: 0, ...a }, b: { localSlot: 0, ...b }, path: `links.${tunnel}.insideCidr`,
    wanted: blocks.wanted === undefined ? undefined : Cidr.of(blocks.wanted),
    agreed: blocks.agreed === undefined ? undefined : Cidr.of(blocks.agreed),
  }
}
type Result = ReturnType<ReturnType<typeof createInsideAllocator>['allocate']>
const text = (result: Result) => 'findings' in result ? result.findings.map(({ code }) => code) : `${result.cidr} ${result.aAddress} ${result.bAddress} ${result.because}`
const north = { site: 'north', inside: free }
const south = { site: 'south', inside: free }
const east = { site: 'east', inside: free }

describe('the inside allocator', () => {
  it('starts at 169.254.10.0 and counts up at each gateway', () => {
    const allocator = createInsideAllocator()
    expect(text(allocator.allocate(request('t0', north, south)))).toBe('169.254.10.0/30 169.254.10.1 169.254.10.2 free')
    expect(text(allocator.allocate(request('t1', north, east)))).toBe('169.254.10.4/30 169.254.10.6 169.254.10.5 free')
    expect(text(allocator.allocate(request('t2', south, east)))).toBe('169.254.10.8/30 169.254.10.10 169.254.10.9 free')
  })

  it('gives a tunnel the same block when asked again', () => {
    const allocator = createInsideAllocator()
    expect(allocator.allocate(request('t0', north, south))).toEqual(allocator.allocate(request('t0', north, south)))
  })

  it('uses a block again at gateways that have nothing to do with it', () => {
    const allocator = createInsideAllocator()
    allocator.allocate(request('t0', north, south))
    expect(text(allocator.allocate(request('t1', { ...north, site: 'west' }, east)))).toContain('169.254.10.0/30')
  })

  it.each([
    ['first', 'any', '169.254.10.1', '169.254.10.2'],
    ['any', 'first', '169.254.10.2', '169.254.10.1'],
    ['second', 'any', '169.254.10.2', '169.254.10.1'],
    ['first', 'second', '169.254.10.1', '169.254.10.2'],
    ['any', 'second', '169.254.10.1', '169.254.10.2'],
  ] as const)('gives an end its own address of the block: %s and %s', (ownerA, ownerB, a, b) => {
    const result = createInsideAllocator().allocate(request('t', { site: 'z', inside: { ...free, owner: ownerA } }, { site: 'a', inside: { ...free, owner: ownerB } }))
    expect(text(result)).toBe(`169.254.10.0/30 ${a} ${b} free`)
  })

  it.each(['first', 'second'] as const)('says that two ends cannot both take the %s address', (owner) => {
    const allocator = createInsideAllocator()
    const both = request('t', { site: 'a', inside: { ...free, owner } }, { site: 'b', inside: { ...free, owner } }, { agreed: '169.254.10.0/30' })
    allocator.reserve([both])
    expect(allocator.allocate(both)).toMatchObject({ findings: [{ code: 'INSIDE_CIDR_RANGE', title: `a and b both take the ${owner} address of every inside block, so no block suits both.` }] })
    expect(text(allocator.allocate(request('u', { site: 'a', inside: free }, south)))).toContain('169.254.10.0/30')
  })

  it('takes the lowest free block of the pool of the local address', () => {
    const allocator = createInsideAllocator()
    const hub = { site: 'hub', inside: pooled }
    expect(text(allocator.allocate(request('t0', { ...hub, localSlot: 1 }, north)))).toBe('169.254.22.0/30 169.254.22.1 169.254.22.2 pool')
    expect(text(allocator.allocate(request('t1', south, { ...hub, localSlot: 0 })))).toContain('169.254.21.0/30')
    expect(text(allocator.allocate(request('t2', { ...hub, localSlot: 0 }, east)))).toContain('169.254.21.4/30')
    allocator.allocate(request('t3', { ...hub, localSlot: 0 }, east))
    expect(allocator.allocate(request('t4', { ...hub, localSlot: 0 }, east))).toMatchObject({
      findings: [{ code: 'INSIDE_CIDR_EXHAUSTED', path: 'links.t4.insideCidr', hint: expect.stringContaining('hub at its address 0') }],
    })
  })

  it('starts at the first block of a range that begins and ends anywhere', () => {
    const narrow = { site: 'x', inside: { ...free, ranges: ['169.254.20.16/29'] } }
    const allocator = createInsideAllocator()
    const results = ['t0', 't1', 't2'].map((tunnel) => text(allocator.allocate(request(tunnel, narrow, north))))
    expect(results).toEqual([expect.stringContaining('169.254.20.16/30'), expect.stringContaining('169.254.20.20/30'), ['INSIDE_CIDR_EXHAUSTED']])
  })

  it('calls a missing pool a broken contract', () => {
    expect(() => createInsideAllocator().allocate(request('t', { site: 'hub', inside: pooled, localSlot: 2 }, north))).toThrow(expect.objectContaining({ code: 'CONTRACT_BROKEN' }))
  })

  it('wraps around and stops before the blocks that clouds use themselves', () => {
    const allocator = createInsideAllocator()
    const blocks = Array.from({ length: 16384 - 8 * 64 - 1 }, (_, index) => allocator.allocate(request(`t${index}`, north, south)))
    const cidrs = blocks.map((block) => 'findings' in block ? 'none' : `${block.cidr}`)
    expect(new Set(cidrs).size).toBe(blocks.length)
    expect(cidrs).not.toContain('169.254.169.252/30')
    expect(cidrs.slice(-128)[0]).toBe('169.254.8.0/30')
    expect(cidrs.at(-1)).toBe('169.254.9.252/30')
    expect(text(allocator.allocate(request('last', north, south)))).toEqual(['INSIDE_CIDR_EXHAUSTED'])
  })

  it('says that two gateways have no block in common', () => {
    expect(text(createInsideAllocator().allocate(request('t', { site: 'hub', inside: pooled }, { site: 'x', inside: high })))).toEqual(['INSIDE_CIDR_RANGE'])
    expect(shareInsideBlocks(pooled, high)).toBe(false)
    expect(shareInsideBlocks(pooled, strict)).toBe(true)
  })

  it.each([
    ['reserved by an end', '169.254.5.0/30', { site: 'x', inside: strict }, north, ['INSIDE_CIDR_RESERVED']],
    ['where instances find their metadata', '169.254.169.252/30', north, south, ['INSIDE_CIDR_RESERVED']],
    ['outside a range', '169.254.10.0/30', { site: 'x', inside: high }, north, ['INSIDE_CIDR_RANGE']],
    ['outside the ranges of both', '10.0.0.0/30', { site: 'x', inside: high }, north, ['INSIDE_CIDR_RANGE', 'INSIDE_CIDR_RANGE']],
    ['outside the pool', '169.254.22.0/30', { site: 'hub', inside: pooled }, north, ['INSIDE_CIDR_RANGE']],
    ['too large', '169.254.10.0/29', north, south, ['INSIDE_CIDR_RANGE']],
    ['of another family', 'fd00::/126', north, south, ['INSIDE_CIDR_RANGE']],
  ])('refuses a block that is %s, and proposes another', (_, wanted, a, b, expected) => {
    const result = createInsideAllocator().allocate(request('t', a, b, { wanted }))
    expect(text(result)).toEqual(expected)
    expect('findings' in result && result.findings.every(({ hint }) => /^Use 169\.254\.\d+\.\d+\/30, or leave/.test(hint))).toBe(true)
  })

  it('accepts what a user sets in the low blocks, and refuses it for a second tunnel', () => {
    const allocator = createInsideAllocator()
    expect(text(allocator.allocate(request('t0', north, south, { wanted: '169.254.6.0/30' })))).toBe('169.254.6.0/30 169.254.6.1 169.254.6.2 wanted')
    const second = allocator.allocate(request('t1', north, east, { wanted: '169.254.6.0/30' }))
    expect(second).toMatchObject({ findings: [{ code: 'INSIDE_CIDR_CLASH', title: 'north uses 169.254.6.0/30 for tunnel t0 already.', hint: 'Use 169.254.10.0/30, or leave the block out.' }] })
  })

  it('keeps the blocks of an earlier plan from new tunnels, whatever those ask for', () => {
    const allocator = createInsideAllocator()
    const requests = [
      request('a-new', north, south), request('b-greedy', north, east, { wanted: '169.254.10.0/30' }), request('c-old', north, east, { agreed: '169.254.10.0/30' }),
    ]
    allocator.reserve(requests)
    expect(requests.map((item) => text(allocator.allocate(item)))).toEqual([
      '169.254.10.4/30 169.254.10.5 169.254.10.6 free', ['INSIDE_CIDR_CLASH'], '169.254.10.0/30 169.254.10.2 169.254.10.1 agreed',
    ])
  })

  it('lets two tunnels exchange their blocks', () => {
    const allocator = createInsideAllocator()
    const requests = [
      request('t0', north, south, { agreed: '169.254.10.0/30', wanted: '169.254.10.4/30' }), request('t1', north, south, { agreed: '169.254.10.4/30', wanted: '169.254.10.0/30' }),
    ]
    allocator.reserve(requests)
    expect(requests.map((item) => text(allocator.allocate(item)))).toEqual([expect.stringMatching(/10\.4.*wanted$/), expect.stringMatching(/10\.0.*wanted$/)])
  })

  it('gives up an earlier block that an end no longer accepts', () => {
    const result = createInsideAllocator().allocate(request('t', { site: 'x', inside: high }, north, { agreed: '169.254.10.0/30' }))
    expect(text(result)).toContain('169.254.128.0/30')
  })

  it('serves a full mesh of 100 gateways with four tunnels per link', () => {
    const allocator = createInsideAllocator()
    const sites = Array.from({ length: 100 }, (_, index) => ({ site: `s${index}`, inside: index % 2 === 0 ? free : { ...strict, owner: 'any' as const } }))
    const requests = sites.flatMap((a, index) => sites.slice(index + 1).flatMap((b) => [0, 1, 2, 3].map((leg) => request(`${a.site}-${b.site}-${leg}`, a, b))))
    allocator.reserve(requests)
    const failed = requests.filter((item) => 'findings' in allocator.allocate(item))
    expect(requests.length).toBe(19800)
    expect(failed).toEqual([])
  })
})

const offers: readonly InsideOffer[] = [free, { ...strict, owner: 'any' }, high, { ...pooled, pools: [poolBlocks(21, 20), poolBlocks(22, 20)] }, { ...free, ranges: ['169.254.20.0/22'] }]
const gateways = fc.array(fc.constantFrom(...offers), { minLength: 2, maxLength: 6 })
const pairs = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(1)), { minLength: 1, maxLength: 20, selector: (pair) => pair.join('-') })

function mesh(inside: readonly InsideOffer[], ends: readonly (readonly [number, number, number])[]): InsideRequest[] {
  return ends.flatMap(([a, b, slot]) => {
    const [offerA, offerB] = [inside[a], inside[b]]
    if (offerA === undefined || offerB === undefined || a === b) return []
    return [request(`${a}-${b}-${slot}`, { site: `s${a}`, inside: offerA, localSlot: slot }, { site: `s${b}`, inside: offerB, localSlot: slot })]
  })
}

function allocateAll(requests: readonly InsideRequest[]): Map<string, Cidr> {
  const allocator = createInsideAllocator()
  allocator.reserve(requests)
  return new Map(requests.flatMap((item) => {
    const result = allocator.allocate(item)
    return 'findings' in result ? [] : [[item.tunnel, result.cidr] as const]
  }))
}

describe('any allocation of inside blocks', () => {
  it('never uses a block twice at a gateway and stays inside the rules of both ends', () => {
    fc.assert(fc.property(gateways, pairs, (inside, ends) => {
      const requests = mesh(inside, ends)
      const blocks = allocateAll(requests)
      const seen = new Set<string>()
      for (const { tunnel, a, b } of requests) {
        const cidr = blocks.get(tunnel)
        if (cidr === undefined) continue
        for (const end of [a, b]) {
          expect(seen.has(`${end.site} ${cidr}`)).toBe(false)
          seen.add(`${end.site} ${cidr}`)
          const within = end.inside.pools?.[end.localSlot] ?? end.inside.ranges
          expect(within.some((range) => Cidr.of(range).contains(cidr))).toBe(true)
          expect(end.inside.reserved.some((range) => Cidr.of(range).overlaps(cidr))).toBe(false)
        }
      }
    }))
  })

  it('never moves an agreed block when links are added or listed in another order', () => {
    fc.assert(fc.property(gateways, pairs, pairs, (inside, ends, more) => {
      const before = allocateAll(mesh(inside, ends))
      const all = new Map(mesh(inside, [...more, ...ends]).map((item) => [item.tunnel, item]))
      const after = allocateAll([...all.values()].map((item) => ({ ...item, agreed: before.get(item.tunnel) })))
      for (const [tunnel, cidr] of before) expect(after.get(tunnel)?.toString()).toBe(cidr.toString())
    }))
  })
})
