import { finding, firstFree, parseCidr, planOrder, type Finding, type Plan } from '@isthmus/core'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { findingsProblem, refuseErrors } from '../http/findings-text.ts'
import { orderOfVnet } from './site.ts'
import { inNamesOf } from './vnet-records.ts'
import type { Vnet } from './vnet.ts'

/**
 * Checks a vNet as a body asks for it.
 *
 * @param body name of the subnet that the body is about, where it is not about the vNet
 * @throws Problem FINDINGS in the words of the body
 */
export function checkVnet(order: string, vnet: Vnet, clouds: CloudCatalogue, body?: string): void {
  refuseErrors([...wholeSubnets(vnet), ...reservedNames(vnet, clouds)].map((item) => ({ ...item, path: pathInBody(item.path, vnet, body) })))
  planVnet(order, vnet, clouds, body)
}

/**
 * Plans a vNet by itself.
 *
 * @param body as in {@link checkVnet}
 * @throws Problem FINDINGS in the words of the body
 */
export function planVnet(order: string, vnet: Vnet, clouds: CloudCatalogue, body?: string): Plan {
  const planned = planOrder(orderOfVnet(order, vnet, clouds), { providers: clouds.providers, clouds: clouds.networkOnly })
  const findings = inWordsOfBody(planned.findings, vnet).map((item) => ({ ...item, path: pathInBody(item.path, vnet, body) }))
  if (!planned.ok) throw findingsProblem(findings)
  return { ...planned, findings }
}

function pathInBody(path: string, { subnets }: Vnet, body: string | undefined): string {
  return path.replace(`subnetInfoList[${subnets.findIndex(({ name }) => name === body)}].`, '')
}

/** Subnets that are a whole vNet. Clouds take them; the peer does not, and neither does `/util/net/validate`. */
function wholeSubnets({ cidr, subnets }: Vnet): Finding[] {
  const block = parseCidr(cidr)
  if (!block.ok) return []
  return subnets.flatMap((subnet, index) => {
    const parsed = parseCidr(subnet.cidr)
    if (!isNew(subnet) || !parsed.ok || !parsed.cidr.equals(block.cidr)) return []
    const part = firstFree(block.cidr, [], block.cidr.prefix + 1)
    return [finding('SUBNET_OUTSIDE', `subnetInfoList[${index}].ipv4_CIDR`, {
      title: `${subnet.cidr} (${subnet.name}) is all of its vNet, and a subnet is smaller.`,
      why: 'A subnet that is its whole network leaves no room for another.',
      hint: part ? `Use ${part.toString()}, or a larger block for the vNet.` : 'Use a larger block for the vNet.',
      facts: { cidr: subnet.cidr, network: cidr },
    })]
  })
}

/** Subnets with the name of the one that a VPN adds. Their cloud would know them by another, so this misleads people only. */
function reservedNames({ connection, subnets }: Vnet, clouds: CloudCatalogue): Finding[] {
  const cloud = clouds.connection(connection)?.cloud ?? ''
  const reserved = clouds.networkFacts(cloud)?.gatewaySubnet?.value.name
  return subnets.flatMap((subnet, index) => (!isNew(subnet) || subnet.name.toLowerCase() !== reserved?.toLowerCase() ? [] : [finding('GATEWAY_SUBNET_NAME', `subnetInfoList[${index}].name`, {
    title: `${reserved} is what ${cloud} calls the subnet of its VPN gateway.`,
    hint: 'Use another name: a VPN that ends here adds that subnet, in the block that gatewaySubnetCidr of its request names, or in a free one.',
    facts: { name: subnet.name, reserved },
  })]))
}

/** What its cloud has already is not judged again. */
function isNew({ csp }: Vnet['subnets'][0]): boolean {
  return csp.id === ''
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
