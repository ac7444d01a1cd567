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
  .object({ cidrBlock: z.string(), name: z.string().optional(), subnets: z.array(z.lazy(() => networkModel)).optional() })
  .meta({ id: 'Network' })

const designRequest = z.object({
  cidrBlock: z.string(),
  subnettingRules: z.array(z.object({ type: z.enum(['minSubnets', 'minHosts']), value: z.int() })).max(16).default([]),
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
