import { finding, type Finding } from '../finding/finding.ts'
import type { NetworkFacts } from '../provider/facts.ts'
import type { Subnet } from '../provider/site.ts'
import { proposedFact } from './check-blocks.ts'
import type { NetworkInput } from './network-input.ts'
import type { Proposals } from './proposals.ts'
import { gatewayBounds } from './subnet-size.ts'

/** Checks the subnet that the cloud puts its VPN gateway into: there, named exactly, and large enough. */
export function checkGatewaySubnet(input: NetworkInput, proposals: Proposals): Finding[] {
  const bounds = gatewayBounds(input.facts)
  if (!bounds) return []
  const found = input.subnets.flatMap((subnet, index) => (isMeantAsGateway(input.facts, subnet) ? [{ subnet, index }] : []))
  if (found.length === 0) return input.needsGatewaySubnet ? [missing(input, proposals)] : []
  const surplus = surplusGateways(input)
  return found.flatMap(({ subnet, index }) => (surplus.has(index) ? [superfluous(input, subnet, index)] : [
    ...checkName(input, subnet, index),
    ...(subnet.cidr.prefix > bounds.max ? [tooSmall(input, subnet, index, bounds.max, proposals)] : []),
  ]))
}

/** Positions of gateway subnets beside the one that the cloud can find, where it finds it by name: the best named, or else the first. */
export function surplusGateways(input: Pick<NetworkInput, 'facts' | 'subnets'>): ReadonlySet<number> {
  const name = input.facts.gatewaySubnet?.value.name
  if (name === undefined) return new Set()
  const rank = (subnet: Subnet | undefined) => (subnet?.name === name ? 2 : 0) + (subnet?.purpose === 'gateway' ? 1 : 0)
  const [, ...rest] = input.subnets
    .flatMap((subnet, index) => (isMeantAsGateway(input.facts, subnet) ? [index] : []))
    .sort((a, b) => rank(input.subnets[b]) - rank(input.subnets[a]) || a - b)
  return new Set(rest)
}

/** True for a subnet that is the gateway's by purpose, or whose name says that it was meant to be. */
export function isMeantAsGateway(facts: NetworkFacts, subnet: Subnet): boolean {
  const name = facts.gatewaySubnet?.value.name
  return subnet.purpose === 'gateway' || (name !== undefined && subnet.name.toLowerCase() === name.toLowerCase())
}

/** True for a subnet that workloads can use. */
export function isForWorkloads(facts: NetworkFacts, subnet: Subnet): boolean {
  return subnet.purpose === 'workload' && !isMeantAsGateway(facts, subnet)
}

/** Name of a gateway subnet where the cloud leaves it open. */
export const defaultGatewaySubnetName = 'gateway'

function checkName(input: NetworkInput, subnet: Subnet, index: number): Finding[] {
  const name = input.facts.gatewaySubnet?.value.name
  if (name === undefined || (subnet.name === name && subnet.purpose === 'gateway')) return []
  const misnamed = subnet.name !== name
  return [finding('GATEWAY_SUBNET_NAME', `${input.path}.subnets[${index}].${misnamed ? 'name' : 'purpose'}`, {
    title: misnamed
      ? `The gateway subnet is named ${subnet.name}; ${input.cloudTitle} looks for ${name}.`
      : `${input.cloudTitle} keeps a subnet named ${name} for its gateway, and this one is for workloads.`,
    hint: misnamed ? `Name it exactly ${name}.` : 'Set its purpose to gateway, or give it another name.',
    facts: { name: subnet.name, ...(misnamed ? { proposed: name } : { reserved: name }) },
  })]
}

function superfluous(input: NetworkInput, subnet: Subnet, index: number): Finding {
  const name = input.facts.gatewaySubnet?.value.name
  return finding('GATEWAY_SUBNET_NAME', `${input.path}.subnets[${index}]`, {
    title: `${subnet.cidr} (${subnet.name}) is a second gateway subnet; ${input.cloudTitle} uses only the one named ${name}.`,
    hint: 'Remove it, or give it another name and the purpose workload.',
    facts: { name: subnet.name, cidr: `${subnet.cidr}` },
  })
}

function missing(input: NetworkInput, proposals: Proposals): Finding {
  const name = input.facts.gatewaySubnet?.value.name ?? defaultGatewaySubnetName
  const proposed = proposals.forGateway()
  return finding('GATEWAY_SUBNET_MISSING', `${input.path}.subnets`, {
    title: `The network has no subnet for the VPN gateway, and ${input.cloudTitle} needs one.`,
    hint: proposed
      ? `Add a subnet named ${name} with ${proposed}, the first free block, and purpose gateway.`
      : proposals.noRoom(`a gateway subnet of /${gatewayBounds(input.facts)?.max}`),
    facts: { name, ...proposedFact(proposed) },
  })
}

function tooSmall(input: NetworkInput, subnet: Subnet, index: number, longest: number, proposals: Proposals): Finding {
  const proposed = proposals.forSubnet(index)
  return finding('GATEWAY_SUBNET_TOO_SMALL', `${input.path}.subnets[${index}].cidr`, {
    title: `${subnet.cidr} (${subnet.name}) is too small: the gateway of ${input.cloudTitle} needs a /${longest} or larger.`,
    hint: proposed ? `Use ${proposed}, which is free in the network.` : proposals.noRoom(`a gateway subnet of /${longest}`),
    facts: { cidr: `${subnet.cidr}`, max: longest, ...proposedFact(proposed) },
  })
}
