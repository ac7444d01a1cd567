import { Cidr, parseCidr, planOrder, viewsOfFragments, type AnyProvider, type Finding, type Half, type Plan, type ResourceView, type RoutingMode, type Site } from '@isthmus/core'
import { ownFields, type SiteExample } from './subject.ts'

/** Names of the two sites, by the end of the deal that the provider under test has: names sort into ends. */
const siteNames = { a: ['east', 'west'], b: ['east', 'base'] } as const

/** What is linked with what. */
export interface Wanted {
  readonly provider: AnyProvider
  readonly site: SiteExample
  /** Another provider, or the one under test itself for two gateways of one cloud. */
  readonly against: AnyProvider
  readonly routing?: RoutingMode
  /** As in an order; `strong` when left out. */
  readonly security?: 'baseline' | 'strong'
  /** End of the deal that the provider under test has; `a` when left out. */
  readonly end?: 'a' | 'b'
}

/** A link of the provider under test with another one. */
export interface PlannedLink {
  readonly plan: Plan
  readonly providers: readonly AnyProvider[]
  /** The provider's own site and half, as it was given them. */
  readonly site: Site
  readonly half: Half
  /** All resources as their whole stack states them. */
  readonly views: readonly ResourceView[]
}

/** Plans a link, or gives the findings that stand in the way. */
export function tryLink(wanted: Wanted): PlannedLink | { readonly findings: readonly Finding[] } {
  const [own, peer] = siteNames[wanted.end ?? 'a']
  const halves: { site: Site; half: Half }[] = []
  const recording = recordingLinks(wanted.provider, (site, half) => halves.push({ site, half }))
  const isOwnKind = wanted.against === wanted.provider
  const providers = isOwnKind ? [recording] : [recording, wanted.against]
  const order = {
    name: 'kit',
    sites: { [own]: { cloud: wanted.provider.id, ...wanted.site }, [peer]: isOwnKind ? siteLike(wanted.provider, wanted.site) : siteBeside(wanted.against, [wanted.site]) },
    ...(wanted.security ? { security: wanted.security } : {}),
    ...(wanted.routing ? { defaults: { routing: wanted.routing } } : {}),
  }
  const plan = planOrder(order, { providers })
  const made = halves.find(({ site }) => site.name === own)
  if (!plan.ok || !made) return { findings: plan.findings }
  return { plan, providers, ...made, views: viewsOfFragments(plan.fragments) }
}

/** A finding as one line. */
export function sentence({ code, path, title }: Finding): string {
  return `${code} ${path}: ${title}`
}

/** A site of a provider in its first region, with a block that none of the others uses. */
export function siteBeside(provider: AnyProvider, others: readonly SiteExample[]): { cloud: string; region: string; cidr: string } {
  const [region = ''] = Object.keys(provider.facts.network.regions.value)
  return { cloud: provider.id, region, cidr: freeBlock(others) }
}

/** A second site like the first, with a network of its own. */
function siteLike(provider: AnyProvider, site: SiteExample): SiteExample {
  const { existing: _existing, ...options } = ownFields(site)
  const zones = site['zones']
  return { ...options, cloud: provider.id, region: site.region, ...(zones === undefined ? {} : { zones }), cidr: freeBlock([site]) }
}

function freeBlock(others: readonly SiteExample[]): string {
  const taken = others.flatMap(blocksOf)
  const free = Array.from({ length: 256 }, (_, index) => Cidr.of('10.0.0.0/8').child(16, index)).find((block) => !taken.some((other) => other.overlaps(block)))
  return String(free)
}

function blocksOf(site: SiteExample): Cidr[] {
  const texts: unknown[] = Array.isArray(site['cidrs']) ? site['cidrs'] : [site['cidr']]
  return texts.flatMap((text) => {
    const parsed = parseCidr(String(text))
    return parsed.ok ? [parsed.cidr] : []
  })
}

/** The provider itself, apart from telling what its `link` was given. Works for objects and for instances of classes. */
function recordingLinks(provider: AnyProvider, tell: (site: Site, half: Half) => void): AnyProvider {
  const recording: AnyProvider = Object.create(provider, {
    link: {
      enumerable: true,
      value: (site: Site, half: Half) => {
        tell(site, half)
        return provider.link(site, half)
      },
    },
  })
  return recording
}
