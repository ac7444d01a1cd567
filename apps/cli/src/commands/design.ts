import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import { printFindings } from '../terminal/findings.ts'
import type { Output } from '../terminal/output.ts'
import { table } from '../terminal/table.ts'
import { refuse } from './refuse.ts'

/** `isthmus design`: the addresses of an order, those given and those designed. */
export async function design(file: string, output: Output): Promise<number> {
  const planned = await planFile(file)
  if (!planned.ok) return refuse(planned.findings, output)
  printFindings(planned.findings, output)
  const subnets = planned.sites.flatMap((site) => site.subnets.map((subnet) => [site.name, subnet.name, subnet.cidr.toString(), subnet.zone ?? '–', subnet.purpose]))
  const sites = planned.sites.map((site) => [site.name, site.cloud, site.region, site.cidrs.join(' '), String(site.asn)])
  for (const line of table(['site', 'cloud', 'region', 'network', 'asn'], sites)) output.line(line)
  output.line()
  for (const line of table(['site', 'subnet', 'block', 'zone', 'purpose'], subnets)) output.line(line)
  output.line()
  const tunnels = planned.deals.flatMap((deal) => deal.tunnels.map((tunnel) => [deal.link, tunnel.id, tunnel.inside.cidr.toString(), tunnel.inside.a.toString(), tunnel.inside.b.toString()]))
  for (const line of table(['link', 'tunnel', 'inside', 'first end', 'second end'], tunnels)) output.line(line)
  output.document({
    ok: true,
    findings: planned.findings,
    sites: planned.sites.map(({ name, cloud, region, zones, cidrs, subnets: blocks, asn }) => ({ name, cloud, region, zones, cidrs, subnets: blocks, asn })),
    links: planned.deals.map(({ link, tunnels: items }) => ({ link, tunnels: items.map(({ id, inside }) => ({ id, inside })) })),
  })
  return exitCode.success
}
