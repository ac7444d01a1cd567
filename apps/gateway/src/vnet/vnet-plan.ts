import { planOrder, type Finding, type Plan } from '@isthmus/core'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { findingsProblem } from '../http/findings-text.ts'
import { orderOfVnet } from './site.ts'
import { inNamesOf } from './vnet-records.ts'
import type { Vnet } from './vnet.ts'

/**
 * Plans a vNet by itself.
 *
 * @param body name of the subnet that the body is about, where it is not about the vNet
 * @throws Problem FINDINGS in the words of the body
 */
export function planVnet(order: string, vnet: Vnet, clouds: CloudCatalogue, body?: string): Plan {
  const planned = planOrder(orderOfVnet(order, vnet, clouds), { providers: clouds.providers, clouds: clouds.networkOnly })
  const own = `subnetInfoList[${vnet.subnets.findIndex(({ name }) => name === body)}].`
  const findings = inWordsOfBody(planned.findings, vnet).map((item) => ({ ...item, path: item.path.replace(own, '') }))
  if (!planned.ok) throw findingsProblem(findings)
  return { ...planned, findings }
}

/** Findings of an order as findings of the body that a vNet was asked for with. */
export function inWordsOfBody(findings: readonly Finding[], vnet: Vnet): Finding[] {
  const place = (path: string): string => path
    .replace(new RegExp(`^sites\\.${vnet.uid}(?:\\.|$)`), '')
    // Without a block of its own, the blocks of a vNet are those of its subnets.
    .replace(/^cidrs\[(\d+)\]/, 'subnetInfoList[$1].ipv4_CIDR')
    .replace(/^cidrs?$/, 'cidrBlock')
    .replace(/^subnets/, 'subnetInfoList')
    .replace(/\]\.cidr$/, '].ipv4_CIDR')
    .replace(/^(region|cloud)$/, 'connectionName')
  return findings.map((item) => ({ ...item, path: place(item.path), title: inNamesOf(item.title, [vnet]), hint: inNamesOf(item.hint, [vnet]) }))
}
