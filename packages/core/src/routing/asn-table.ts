import { type Finding, finding } from '../finding/finding.ts'
import type { AsnRange } from '../provider/facts.ts'
import type { AsnAllocation, AsnReason, AsnSite } from './asn.ts'
import { excludeRanges, inRanges, intersectRanges } from './number-range.ts'

/**
 * Private numbers, the short ones first (RFC 6996). They start at 64601 because those below hold the defaults of clouds and
 * the reservations of others.
 */
const pool: readonly AsnRange[] = [[64601, 65534], [4200000000, 4294967294]]

interface Refusal {
  readonly asn: number
  /** Site that refuses or holds the number. */
  readonly by: string
  readonly why: 'reserved' | 'held'
}

/** Which site has which number, while numbers are given out. */
export class AsnTable {
  /** Sorted by name. */
  readonly sites: readonly AsnSite[]
  readonly #neighbours = new Map<string, AsnSite[]>()
  readonly #agreed: ReadonlyMap<string, number>
  /** Agreed numbers of sites that are not here. */
  readonly #elsewhere: ReadonlySet<number>
  readonly #holders = new Map<number, string>()
  readonly #reasons = new Map<string, AsnReason>()
  readonly #refusals = new Map<string, Refusal>()

  constructor(sites: readonly AsnSite[], links: readonly (readonly [string, string])[], agreed: Readonly<Record<string, number>>) {
    this.sites = sites.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    const byName = new Map(sites.map((site) => [site.name, site]))
    this.#agreed = new Map(Object.entries(agreed))
    this.#elsewhere = new Set([...this.#agreed].flatMap(([name, asn]) => (byName.has(name) ? [] : [asn])))
    for (const site of sites) this.#neighbours.set(site.name, [])
    for (const [a, b] of links) {
      const [siteA, siteB] = [byName.get(a), byName.get(b)]
      if (siteA === undefined || siteB === undefined) continue
      this.#neighbours.get(a)?.push(siteB)
      this.#neighbours.get(b)?.push(siteA)
    }
  }

  takeExplicit(site: AsnSite): void {
    if (site.asn !== undefined) this.#take(site, site.asn, 'explicit')
  }

  takeAgreed(site: AsnSite): void {
    const agreed = this.#agreed.get(site.name)
    if (agreed !== undefined && !this.#reasons.has(site.name)) this.#take(site, agreed, 'agreed')
  }

  takeFree(site: AsnSite): void {
    if (this.#reasons.has(site.name)) return
    const free = this.#firstFree(site)
    if (free !== undefined) this.#take(site, free, 'free')
  }

  result(): AsnAllocation {
    const reasons = this.sites.flatMap((site) => this.#reasons.get(site.name) ?? [])
    return {
      asns: Object.fromEntries(reasons.map(({ site, chosen }) => [site, chosen])),
      reasons,
      findings: this.sites.flatMap((site) => this.#findingsOf(site)),
    }
  }

  #take(site: AsnSite, asn: number, because: AsnReason['because']): void {
    const refusal = this.#refusalOf(site, asn)
    const earlier = this.#refusals.get(site.name)
    if (refusal !== undefined) {
      if (earlier === undefined) this.#refusals.set(site.name, refusal)
      return
    }
    this.#holders.set(asn, site.name)
    this.#reasons.set(site.name, {
      site: site.name,
      chosen: asn,
      because: site.asn === undefined || site.asn === asn ? because : 'proposed',
      ...(earlier === undefined ? {} : { ruledOut: { asn: earlier.asn, by: earlier.by } }),
    })
  }

  #refusalOf({ name, rules }: AsnSite, asn: number): Refusal | undefined {
    if (!inRanges(asn, rules.own) || inRanges(asn, rules.ownReserved)) return { asn, by: name, why: 'reserved' }
    const neighbour = this.#neighboursOf(name).find((site) => inRanges(asn, site.rules.peerReserved))
    if (neighbour !== undefined) return { asn, by: neighbour.name, why: 'reserved' }
    const holder = this.#holders.get(asn)
    return holder === undefined ? undefined : { asn, by: holder, why: 'held' }
  }

  #firstFree({ name, rules }: AsnSite): number | undefined {
    const peerReserved = new Set(this.#neighboursOf(name).map((site) => site.rules.peerReserved))
    const reserved = [...rules.ownReserved, ...[...peerReserved].flat()]
    for (const [first, last] of excludeRanges(intersectRanges(pool, rules.own), reserved)) {
      for (let asn = first; asn <= last; asn++) if (!this.#holders.has(asn) && !this.#elsewhere.has(asn)) return asn
    }
    return undefined
  }

  #neighboursOf(name: string): readonly AsnSite[] {
    return this.#neighbours.get(name) ?? []
  }

  #findingsOf(site: AsnSite): Finding[] {
    const chosen = this.#reasons.get(site.name)?.chosen
    if (site.asn === chosen && chosen !== undefined) return []
    if (site.asn === undefined) return chosen === undefined ? [noneLeft(site)] : []
    const refusal = this.#refusals.get(site.name)
    return refusal === undefined ? [] : [refused(site, refusal, chosen)]
  }
}

function refused(site: AsnSite, { asn, by, why }: Refusal, proposal: number | undefined): Finding {
  const hint = proposal === undefined
    ? `Choose another number for ${site.name} from ${written(site.rules.own)}; no private one is left.`
    : `Use ${proposal} for ${site.name}, or leave the number out.`
  const facts = { site: site.name, asn, by, proposal }
  if (why === 'held') return finding('ASN_CLASH', site.path, { title: `${site.name} and ${by} both use autonomous system number ${asn}.`, hint, facts })
  return finding('ASN_RESERVED', site.path, {
    title: by === site.name
      ? `The cloud of ${site.name} does not accept ${asn} as its own autonomous system number.`
      : `${by}, which is linked to ${site.name}, does not accept ${asn} as the autonomous system number of a peer.`,
    hint,
    facts,
  })
}

function noneLeft(site: AsnSite): Finding {
  return finding('ASN_RESERVED', site.path, {
    title: `No private autonomous system number is left that ${site.name} and all sites linked to it accept.`,
    hint: `Set a number for ${site.name} from ${written(site.rules.own)} that belongs to you, or remove a link.`,
    facts: { site: site.name, own: site.rules.own },
  })
}

function written(ranges: readonly AsnRange[]): string {
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ')
}
