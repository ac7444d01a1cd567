import { readCidrAt, splitByRules, type SplitBlock } from '@isthmus/core'
import { z } from 'zod'
import { refuseErrors } from '../../http/findings-text.ts'
import { nothing, type Api } from '../../http/operation.ts'

/** A network with subnets that may have subnets of their own. */
export interface NetworkModel {
  cidrBlock: string
  name?: string | undefined
  subnets?: NetworkModel[] | undefined
}

export const networkModel: z.ZodType<NetworkModel> = z
  .object({
    cidrBlock: z.string().describe('Address block without bits behind its prefix, IPv4 or IPv6. That of a subnet is inside that of its network and smaller, and overlaps no other'),
    name: z.string().optional().describe('Any text, to tell networks apart in messages'),
    subnets: z.array(z.lazy(() => networkModel)).optional().describe('Subnets, which may have subnets of their own'),
  })
  .meta({ id: 'Network', description: 'A network, with at most 10,000 subnets in 32 levels' })

const designRequest = z.object({
  cidrBlock: z.string().describe('Address block to cut, without bits behind its prefix, IPv4 or IPv6, such as `10.0.0.0/16`'),
  subnettingRules: z.array(z.object({
    type: z.enum(['minSubnets', 'minHosts']).describe('`minSubnets` cuts into at least so many equal parts: the next power of two. `minHosts` cuts into the smallest parts with room for so many hosts beside the addresses that no host can have, two of IPv4 and one of IPv6'),
    value: z.int().describe('How many, at least 1'),
  })).max(16).default([]).describe('Rules, one for each level, at most 16; without any the block is answered as it is. All levels together have at most 65,536 blocks'),
}).meta({ id: 'NetDesignRequest' })

/** `POST /util/net/design`: cuts a block level by level. */
export function addNetDesign(api: Api): void {
  api.add({
    id: 'designNet', method: 'post', paths: ['/util/net/design'], tag: 'Network design', scope: 'read',
    summary: 'Cut an address block into subnets',
    description: 'Rule n+1 is applied to each subnet that rule n made. `minSubnets` makes at least so many equal parts, `minHosts` the smallest parts with room for so many hosts.',
    params: nothing, query: nothing, body: designRequest, answers: { 200: networkModel },
  }, async ({ body }) => {
    const read = readCidrAt('cidrBlock', body.cidrBlock)
    refuseErrors('finding' in read ? [read.finding] : [])
    const designed = 'cidr' in read ? splitByRules(read.cidr, body.subnettingRules, 'subnettingRules') : { findings: [] }
    if ('findings' in designed) refuseErrors(designed.findings)
    return { status: 200, body: 'cidr' in designed ? modelOf(designed) : { cidrBlock: body.cidrBlock } }
  })
}

function modelOf({ cidr, subnets }: SplitBlock): NetworkModel {
  return { cidrBlock: cidr.toString(), ...(subnets ? { subnets: subnets.map(modelOf) } : {}) }
}
