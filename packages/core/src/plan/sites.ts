import { Cidr, findFirstOverlaps, firstFree } from '../address/index.ts'
import { finding, type Finding } from '../finding/finding.ts'
import { designSubnets, readCidrAt, validateNetwork } from '../network/index.ts'
import { parseSiteOptions, providerOf } from '../order/parse.ts'
import type { OrderDocument, SiteDocument } from '../order/schema.ts'
import type { AnyProvider } from '../provider/provider.ts'
import type { Site, Subnet } from '../provider/site.ts'
import type { Reason } from './deal.ts'

/** A site with every default but its autonomous system number, which depends on its neighbours. */
export interface DraftSite {
  readonly site: Omit<Site, 'asn'>
  readonly provider: AnyProvider
  readonly path: string
  readonly document: SiteDocument
  readonly reasons: readonly Reason[]
}

/** Most zones a site spreads over when it does not say. */
const defaultZones = 2

/** The sites of an order, those that can be understood; and everything to say about all of them. */
export function draftSites(order: OrderDocument, providers: readonly AnyProvider[]): { drafts: DraftSite[]; findings: Finding[] } {
  const drafts: DraftSite[] = []
  const findings: Finding[] = []
  for (const name of Object.keys(order.sites).sort()) {
    const document = order.sites[name]
    if (!document) continue
    const path = `sites.${name}`
    const provider = providerOf(document.cloud, path, providers)
    const cidrs = readCidrs(document, path)
    findings.push(...cidrs.findings)
    if ('code' in provider) {
      findings.push(provider)
      continue
    }
    const draft = draftSite(order, name, document, provider, cidrs.cidrs, path)
    findings.push(...draft.findings)
    if (draft.draft) drafts.push(draft.draft)
  }
  return { drafts, findings: [...findings, ...overlapFindings(drafts)] }
}

function draftSite(order: OrderDocument, name: string, document: SiteDocument, provider: AnyProvider, cidrs: readonly Cidr[], path: string): { draft?: DraftSite; findings: Finding[] } {
  const options = parseSiteOptions(provider, document, path)
  const subnets = readSubnets(document, provider, path)
  const findings = [...options.findings, ...subnets.findings]
  const { facts } = provider
  const known = facts.network.regions.value[document.region]
  const zones = document.zones ?? known?.slice(0, defaultZones) ?? []
  const needsGatewaySubnet = facts.network.gatewaySubnet !== undefined
  // Positions of subnets are part of what is said about them, so a network with an unreadable block is not judged further.
  if (cidrs.length === 0 || subnets.findings.length > 0) return { findings }
  const input = { path, facts: facts.network, cloudTitle: facts.title, zones, cidrs, subnets: subnets.subnets, needsGatewaySubnet }
  const design = document.subnets?.length === 0 ? { subnets: [] } : designSubnets(input)
  const complete = 'subnets' in design ? design.subnets : subnets.subnets
  const judged = validateNetwork({ ...input, region: document.region, ...(document.zones ? { zones: document.zones } : {}), subnets: complete })
  findings.push(...('findings' in design ? [...design.findings, ...judged.filter((item) => item.code !== 'SUBNET_MISSING' && item.code !== 'GATEWAY_SUBNET_MISSING')] : judged))
  const site = { name, label: `${order.name}-${name}`, cloud: provider.id, region: document.region, zones, cidrs, subnets: complete, options: options.options }
  return { draft: { site, provider, path, document, reasons: siteReasons(document, zones, complete, subnets.subnets) }, findings }
}

function siteReasons(document: SiteDocument, zones: readonly string[], subnets: readonly Subnet[], given: readonly Subnet[]): Reason[] {
  const designed = subnets.filter((subnet) => !given.includes(subnet))
  return [
    ...(document.zones ? [] : [{ about: 'zones', chosen: zones.join(', ') || 'none', because: `the first zones that ${document.region} has` }]),
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

function readSubnets(document: SiteDocument, provider: AnyProvider, path: string): { subnets: Subnet[]; findings: Finding[] } {
  const gatewayName = provider.facts.network.gatewaySubnet?.value.name
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

/** Sites whose networks overlap an earlier one, each with a free block of the same size; proposals never overlap each other. */
function overlapFindings(drafts: readonly DraftSite[]): Finding[] {
  const blocks = drafts.flatMap((draft) => draft.site.cidrs.map((cidr, index) => ({ draft, cidr, at: draft.document.cidrs ? `${draft.path}.cidrs[${index}]` : `${draft.path}.cidr` })))
  const taken = blocks.map((block) => block.cidr)
  return findFirstOverlaps(taken.slice()).flatMap(([first, second]) => {
    const [one, other] = [blocks[first], blocks[second]]
    if (!one || !other) return []
    const proposal = freeLike(other.cidr, other.draft, taken)
    if (proposal) taken.push(proposal)
    return [
      finding('CIDR_OVERLAP', other.at, {
        title: `${other.cidr} (${other.draft.site.name}) overlaps ${one.cidr} (${one.draft.site.name}).`,
        hint: proposal ? `use ${proposal} for ${other.draft.site.name}, the first free /${other.cidr.prefix}.` : `renumber ${other.draft.site.name}; no /${other.cidr.prefix} is left in the ranges that its cloud allows.`,
        facts: { a: one.cidr.toString(), b: other.cidr.toString(), ...(proposal ? { proposal: proposal.toString() } : {}) },
      }),
    ]
  })
}

function freeLike(cidr: Cidr, draft: DraftSite, taken: readonly Cidr[]): Cidr | undefined {
  const { ranges, reserved } = draft.provider.facts.network.vnet
  const avoid = [...taken, ...reserved.value.map((text) => Cidr.of(text))]
  for (const range of ranges.value.map((text) => Cidr.of(text))) {
    const free = range.family === cidr.family && range.prefix <= cidr.prefix ? firstFree(range, avoid, cidr.prefix) : undefined
    if (free) return free
  }
  return undefined
}
