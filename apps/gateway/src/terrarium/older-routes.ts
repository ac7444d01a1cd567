import { z } from 'zod'
import { holder, holderAndPrefer } from '../http/headers.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { orStarted, settle } from '../work/settle.ts'
import { envelope } from './dialect.ts'
import { oneTerrarium } from './path-parameters.ts'
import { refinedOf } from './refined.ts'
import { siteOf, type SiteKey } from './site-requests.ts'
import { terrariumPlan } from './run/terrarium-run.ts'
import type { Purpose } from './terrarium.ts'
import { own, submitted, type TerrariumVpnRoutes } from './vpn-routes.ts'

/** A pair of the older generation: its variables are one flat object, with the cloud in front of each name. */
interface OlderPair {
  readonly purpose: Purpose
  readonly keys: readonly [SiteKey, SiteKey]
  /** Names of variables in the words of the newer requests. */
  readonly renamed: Readonly<Record<string, string>>
}

const pairs: readonly OlderPair[] = [
  { purpose: 'vpn/gcp-aws', keys: ['gcp', 'aws'], renamed: {} },
  { purpose: 'vpn/gcp-azure', keys: ['gcp', 'azure'], renamed: { gateway_subnet_cidr_block: 'gateway_subnet_cidr' } },
]

const tag = 'VPNs, older generation'
const infracode = z.object({
  tfVars: z.record(z.string(), z.unknown()).describe('Fields of the two ends as site-to-site has them, each behind the key of its cloud, with `-` for `_`: `{cloud}-vpc-id` is `vpc_id`. `gateway-subnet-cidr-block` is `gateway_subnet_cidr`. Texts and numbers; other values, and other names, are not read'),
}).meta({ id: 'InfracodeRequest' })

/** The two pairs of the older generation: environment, variables, plan, and the VPN itself, each with a request of its own. */
export function addOlderVpns(api: Api, { terrariums, runs, clouds }: TerrariumVpnRoutes): void {
  for (const { purpose, keys, renamed } of pairs) {
    const path = `/tr/{trId}/${purpose}`
    const id = (verb: string): string => `${purpose.replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase())}${verb}`
    const ok = (message: string): z.input<typeof envelope> => ({ success: true, message })

    api.add({
      id: id('CreateEnv'), method: 'post', paths: [`${path}/env`], tag, scope: 'write', summary: 'Say what the terrarium is for',
      description: '409 where it serves another purpose, and while a run is at work on the terrarium.',
      params: oneTerrarium, headers: holder, query: nothing, body: noBody, answers: { 201: envelope },
    }, async ({ params, context }) => {
      await own(terrariums, params.trId, context)
      await submitted(() => terrariums.prepare(params.trId, purpose, []))
      return { status: 201, body: ok('the infrastructure terrarium is successfully initialized') }
    })

    api.add({
      id: id('DeleteEnv'), method: 'delete', paths: [`${path}/env`], tag, scope: 'write', summary: 'End the purpose of the terrarium',
      description: 'The terrarium can then serve another purpose. 409 while it has a VPN, or a run is at work on it.',
      params: oneTerrarium, headers: holder, query: nothing, body: noBody, answers: { 200: envelope },
    }, async ({ params, context }) => {
      await own(terrariums, params.trId, context)
      await submitted(() => terrariums.empty(params.trId, purpose))
      return { status: 200, body: ok('the entire infrastructure terrarium has been cleared') }
    })

    api.add({
      id: id('Infracode'), method: 'post', paths: [`${path}/infracode`], tag, scope: 'write', summary: 'Name the networks',
      description: 'Keeps them for `plan` and the VPN itself; no cloud is asked. 409 where the terrarium serves another purpose, or has a VPN between other networks, and while a run is at work on the terrarium.',
      params: oneTerrarium, headers: holder, query: nothing, body: infracode, answers: { 201: envelope },
    }, async ({ params, body, context }) => {
      await own(terrariums, params.trId, context)
      await submitted(() => terrariums.prepare(params.trId, purpose, [keys, [keys[1], keys[0]] as const].map(([key, opposite]) => siteOf({ key, opposite, path: 'tfVars' }, { [key]: variablesOf(key, body.tfVars, renamed) }, clouds))))
      return { status: 201, body: ok('the infracode to configure GCP to the other cloud VPN tunnels is successfully created'.replace('GCP to the other cloud', keys.join(' to '))) }
    })

    api.add({
      id: id('Plan'), method: 'post', paths: [`${path}/plan`], tag, scope: 'read', summary: 'Check what would be made',
      description: 'Looks the networks up and checks all that making the VPN checks. Makes nothing.',
      params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: noBody, answers: { 200: envelope, ...orStarted },
    }, async ({ params, context }) => {
      const { doc } = await own(terrariums, params.trId, context)
      if (doc.sites.length < 2) throw new Problem('CONFLICT', `the terrarium (${params.trId}) has no infracode yet`)
      const settled = await settle(context, runs, () => submitted(() => terrariums.plan(params.trId, purpose)))
      return settled instanceof Response ? settled : { status: 200, body: { ...ok('the infracode checking process is successfully completed'), ...terrariumPlan.parse(settled.run.result) } }
    })

    api.add({
      id: id('Create'), method: 'post', paths: [path], tag, scope: 'write', summary: 'Make the VPN',
      description: 'Between the networks named before. What is there already stays, so that one whose making failed is gone on with. 409 before the networks are named, and while another run is at work on the terrarium.',
      params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: noBody, answers: { 201: envelope, ...orStarted },
    }, async ({ params, context }) => {
      await own(terrariums, params.trId, context)
      const settled = await settle(context, runs, () => submitted(() => terrariums.apply(params.trId, purpose)))
      return settled instanceof Response ? settled : { status: 201, body: { ...ok('the request is successfully accepted and the VPN is there'), details: `run ${settled.run.id}` } }
    })

    api.add({
      id: id('Get'), method: 'get', paths: [path], tag, scope: 'read', summary: 'Get the resources of the VPN',
      description: 'The clouds are asked each time, unless a run is at work on the terrarium.',
      params: oneTerrarium, headers: holder, query: nothing, body: noBody, answers: { 200: envelope },
    }, async ({ params, context }) => {
      await own(terrariums, params.trId, context)
      const vpn = await terrariums.vpn(params.trId, true)
      return { status: 200, body: { ...ok('refined read resource info (map)'), object: Object.fromEntries((vpn?.sites ?? []).map(({ vnet, resources }) => [vnet, refinedOf(vnet, resources)])) } }
    })

    api.add({
      id: id('Delete'), method: 'delete', paths: [path], tag, scope: 'write', summary: 'Remove the VPN',
      description: 'The networks stay as they were found. The purpose stays; `DELETE env` ends it.',
      params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: noBody, answers: { 200: envelope, ...orStarted },
    }, async ({ params, context }) => {
      await own(terrariums, params.trId, context)
      const settled = await settle(context, runs, () => submitted(() => terrariums.destroy(params.trId, purpose)))
      return settled instanceof Response ? settled : { status: 200, body: { ...ok('the destroying process is successfully completed'), details: `run ${settled.run.id}` } }
    })

    api.add({ id: id('Request'), method: 'get', paths: [`${path}/request/{requestId}`], tag, scope: 'read', summary: 'Ask what became of a request, by the id of its run', params: oneTerrarium.extend({ requestId: z.string().describe('Id of the run, as `details` of the answer says it. One of another terrarium answers 400') }), headers: holder, query: nothing, body: noBody, answers: { 200: envelope } },
      async ({ params, context }) => {
        await own(terrariums, params.trId, context)
        const run = await runs.get(params.requestId)
        if (!run || run.target !== `terrarium/${params.trId}`) throw new Problem('PARAMETER_INVALID', `the request ${params.requestId} is not found`)
        const word = run.state === 'done' ? 'Success' : run.endedAt === undefined ? 'Running' : 'Failed'
        return { status: 200, body: { ...ok('the status of the request'), details: `[Request status: ${word}]\n${run.error?.message ?? ''}` } }
      })
  }
}

/** Variables of one end: `aws-vpc-id` is `vpc_id` of `aws`. */
function variablesOf(key: SiteKey, variables: Readonly<Record<string, unknown>>, renamed: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => {
    if (!name.startsWith(`${key}-`) || (typeof value !== 'string' && typeof value !== 'number')) return []
    const field = name.slice(key.length + 1).replaceAll('-', '_')
    return [[renamed[field] ?? field, String(value)]]
  }))
}
