import type { Site } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import { printFindings } from '../terminal/findings.ts'
import type { Output } from '../terminal/output.ts'
import { table } from '../terminal/table.ts'

/** `isthmus design`: the addresses of an order, those given and those designed; of a refused order those of its networks. */
export async function design(file: string, known: KnownClouds, output: Output): Promise<number> {
  const planned = await planFile(file, known)
  printFindings(planned.findings, output)
  const sites = planned.ok ? planned.sites : (planned.designed ?? [])
  const asns = new Map(planned.ok ? planned.sites.map(({ name, asn }) => [name, asn]) : [])
  if (planned.ok || sites.length > 0) printSites(sites, asns, output)
  const deals = planned.ok ? planned.deals : []
  const tunnels = deals.flatMap((deal) => deal.tunnels.map((tunnel) => [deal.link, tunnel.id, tunnel.inside.cidr.toString(), tunnel.inside.a.toString(), tunnel.inside.b.toString()]))
  if (planned.ok) for (const line of table(['link', 'tunnel', 'inside', 'first end', 'second end'], tunnels)) output.line(line)
  output.document({
    ok: planned.ok,
    findings: planned.findings,
    sites: sites.map(({ name, cloud, region, zones, cidrs, subnets }) => ({ name, cloud, region, zones, cidrs, subnets, ...(asns.has(name) ? { asn: asns.get(name) } : {}) })),
    links: deals.map(({ link, tunnels: items }) => ({ link, tunnels: items.map(({ id, inside }) => ({ id, inside })) })),
  })
  return planned.ok ? exitCode.success : exitCode.refused
}

function printSites(sites: readonly Omit<Site, 'asn'>[], asns: ReadonlyMap<string, number>, output: Output): void {
  const rows = sites.map((site) => [site.name, site.cloud, site.region, site.cidrs.join(' '), String(asns.get(site.name) ?? '–')])
  for (const line of table(['site', 'cloud', 'region', 'network', 'asn'], rows)) output.line(line)
  output.line()
  const subnets = sites.flatMap((site) => site.subnets.map((subnet) => [site.name, subnet.name, subnet.cidr.toString(), subnet.zone ?? '–', subnet.purpose]))
  for (const line of table(['site', 'subnet', 'block', 'zone', 'purpose'], subnets)) output.line(line)
  output.line()
}
