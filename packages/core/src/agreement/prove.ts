import { finding, type Finding } from '../finding/finding.ts'
import type { Deal } from '../plan/deal.ts'
import type { Plan } from '../plan/plan.ts'
import type { AnyProvider } from '../provider/provider.ts'
import { compareEnds, type Beyond } from './compare.ts'
import type { EndField, EndView, ResourceView, Side, SidedField } from './end-view.ts'
import { pairEnds } from './pair.ts'
import { resourceSetOf } from './resource-set.ts'
import { crowded } from './spread.ts'

/** What reading both ends back comes to. */
export interface Proof {
  /** Tunnels whose two ends agree in every field. */
  readonly tunnels: readonly ProvenTunnel[]
  /** Disagreements; none means proven. */
  readonly findings: readonly Finding[]
}

/** One tunnel, both ends read back. */
export interface ProvenTunnel {
  readonly link: string
  /** Names of the sites, the one that sorts first in front. */
  readonly sites: readonly [string, string]
  /** Their ends, in the same order. */
  readonly ends: readonly [EndView, EndView]
}

/** Which tunnels there should be. */
export type Expected = Pick<Plan, 'deals' | 'fragments'>

/** Reads the ends of all tunnels out of resources of any origin. */
export function readEnds(views: readonly ResourceView[], providers: readonly AnyProvider[]): EndView[] {
  const resources = resourceSetOf(views)
  return providers.flatMap((provider) => provider.read(resources))
}

/**
 * Proves that the resources bring up exactly the tunnels that were agreed: each provider reads back what it wrote, without a
 * look at the deal, and the two ends of each tunnel are compared field by field.
 *
 * @param views resources of the networks, gateways and links concerned, from a stack, a plan or a state
 * @param links limits the proof to these links; all of them when left out
 */
export function proveAgreement(views: readonly ResourceView[], expected: Expected, providers: readonly AnyProvider[], links?: readonly string[]): Proof {
  const deals = expected.deals.filter((deal) => !links || links.includes(deal.link))
  const ownerOf = ownersOfResources(expected)
  const linkOf = (end: EndView): string | undefined => ownerOf.get(end.connection)?.link
  const wanted = new Set(deals.map((deal) => deal.link))
  const ends = readEnds(views, providers).filter((end) => {
    const link = linkOf(end)
    return link === undefined || wanted.has(link)
  })
  const beyond = beyondOf(deals, ownerOf)
  const { pairs, unmatched } = pairEnds(ends, (a, b) => compareEnds(a, b, { a: beyond(a), b: beyond(b) }))
  const tunnels: ProvenTunnel[] = []
  const findings: Finding[] = []
  const counts = new Map<string | undefined, number>()
  for (const pair of pairs) {
    const link = linkOf(pair[0]) ?? linkOf(pair[1])
    counts.set(link, (counts.get(link) ?? 0) + 1)
    const found = mismatches(pair, link, { a: beyond(pair[0]), b: beyond(pair[1]) })
    findings.push(...found)
    if (link !== undefined && found.length === 0) tunnels.push(proven(link, pair, ownerOf))
    else if (link === undefined) findings.push(unexpected(pair[0]))
  }
  findings.push(...alone(pairs, unmatched).map((end) => lonely(end, linkOf(end))))
  for (const deal of deals) {
    findings.push(...miscounted(deal.link, deal.tunnels.length, counts.get(deal.link) ?? 0))
    findings.push(...crowded(deal, tunnels.filter(({ link }) => link === deal.link)))
  }
  return { tunnels, findings }
}

/** Whose a resource is. */
interface Owner {
  readonly link: string
  readonly site: string
}

function ownersOfResources(expected: Expected): Map<string, Owner> {
  const owners = new Map<string, Owner>()
  for (const fragment of expected.fragments) {
    const [kind, link] = fragment.id.split('/')
    if (kind === 'link' && link !== undefined) for (const resource of fragment.resources) owners.set(`${resource.type}.${resource.name}`, { link, site: fragment.site })
  }
  return owners
}

function proven(link: string, [one, other]: readonly [EndView, EndView], ownerOf: ReadonlyMap<string, Owner>): ProvenTunnel {
  const [first, second] = [ownerOf.get(one.connection)?.site ?? '', ownerOf.get(other.connection)?.site ?? '']
  return first <= second ? { link, sites: [first, second], ends: [one, other] } : { link, sites: [second, first], ends: [other, one] }
}

/** What a hub passes on was agreed with the deal; nothing else in the resources of one link says so. */
function beyondOf(deals: readonly Deal[], ownerOf: ReadonlyMap<string, Owner>): (end: EndView) => readonly string[] {
  const blocks = new Map(deals.flatMap(({ link, a, b }) => [a, b].map(({ site, passedOn }) => [`${link} ${site}`, passedOn?.map(String) ?? []] as const)))
  return ({ connection }) => {
    const owner = ownerOf.get(connection)
    return (owner && blocks.get(`${owner.link} ${owner.site}`)) ?? []
  }
}

function mismatches([a, b]: readonly [EndView, EndView], link: string | undefined, beyond: Beyond): Finding[] {
  return compareEnds(a, b, beyond).map(({ field, a: left, b: right, sides }) => {
    const [at, other] = [placeOf(a, field, sides?.[0]), placeOf(b, field, sides?.[1])]
    return finding('END_MISMATCH', link === undefined ? '' : `links.${link}`, {
      title: `${field} of the two ends differs: ${print(left)} at ${at}, ${print(right)} at ${other}.`,
      hint: `make ${field} of ${at} and ${other} agree.`,
      facts: { field, a: { value: left, resource: at }, b: { value: right, resource: other } },
    })
  })
}

/** Resource that states a field, as exactly as the reader says. */
function placeOf(end: EndView, field: EndField, side: Side | undefined): string {
  const exact = side !== undefined && isSided(field) ? end.at[`${field}.${side}`] : undefined
  return exact ?? end.at[field] ?? end.connection
}

function isSided(field: EndField): field is SidedField {
  return field === 'outside' || field === 'inside' || field === 'asn' || field === 'prefixes' || field === 'selectors'
}

/** Ends that should have one opposite: those that may not idle, and one of each connection of which no end has. */
function alone(pairs: readonly (readonly [EndView, EndView])[], unmatched: readonly EndView[]): EndView[] {
  const wanted = unmatched.filter((end) => !end.mayIdle)
  const noted = new Set([...pairs.flat(), ...wanted].map((end) => end.connection))
  const idle = unmatched.filter(({ connection }) => !noted.has(connection) && noted.add(connection))
  return [...wanted, ...idle]
}

function lonely(end: EndView, link: string | undefined): Finding {
  return finding('END_MISSING', link === undefined ? '' : `links.${link}`, {
    title: `nothing is opposite the end of ${end.connection} from ${print(end.outside.local)} to ${print(end.outside.peer)}.`,
    hint: `add the other end, or remove ${end.connection}.`,
    facts: { resource: end.connection },
  })
}

function unexpected(end: EndView): Finding {
  return finding('END_UNEXPECTED', '', { title: `${end.connection} belongs to no link of the order.`, hint: `remove ${end.connection}, or add its link to the order.`, facts: { resource: end.connection } })
}

function miscounted(link: string, wanted: number, found: number): Finding[] {
  if (found === wanted) return []
  const code = found < wanted ? 'END_MISSING' : 'END_UNEXPECTED'
  return [finding(code, `links.${link}`, { title: `${link} has ${found} tunnels, and ${wanted} were agreed.`, hint: 'compare the resources of both halves with the deal (isthmus explain).', facts: { wanted, found } })]
}

function print(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.join(' ')
  return typeof value === 'object' && value !== null && 'token' in value ? String(value.token) : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
