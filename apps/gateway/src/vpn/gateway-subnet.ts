import { Cidr, designSubnets, parseCidr, type NetworkFacts } from '@isthmus/core'
import { Problem } from '../http/problem.ts'
import type { Vnet } from '../vnet/vnet.ts'

/**
 * Block of the subnet that a cloud's VPN gateway needs in a vNet: the one it has, or a free one that is large enough. Undefined
 * where the cloud needs none, or where the vNet brought one along.
 *
 * @param wanted block that the user asks for; empty for any
 * @throws Problem CONFLICT when the vNet has another one, FINDINGS when there is no room
 */
export function gatewaySubnetOf(vnet: Vnet, facts: NetworkFacts, wanted = ''): string | undefined {
  if (!facts.gatewaySubnet || vnet.adopted) return undefined
  if (vnet.gatewaySubnet !== undefined) {
    if (wanted !== '' && wanted !== vnet.gatewaySubnet) throw new Problem('CONFLICT', `gatewaySubnetCidr: vNet ${vnet.name} has the gateway subnet ${vnet.gatewaySubnet} already; leave it out, or give that one`)
    return vnet.gatewaySubnet
  }
  if (wanted !== '') return wanted
  const cidrs = blocksOf([vnet.cidr === '' ? vnet.subnets.map(({ cidr }) => cidr) : [vnet.cidr]].flat())
  const subnets = vnet.subnets.flatMap(({ name, cidr, zone }) => blocksOf([cidr]).map((block) => ({ name, cidr: block, purpose: 'workload' as const, ...(zone === '' ? {} : { zone }) })))
  const designed = designSubnets({ path: '', facts, cidrs, subnets, needsGatewaySubnet: true, cloudTitle: vnet.connection, zones: [] })
  if ('findings' in designed) throw new Problem('FINDINGS', `vNet ${vnet.name} has no room for the subnet of a VPN gateway: ${designed.findings.map(({ title, hint }) => `${title} ${hint}`).join(' ')}`, { findings: designed.findings })
  return designed.subnets.find(({ purpose }) => purpose === 'gateway')?.cidr.toString()
}

function blocksOf(texts: readonly string[]): Cidr[] {
  return texts.flatMap((text) => {
    const parsed = parseCidr(text)
    return parsed.ok ? [parsed.cidr] : []
  })
}
