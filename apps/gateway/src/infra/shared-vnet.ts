import { Cidr, firstFree, parseCidr, type NetworkFacts } from '@isthmus/core'
import { Problem } from '../http/problem.ts'
import type { VnetPolicy } from '../template/template.ts'
import type { SubnetOrder } from '../vnet/vnet-records.ts'

const pool = Cidr.of('10.0.0.0/8')
/** A vNet for nodes is a /16 with subnets a quarter of it, as the peers make it. */
const vnetPrefix = 16
const fewestParts = 4
/** What is smaller holds no node beside what clouds keep. */
const smallestSubnet = 29

/** Addresses for a vNet that nodes share: a free block, and its subnets in as many zones as the policy asks for. */
export function sharedAddresses(name: string, policy: VnetPolicy, facts: NetworkFacts, zones: readonly string[], taken: readonly string[]): { readonly cidr: string; readonly subnets: SubnetOrder[] } {
  const cidr = policy.cidrBlock === 'auto' ? firstFree(pool, blocksOf([...taken, ...facts.vnet.reserved.value]), vnetPrefix) : blockOf(policy.cidrBlock, name, blocksOf(taken))
  if (!cidr) throw new Problem('CONFLICT', `no /${vnetPrefix} is left in ${pool.toString()} for ${name}`)
  const prefix = cidr.prefix + Math.ceil(Math.log2(Math.max(policy.subnetCount, fewestParts)))
  if (prefix > smallestSubnet) throw new Problem('CONFLICT', `cidrBlock: ${cidr.toString()} has no room for ${policy.subnetCount} subnets`)
  const spread = facts.subnet.scope.value === 'zone' ? zones.slice(0, policy.multiZone ? zones.length : 1) : []
  return {
    cidr: cidr.toString(),
    subnets: Array.from({ length: policy.subnetCount }, (_, index) => {
      const zone = spread[index % spread.length]
      return { name: index === 0 ? name : `${name}-${String(index).padStart(2, '0')}`, cidr: cidr.child(prefix, index).toString(), ...(zone === undefined ? {} : { zone }) }
    }),
  }
}

/** The block of a policy, for the first vNet that is made by it: a second one could never be linked with it. */
function blockOf(text: string, name: string, taken: readonly Cidr[]): Cidr {
  const [cidr] = blocksOf([text])
  if (!cidr) throw new Problem('CONFLICT', `cidrBlock: ${text} is not an address block`)
  const other = taken.find((block) => block.overlaps(cidr))
  if (other) throw new Problem('CONFLICT', `cidrBlock: ${text} cannot be given to ${name}, because ${other.toString()} is taken by another vNet of the namespace; use a template whose cidrBlock is auto`)
  return cidr
}

function blocksOf(texts: readonly string[]): Cidr[] {
  return texts.flatMap((text) => {
    const parsed = parseCidr(text)
    return parsed.ok ? [parsed.cidr] : []
  })
}
