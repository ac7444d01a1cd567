import { designSubnets, parseCidr, validateNetwork, type Cidr, type NetworkFacts, type Subnet } from '@isthmus/core'
import { z } from 'zod'
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
  if (!facts.gatewaySubnet || hasOwn(vnet)) return undefined
  if (vnet.gatewaySubnet !== undefined) {
    if (wanted !== '' && wanted !== vnet.gatewaySubnet) throw new Problem('CONFLICT', `gatewaySubnetCidr: vNet ${vnet.name} has the gateway subnet ${vnet.gatewaySubnet} already; leave it out, or give that one`)
    return vnet.gatewaySubnet
  }
  if (wanted !== '') return wanted
  const { cidrs, subnets } = networkOf(vnet)
  const designed = designSubnets({ path: '', facts, cidrs, subnets, needsGatewaySubnet: true, cloudTitle: vnet.connection, zones: [] })
  if ('findings' in designed) throw new Problem('FINDINGS', `vNet ${vnet.name} has no room for the subnet of a VPN gateway: ${designed.findings.map(({ title, hint }) => `${title} ${hint}`).join(' ')}`, { findings: designed.findings })
  return designed.subnets.find(({ purpose }) => purpose === 'gateway')?.cidr.toString()
}

/**
 * Why a block cannot be that subnet of a registered network; undefined where it can. Clients of the peers send guesses along with those,
 * which nobody reads there.
 */
export function refusalOf(vnet: Vnet, facts: NetworkFacts, wanted: string): string | undefined {
  const [cidr] = blocksOf([wanted])
  if (!cidr) return 'it is no block of addresses'
  const { cidrs, subnets } = networkOf(vnet)
  const judged = validateNetwork({ path: '', facts, region: '', cidrs, subnets: [...subnets, { name: facts.gatewaySubnet?.value.name ?? '', cidr, purpose: 'gateway' }], needsGatewaySubnet: true, cloudTitle: vnet.connection })
  return judged.find(({ severity, path }) => severity === 'error' && path.startsWith(`.subnets[${subnets.length}]`))?.title
}

/** What a registered network was found with; it has subnets that nobody put on record, too. */
const foundSchema = z.object({ cidrs: z.array(z.string()), subnets: z.array(z.object({ name: z.string(), cidr: z.string(), zone: z.string().default(''), purpose: z.enum(['workload', 'gateway']) })) })

/** Whether a network that was there already brought one along. */
function hasOwn({ adopted }: Vnet): boolean {
  return foundSchema.safeParse(adopted).data?.subnets.some(({ purpose }) => purpose === 'gateway') === true
}

function networkOf(vnet: Vnet): { readonly cidrs: readonly Cidr[]; readonly subnets: readonly Subnet[] } {
  const found = foundSchema.safeParse(vnet.adopted).data
  const cidrs = found?.cidrs ?? (vnet.cidr === '' ? vnet.subnets.map(({ cidr }) => cidr) : [vnet.cidr])
  return {
    cidrs: blocksOf(cidrs),
    subnets: (found ?? vnet).subnets.flatMap(({ name, cidr, zone }) => blocksOf([cidr]).map((block): Subnet => ({ name, cidr: block, purpose: 'workload', ...(zone === '' ? {} : { zone }) }))),
  }
}

function blocksOf(texts: readonly string[]): Cidr[] {
  return texts.flatMap((text) => {
    const parsed = parseCidr(text)
    return parsed.ok ? [parsed.cidr] : []
  })
}
