import type { Finding } from '../finding/finding.ts'
import type { AsnRules } from '../provider/facts.ts'
import { AsnTable } from './asn-table.ts'

/** A site that needs an autonomous system number. */
export interface AsnSite {
  readonly name: string
  readonly rules: AsnRules
  /** Number that the user set. */
  readonly asn?: number | undefined
  /** Where the number stands, or would stand, in the order. */
  readonly path: string
}

/** What to give numbers to. */
export interface AsnRequest {
  readonly sites: readonly AsnSite[]
  /** Pairs of site names. */
  readonly links: readonly (readonly [string, string])[]
  /** Numbers of an earlier plan by site name; kept while they are still allowed. Those of names that are not among the sites are left to their owners: no other site gets one unasked. */
  readonly agreed: Readonly<Record<string, number>>
}

/** Why a site has its number. */
export interface AsnReason {
  readonly site: string
  readonly chosen: number
  /** Set by the user (`explicit`), kept from an earlier plan (`agreed`), the first `free` one, or `proposed` for an explicit one that is refused. */
  readonly because: 'explicit' | 'agreed' | 'free' | 'proposed'
  /** A number that would have been taken, and the site that refuses or holds it. */
  readonly ruledOut?: { readonly asn: number; readonly by: string }
}

/** Numbers by site name. */
export interface AsnAllocation {
  readonly asns: Readonly<Record<string, number>>
  /** Sorted by site name. */
  readonly reasons: readonly AsnReason[]
  readonly findings: readonly Finding[]
}

/**
 * Gives every site an autonomous system number of its own that its cloud and all linked clouds accept: the user's, else the
 * one of the earlier plan, else the first free private one in the order of site names.
 *
 * Findings: `ASN_RESERVED` where a user's number is refused by an end of a link, or where no private number is left;
 * `ASN_CLASH` where two sites have one number. Each names a number that works, and `asns` holds that one.
 */
export function allocateAsns({ sites, links, agreed }: AsnRequest): AsnAllocation {
  const table = new AsnTable(sites, links, agreed)
  for (const site of table.sites) table.takeExplicit(site)
  for (const site of table.sites) table.takeAgreed(site)
  for (const site of table.sites) table.takeFree(site)
  return table.result()
}
