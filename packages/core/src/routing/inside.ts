import type { Cidr, IpAddress } from '../address/cidr.ts'
import type { Finding } from '../finding/finding.ts'
import { BlockUse, firstUnused } from './block-use.ts'
import { type BlockProblem, clashProblem, noBlock, refusedBlock, ruleProblems, sameOwner } from './inside-findings.ts'
import { type InsideEnd, blockCidr, blockNumber, candidateRanges, limitsOf } from './inside-rules.ts'

/** A tunnel that needs an inside block. */
export interface InsideRequest {
  /** Name of the tunnel, unique in the order. */
  readonly tunnel: string
  readonly a: InsideEnd
  readonly b: InsideEnd
  /** Block that the user set. */
  readonly wanted?: Cidr | undefined
  /** Block of an earlier plan. */
  readonly agreed?: Cidr | undefined
  /** Where the block stands, or would stand, in the order. */
  readonly path: string
}

/** The inside of a tunnel. */
export interface InsideBlock {
  /** An IPv4 /30. */
  readonly cidr: Cidr
  readonly aAddress: IpAddress
  readonly bAddress: IpAddress
  /** Set by the user, kept from an earlier plan, the lowest of a gateway's `pool`, or the first `free` one. */
  readonly because: 'wanted' | 'agreed' | 'pool' | 'free'
}

/** Gives tunnels their inside blocks: none twice at one gateway, each accepted by both ends. */
export interface InsideAllocator {
  /**
   * Sets blocks aside before any new one is chosen: first those of an earlier plan, so that a new link never moves the tunnels
   * of another, then those that users set. Call it once with every tunnel; blocks that are refused are left to {@link allocate}.
   */
  reserve(requests: readonly InsideRequest[]): void
  /**
   * The block of a tunnel: what was set aside for it, what the user set, the one of the earlier plan while it is still allowed, else a new one.
   *
   * Findings: `INSIDE_CIDR_RESERVED`, `INSIDE_CIDR_RANGE` and `INSIDE_CIDR_CLASH` for a block that the user set, each with one
   * that would do; `INSIDE_CIDR_EXHAUSTED` where none is left. Throws `CONTRACT_BROKEN` where an offer has pools but none for the slot.
   */
  allocate(request: InsideRequest): InsideBlock | { readonly findings: readonly Finding[] }
}

/** An allocator for the tunnels of one order. */
export function createInsideAllocator(): InsideAllocator {
  return new Allocator()
}

interface Held {
  readonly block: number
  readonly because: InsideBlock['because']
}

class Allocator implements InsideAllocator {
  readonly #uses = new Map<string, BlockUse>()
  readonly #held = new Map<string, Held>()

  reserve(requests: readonly InsideRequest[]): void {
    for (const request of requests) {
      const { wanted, agreed } = request
      if (wanted === undefined) this.#hold(request, agreed, 'agreed')
      else if (agreed?.equals(wanted)) this.#hold(request, wanted, 'wanted')
    }
    for (const request of requests) this.#hold(request, request.wanted, 'wanted')
  }

  allocate(request: InsideRequest): InsideBlock | { readonly findings: readonly Finding[] } {
    const { a, b, wanted, path } = request
    const first = firstEnd(a, b)
    if (first === undefined) return { findings: [sameOwner(a, b, path)] }
    const held = this.#held.get(request.tunnel) ?? (wanted === undefined
      ? this.#hold(request, request.agreed, 'agreed') ?? this.#holdNew(request)
      : this.#hold(request, wanted, 'wanted'))
    if (held !== undefined) return insideBlock(held, first === a)
    if (wanted === undefined) return { findings: [noBlock(a, b, candidatesOf(request), path)] }
    const free = this.#firstFree(request)
    const proposal = free === undefined ? undefined : blockCidr(free)
    return { findings: this.#problems(request, wanted).map((problem) => refusedBlock(wanted, problem, proposal, path)) }
  }

  #hold(request: InsideRequest, cidr: Cidr | undefined, because: InsideBlock['because']): Held | undefined {
    if (cidr === undefined || this.#held.has(request.tunnel) || firstEnd(request.a, request.b) === undefined) return undefined
    const block = blockNumber(cidr)
    if (block === undefined || this.#problems(request, cidr).length > 0) return undefined
    return this.#take(request, { block, because })
  }

  #holdNew(request: InsideRequest): Held | undefined {
    const block = this.#firstFree(request)
    if (block === undefined) return undefined
    const pooled = request.a.inside.pools !== undefined || request.b.inside.pools !== undefined
    return this.#take(request, { block, because: pooled ? 'pool' : 'free' })
  }

  #take({ tunnel, a, b }: InsideRequest, held: Held): Held {
    this.#useOf(a.site).take(held.block, tunnel)
    this.#useOf(b.site).take(held.block, tunnel)
    this.#held.set(tunnel, held)
    return held
  }

  #firstFree(request: InsideRequest): number | undefined {
    return firstUnused(candidatesOf(request), this.#useOf(request.a.site), this.#useOf(request.b.site))
  }

  #problems({ a, b }: InsideRequest, cidr: Cidr): BlockProblem[] {
    const block = blockNumber(cidr)
    return [...ruleProblems(cidr, block, [a, b]), ...(block === undefined ? [] : this.#clashes(cidr, block, [a.site, b.site]))]
  }

  #clashes(cidr: Cidr, block: number, sites: readonly string[]): BlockProblem[] {
    const users = new Map(sites.map((site) => [this.#useOf(site).tunnelAt(block), site]))
    return [...users].flatMap(([tunnel, site]) => tunnel === undefined ? [] : [clashProblem(cidr, site, tunnel)])
  }

  #useOf(site: string): BlockUse {
    const use = this.#uses.get(site) ?? new BlockUse()
    this.#uses.set(site, use)
    return use
  }
}

function candidatesOf({ a, b }: InsideRequest) {
  return candidateRanges(limitsOf(a), limitsOf(b))
}

/** The end that takes the first address; where both may be told, the one whose name sorts first, so that it never depends on who is `a`. */
function firstEnd(a: InsideEnd, b: InsideEnd): InsideEnd | undefined {
  const [ofA, ofB] = [a.inside.owner, b.inside.owner]
  if (ofA === 'any' && ofB === 'any') return a.site < b.site ? a : b
  if (ofA === ofB) return undefined
  return ofA === 'first' || ofB === 'second' ? a : b
}

function insideBlock({ block, because }: Held, aFirst: boolean): InsideBlock {
  const cidr = blockCidr(block)
  const [first, second] = [cidr.host(1), cidr.host(2)]
  return { cidr, aAddress: aFirst ? first : second, bAddress: aFirst ? second : first, because }
}
