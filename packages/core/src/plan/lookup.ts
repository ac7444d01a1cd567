import { z } from 'zod'
import { finding, type Finding } from '../finding/finding.ts'
import { findingsOfIssues } from '../order/issues.ts'
import { cloudOf, parseSiteOptions } from '../order/parse.ts'
import { orderName, siteName } from '../order/schema.ts'
import type { AnyProvider } from '../provider/provider.ts'
import { networkFragment } from '../provider/site.ts'
import type { PlacedFragment } from '../stack/fragment.ts'
import type { Plan, Refused } from './plan.ts'

const siteSchema = z.looseObject({
  cloud: z.string().describe('Cloud of the network: the id of a loaded provider'),
  region: z.string().min(1).describe('Region as the cloud names it'),
  id: z.string().min(1).describe('The cloud’s own id of the network'),
})

/** Networks to look up, as written, apart from what only the providers can check. */
export const lookupSchema = z.strictObject({
  name: orderName.describe('Name of the order that the stacks belong to'),
  sites: z.record(siteName, siteSchema).describe('The networks to look up, by the name that each will have as a site'),
})

/**
 * Plans stacks that look existing networks up and own nothing: one `network-<site>` for each. Applied like any other plan; the
 * providers' `networks` read the state, and their `adopt` gives the fields with which the network goes into an order.
 *
 * @param input name and sites, each with `cloud`, `region`, `id`, and options of its provider such as an order may give
 */
export function planLookup(input: unknown, context: { readonly providers: readonly AnyProvider[] }): Plan | Refused {
  const parsed = lookupSchema.safeParse(input, { reportInput: true })
  if (!parsed.success) return { ok: false, findings: findingsOfIssues(parsed.error.issues, '', Object.keys(lookupSchema.shape)) }
  const { name, sites } = parsed.data
  const results = Object.keys(sites).sort().flatMap((site) => {
    const document = sites[site]
    return document ? [lookUp(name, site, document, context.providers)] : []
  })
  const findings = results.flatMap((result) => result.findings ?? [])
  if (findings.length > 0) return { ok: false, findings }
  const fragments = results.flatMap((result) => result.fragment ?? [])
  return { ok: true, findings: [], name, sites: [], deals: [], fragments, keys: [], agreed: { asns: {}, inside: {} } }
}

function lookUp(order: string, name: string, document: z.infer<typeof siteSchema>, providers: readonly AnyProvider[]): { fragment?: PlacedFragment; findings?: readonly Finding[] } {
  const path = `sites.${name}`
  const cloud = cloudOf(document.cloud, path, providers, [])
  if (!('facts' in cloud) || !('apiVersion' in cloud)) return { findings: 'code' in cloud ? [cloud] : [] }
  const { id, ...site } = document
  const options = parseSiteOptions(cloud, site, path)
  const { existing } = cloud
  const findings = [...options.findings, ...(existing ? idFindings(id, path, existing.id, cloud.facts.title) : [notPossible(path, cloud.facts.title)])]
  if (findings.length > 0 || !existing) return { findings }
  const place = { name, label: `${order}-${name}`, cloud: cloud.id, region: document.region, zones: [], cidrs: [], subnets: [], asn: 0, options: options.options }
  const fragment = existing.lookup({ name, region: document.region, id, options: options.options })
  return { fragment: { ...fragment, id: networkFragment(name), site: name, provider: cloud.use(place), environment: cloud.environment } }
}

function idFindings(id: string, path: string, { pattern, example }: { readonly pattern: RegExp; readonly example: string }, title: string): Finding[] {
  if (pattern.test(id)) return []
  return [finding('ORDER_INVALID', `${path}.id`, { title: `${JSON.stringify(id)} is no id of a network of ${title}.`, hint: `give the id as the cloud shows it, such as ${example}.`, facts: { id, example } })]
}

function notPossible(path: string, title: string): Finding {
  return finding('ORDER_INVALID', `${path}.cloud`, { title: `the provider of ${title} cannot look networks up.`, hint: 'describe the network in an order with the provider’s option existing.' })
}
