import type { Cidr } from '../address/index.ts'
import { finding, type Finding } from '../finding/finding.ts'
import { designSubnets, readCidrAt, validateNetwork } from '../network/index.ts'
import { cloudOf, parseSiteOptions } from '../order/parse.ts'
import type { OrderDocument, SiteDocument } from '../order/schema.ts'
import type { NetworkFacts } from '../provider/facts.ts'
import type { AnyProvider } from '../provider/provider.ts'
import type { Site, Subnet } from '../provider/site.ts'
import type { CloudFacts } from '../provider/terms.ts'
import type { Reason } from './deal.ts'
import { overlapFindings } from './overlaps.ts'
import type { LinkEnds } from './topology.ts'

/** A site whose network has all its addresses, whether or not anything can be built in its cloud. */
export interface DesignedSite {
  /** Without its autonomous system number, which depends on its neighbours. */
  readonly site: Omit<Site, 'asn'>
  readonly network: NetworkFacts
  readonly path: string
  readonly document: SiteDocument
  readonly reasons: readonly Reason[]
}

/** A designed site that can be built. */
export interface DraftSite extends DesignedSite {
  readonly provider: AnyProvider
}

/** What the sites of an order come to. */
export interface DraftSites {
  readonly drafts: readonly DraftSite[]
  /** Every site whose network could be designed, those without a provider included. */
  readonly designed: readonly DesignedSite[]
  readonly findings: readonly Finding[]
}

/** Most zones a site spreads over when it does not say. */
const defaultZones = 2

/** The sites of an order, those that can be understood; and everything to say about all of them. */
export function draftSites(order: OrderDocument, links: readonly LinkEnds[], providers: readonly AnyProvider[], clouds: readonly CloudFacts[]): DraftSites {
  const linked = new Set(links.flatMap(({ a, b }) => [a, b]))
  const drafts: DraftSite[] = []
  const designed: DesignedSite[] = []
  const findings: Finding[] = []
  for (const name of Object.keys(order.sites).sort()) {
    const document = order.sites[name]
    if (!document) continue
    const path = `sites.${name}`
    const cloud = cloudOf(document.cloud, path, providers, clouds)
    const cidrs = readCidrs(document, path)
    findings.push(...cidrs.findings)
    if ('code' in cloud) {
      findings.push(cloud)
      continue
    }
    const [provider, facts] = 'facts' in cloud ? [cloud, cloud.facts] : [undefined, cloud]
    const draft = designSite({ order, name, linked: linked.has(name), document, path, cidrs: cidrs.cidrs, cloud: { id: cloud.id, title: facts.title, network: facts.network, provider } })
    findings.push(...draft.findings, ...('facts' in cloud ? [] : [notOrderable({ name, path, linked: linked.has(name) }, cloud)]))
    if (draft.designed) designed.push(draft.designed)
    if (draft.designed && provider) drafts.push({ ...draft.designed, provider })
  }
  return { drafts, designed, findings: [...findings, ...overlapFindings(designed, links)] }
}

function notOrderable({ name, path, linked }: Pick<SiteInput, 'name' | 'path' | 'linked'>, { id, title, vpn }: CloudFacts): Finding {
  return finding('VPN_NOT_ORDERABLE', `${path}.cloud`, {
    title: linked ? `${name} cannot be linked: ${vpn.value.reason}.` : `${name} is designed and checked, but cannot be made: there is no provider for ${title}.`,
    hint: linked ? `${vpn.value.instead}.` : `make the network with the tools of ${title}, or take the site out of the order.`,
    facts: { cloud: id, title, source: vpn.source, checked: vpn.checked },
  })
}

/** What is known of a site's cloud; the provider is missing where nothing can be built. */
interface SiteCloud {
  readonly id: string
  readonly title: string
  readonly network: NetworkFacts
  readonly provider: AnyProvider | undefined
}

interface SiteInput {
  readonly order: OrderDocument
  readonly name: string
  /** Whether any link ends here, so that there will be a gateway. */
  readonly linked: boolean
  readonly document: SiteDocument
  readonly path: string
  readonly cidrs: readonly Cidr[]
  readonly cloud: SiteCloud
}

/** A region may be called what every object has, such as `constructor`. */
function zonesOf({ regions }: NetworkFacts, region: string): readonly string[] {
  return Object.hasOwn(regions.value, region) ? (regions.value[region] ?? []) : []
}

function designSite({ order, name, linked, document, path, cidrs, cloud }: SiteInput): { designed?: DesignedSite; findings: Finding[] } {
  const { network } = cloud
  const options = parseSiteOptions(cloud.provider, document, path)
  const subnets = readSubnets(document, network, path)
  const findings = [...options.findings, ...subnets.findings]
  const zones = document.zones ?? zonesOf(network, document.region).slice(0, defaultZones)
  const needsGatewaySubnet = linked && network.gatewaySubnet !== undefined
  // Positions of subnets are part of what is said about them, so a network with an unreadable block is not judged further.
  if (cidrs.length === 0 || subnets.findings.length > 0) return { findings }
  const input = { path, facts: network, cloudTitle: cloud.title, zones, cidrs, subnets: subnets.subnets, needsGatewaySubnet }
  const design = document.subnets?.length === 0 ? { subnets: [] } : designSubnets(input)
  const complete = 'subnets' in design ? design.subnets : subnets.subnets
  const judged = validateNetwork({ ...input, region: document.region, ...(document.zones ? { zones: document.zones } : {}), subnets: complete })
  // A network that nothing is linked to may wait for its first subnet.
  const mayBeBare = 'findings' in design || (!linked && document.subnets?.length === 0)
  findings.push(...('findings' in design ? design.findings : []), ...judged.filter(({ code }) => !(mayBeBare && code === 'SUBNET_MISSING') && !('findings' in design && code === 'GATEWAY_SUBNET_MISSING')))
  const site = { name, label: `${order.name}-${name}`, cloud: cloud.id, region: document.region, zones, cidrs, subnets: complete, ...(linked ? {} : { unlinked: true as const }), options: options.options }
  return { designed: { site, network, path, document, reasons: siteReasons(document, zones, complete, subnets.subnets) }, findings }
}

function siteReasons(document: SiteDocument, zones: readonly string[], subnets: readonly Subnet[], given: readonly Subnet[]): Reason[] {
  const designed = subnets.filter((subnet) => !given.includes(subnet))
  return [
    ...(document.zones ? [] : [{ about: 'zones', chosen: zones.join(', ') || 'none', because: zones.length > 0 ? `the first zones that ${document.region} has` : `no zones of ${document.region} are known` }]),
    ...designed.map((subnet) => ({
      about: `subnet ${subnet.name}`,
      chosen: subnet.cidr.toString(),
      because: subnet.purpose === 'gateway' ? 'the VPN gateway needs a subnet of its own; the last free block leaves the rest in one piece' : 'a quarter of the network, so that there is room for more',
    })),
  ]
}

function readCidrs(document: SiteDocument, path: string): { cidrs: Cidr[]; findings: Finding[] } {
  const texts = document.cidrs ? document.cidrs.map((text, index) => ({ text, at: `${path}.cidrs[${index}]` })) : document.cidr === undefined ? [] : [{ text: document.cidr, at: `${path}.cidr` }]
  if (texts.length === 0) return { cidrs: [], findings: [finding('ORDER_INVALID', `${path}.cidr`, { title: `${path} has no address block.`, hint: `add cidr, such as cidr: 10.10.0.0/16.` })] }
  return readAll(texts)
}

function readAll(texts: readonly { readonly text: string; readonly at: string }[]): { cidrs: Cidr[]; findings: Finding[] } {
  const cidrs: Cidr[] = []
  const findings: Finding[] = []
  for (const { text, at } of texts) {
    const result = readCidrAt(at, text)
    if ('cidr' in result) cidrs.push(result.cidr)
    else findings.push(result.finding)
  }
  return { cidrs, findings }
}

function readSubnets(document: SiteDocument, network: NetworkFacts, path: string): { subnets: Subnet[]; findings: Finding[] } {
  const gatewayName = network.gatewaySubnet?.value.name
  const subnets: Subnet[] = []
  const findings: Finding[] = []
  for (const [index, item] of (document.subnets ?? []).entries()) {
    const result = readCidrAt(`${path}.subnets[${index}].cidr`, item.cidr)
    if ('finding' in result) {
      findings.push(result.finding)
      continue
    }
    const purpose = item.purpose ?? (gatewayName !== undefined && item.name.toLowerCase() === gatewayName.toLowerCase() ? 'gateway' : 'workload')
    subnets.push({ name: item.name, cidr: result.cidr, ...(item.zone === undefined ? {} : { zone: item.zone }), purpose })
  }
  return { subnets, findings }
}
