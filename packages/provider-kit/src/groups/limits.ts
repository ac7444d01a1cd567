import { Cidr, planOrder, type FindingCode, type RoutingMode } from '@isthmus/core'
import { demandNone, type Check } from '../check/check.ts'
import { demandSomeLink, modes } from '../check/own-fragments.ts'
import { siteBeside, tryLink, type PlannedLink } from '../check/planned-link.ts'
import { ownFields, type SiteExample, type Subject } from '../check/subject.ts'
import { mirror, mirrorShapes, type MirrorShape } from '../mirror/mirror.ts'

/** What a quota counts. */
const counted = { connections: 'QUOTA_CONNECTIONS', tunnels: 'QUOTA_TUNNELS' } as const satisfies Record<string, FindingCode>

/** More sites than this in one order, and the quota is tried with a smaller one that the order states. */
const mostSpokes = 60

/** One above each limit gives the declared finding, and the limit itself does not. */
export function limitsChecks(subject: Subject): Check[] {
  return subject.sites.flatMap(([name, site]) => [
    ...(['connections', 'tunnels'] as const).map((what): Check => ({
      group: 'limits',
      name: `${name}: one above the quota of ${what}`,
      run: () => demandNone(quotaFaults(subject, site, what)),
    })),
    { group: 'limits' as const, name: `${name}: a network one size too large or too small`, run: (): void => demandNone(sizeFaults(subject, site)) },
    { group: 'limits' as const, name: `${name}: a network in a reserved block`, run: (): void => demandNone(reservedFaults(subject, site)) },
  ])
}

function quotaFaults({ provider }: Subject, site: SiteExample, what: keyof typeof counted): string[] {
  demandSomeLink(provider, site)
  const tried = smallestLink(provider, site)
  const quota = tried ? provider.offer(tried.link.site).quotas[what] : undefined
  if (tried && !quota && provider.facts.quotas[what]) return [`facts.quotas.${what} is known, and offer() leaves it out: use offerOfFacts`]
  if (!tried || !quota) return []
  const perLink = what === 'tunnels' ? tried.link.half.connections.flatMap(({ tunnels }) => tunnels).length : tried.link.half.connections.length
  const fitting = Math.floor(quota.limit / perLink)
  const [spokes, limits] = fitting > mostSpokes ? [2, { [what]: 2 * perLink }] : [fitting, undefined]
  const found = (count: number): boolean => codesOf(provider, { ...site, ...(limits ? { limits } : {}) }, tried, count).includes(counted[what])
  return [
    ...(spokes === 0 || !found(spokes) ? [] : [`${spokes} links are within the quota of ${quota.limit} ${what} and are refused`]),
    ...(found(spokes + 1) ? [] : [`${spokes + 1} links are above the quota of ${quota.limit} ${what} and are not refused with ${counted[what]}`]),
  ]
}

interface SmallestLink {
  readonly link: PlannedLink
  readonly shape: MirrorShape
  readonly mode: RoutingMode
}

/** The link with fewest tunnels, so that its number is close to the quota. */
function smallestLink(provider: Subject['provider'], site: SiteExample): SmallestLink | undefined {
  const found = modes.flatMap((mode) => mirrorShapes.flatMap((shape) => {
    const link = tryLink({ provider, site, against: mirror(shape), routing: mode })
    return 'plan' in link ? [{ link, shape, mode }] : []
  }))
  const tunnels = ({ link }: SmallestLink): number => link.plan.deals[0]?.tunnels.length ?? 0
  return found.toSorted((a, b) => tunnels(a) - tunnels(b))[0]
}

function codesOf(provider: Subject['provider'], site: SiteExample, { shape, mode }: SmallestLink, count: number): FindingCode[] {
  const against = mirror(shape)
  const spokes: SiteExample[] = []
  for (let index = 0; index < count; index++) spokes.push(siteBeside(against, [site, ...spokes]))
  const sites = Object.fromEntries([['hub', { cloud: provider.id, ...site }], ...spokes.map((spoke, index) => [`spoke-${index}`, spoke] as const)])
  const links = spokes.map((_, index) => ['hub', `spoke-${index}`])
  return planOrder({ name: 'kit', sites, topology: { links }, defaults: { routing: mode } }, { providers: [provider, against] }).findings.map((finding) => finding.code)
}

function sizeFaults(subject: Subject, site: SiteExample): string[] {
  const { vnet, subnet } = subject.provider.facts.network
  const { min, max } = (vnet.hasCidr.value ? vnet : subnet).prefix.value
  const [base] = vnet.ranges.value
  const sizes = [min - 1, max + 1].filter((prefix) => prefix >= 0 && prefix <= 32)
  return sizes.flatMap((prefix) => {
    const cidr = Cidr.from(4, base === undefined ? 0n : aligned(Cidr.of(base), prefix), prefix).toString()
    return codesOfNetwork(subject, site, cidr).includes('PREFIX_LENGTH') ? [] : [`${cidr} is outside the sizes /${min} to /${max} and is not refused with PREFIX_LENGTH`]
  })
}

function aligned(block: Cidr, prefix: number): bigint {
  const size = 1n << BigInt(32 - prefix)
  const first = block.host(0).value
  return first - (first % size)
}

function reservedFaults(subject: Subject, site: SiteExample): string[] {
  return subject.provider.facts.network.vnet.reserved.value.filter((block) => !block.includes(':')).flatMap((block) => {
    const codes = codesOfNetwork(subject, site, block)
    return codes.includes('CIDR_RESERVED') || codes.includes('CIDR_OUT_OF_RANGE') ? [] : [`${block} is reserved and is not refused`]
  })
}

/** What is said of a network; where networks have no block of their own, of one subnet that is all of it. */
function codesOfNetwork({ provider }: Subject, site: SiteExample, cidr: string): FindingCode[] {
  const subnets = provider.facts.network.vnet.hasCidr.value ? {} : { subnets: [{ name: 'all', cidr }] }
  const sites = { alone: { cloud: provider.id, region: site.region, ...ownFields(site), cidr, ...subnets } }
  return planOrder({ name: 'kit', sites, topology: { links: [] } }, { providers: [provider] }).findings.map((finding) => finding.code)
}
