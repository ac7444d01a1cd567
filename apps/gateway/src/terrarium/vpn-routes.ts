import type { Context } from 'hono'
import { z } from 'zod'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { holder, holderAndPrefer } from '../http/headers.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import { isProblem, Problem } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import type { Run, Runs } from '../runs/index.ts'
import type { Vpn } from '../vpn/vpn.ts'
import { orStarted, settle } from '../work/settle.ts'
import { envelope } from './dialect.ts'
import { oneTerrarium } from './path-parameters.ts'
import { refinedOf } from './refined.ts'
import { terrariumApplied, terrariumPlan } from './run/terrarium-run.ts'
import type { Purpose, TerrariumSite } from './terrarium.ts'
import type { Terrariums } from './terrariums.ts'

/** What the VPN operations of terrariums work with. */
export interface TerrariumVpnRoutes {
  readonly terrariums: Terrariums
  readonly runs: Runs
  readonly clouds: CloudCatalogue
}

/** A kind of VPN: how it is called, and how its request names the two networks. */
export interface VpnKindOfTerrarium<B extends z.ZodType> {
  readonly purpose: Purpose
  readonly body: B
  readonly sites: (body: z.output<B>, clouds: CloudCatalogue) => TerrariumSite[]
}

const tag = 'VPNs'
const outputQuery = z.object({
  detail: z.string().optional().describe('`raw` for the resources as their clouds show them, in `list`; anything else, or nothing, refines them to what clients of the peer know, in `object`'),
  refresh: z.enum(['true', 'false', '']).optional().describe('`false` for what is on record; else, and when left out, the clouds are asked, unless a run is at work on the terrarium'),
})
const descriptions = {
  create: 'As `actions/init` and then `actions/apply`.',
  get: 'Before the VPN is made there are none, which is no error.',
  delete: 'As `actions/destroy` and then `actions/emptyout`. The terrarium itself stays.',
  init: 'Keeps them, and the purpose, for `plan` and `apply`; no cloud is asked. 409 where the terrarium serves another purpose, or has a VPN between other networks, and while a run is at work on the terrarium.',
  plan: 'Looks the networks up and checks all that making the VPN checks. Makes nothing.',
  apply: 'What is there already stays, so that one whose making failed is gone on with. Tunnels are waited for up to five minutes. Networks that are refused are forgotten: name others with `init`. When it fails later, what is there stays until it is destroyed. 409 before `init`, and while another run is at work on the terrarium.',
  destroy: 'The networks stay as they were found. When it fails, what is left stays on record: destroy it again. The purpose, and the networks that were named, stay. 409 while another run is at work on the terrarium.',
  emptyout: 'The terrarium can then serve another purpose. 409 while it has a VPN, or a run is at work on it.',
} as const

/** One kind of VPN of terrariums: made and removed at once, or step by step. */
export function addTerrariumVpn<B extends z.ZodType>(api: Api, routes: TerrariumVpnRoutes, kind: VpnKindOfTerrarium<B>): void {
  const { terrariums, runs, clouds } = routes
  const { purpose, body: bodySchema, sites } = kind
  const path = `/tr/{trId}/${purpose}`
  const name = purpose.replace('vpn/', '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const [id, actions] = [(verb: string) => `${name}${verb}`, `${path}/actions`]

  const finish = async (context: Context<ServiceEnv>, submit: () => Promise<Run>, message: string): Promise<Response | { readonly success: true; readonly message: string; readonly details: string }> => {
    const settled = await settle(context, runs, () => submitted(submit))
    return settled instanceof Response ? settled : { success: true, message, details: [`${settled.run.kind} ${settled.run.state} (run ${settled.run.id})`, ...terrariumApplied.parse(settled.run.result).remarks].join('\n') }
  }
  const output = async (trId: string, query: z.output<typeof outputQuery>, context: Context<ServiceEnv>): Promise<z.input<typeof envelope>> => {
    await own(terrariums, trId, context)
    const vpn = await terrariums.vpn(trId, query.refresh !== 'false')
    return query.detail === 'raw' ? { success: true, message: 'raw resource info (list)', list: rawOf(vpn) } : { success: true, message: 'refined read resource info (map)', object: { terrarium_id: trId, ...objectOf(vpn) } }
  }

  api.add({
    id: id('Create'), method: 'post', paths: [path], tag, scope: 'write', summary: `Make the VPN (${purpose})`,
    description: `${descriptions.create} ${descriptions.apply}`,
    params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: bodySchema, answers: { 201: envelope, ...orStarted },
  }, async ({ params, body, context }) => {
    await own(terrariums, params.trId, context)
    const done = await finish(context, () => terrariums.make(params.trId, purpose, sites(body, clouds)), 'the infrastructure terrarium is successfully created')
    return done instanceof Response ? done : { status: 201, body: done }
  })

  api.add({
    id: id('Get'), method: 'get', paths: [path], tag, scope: 'read', summary: `Get the resources of the VPN (${purpose})`,
    description: descriptions.get,
    params: oneTerrarium, headers: holder, query: outputQuery, body: noBody, answers: { 200: envelope },
  }, async ({ params, query, context }) => ({ status: 200, body: await output(params.trId, query, context) }))

  api.add({
    id: id('Delete'), method: 'delete', paths: [path], tag, scope: 'write', summary: `Remove the VPN (${purpose}), and end the purpose of the terrarium`,
    description: descriptions.delete,
    params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: noBody, answers: { 200: envelope, ...orStarted },
  }, async ({ params, context }) => {
    await own(terrariums, params.trId, context)
    const done = await finish(context, () => terrariums.destroy(params.trId, purpose, { endsPurpose: true }), 'the infrastructure terrarium is successfully destroyed')
    return done instanceof Response ? done : { status: 200, body: done }
  })

  api.add({
    id: id('Init'), method: 'post', paths: [`${actions}/init`], tag, scope: 'write', summary: 'Name the networks',
    description: descriptions.init,
    params: oneTerrarium, headers: holder, query: nothing, body: bodySchema, answers: { 201: envelope },
  }, async ({ params, body, context }) => {
    await own(terrariums, params.trId, context)
    await submitted(() => terrariums.prepare(params.trId, purpose, sites(body, clouds)))
    return { status: 201, body: { success: true, message: 'the infrastructure terrarium is successfully initialized' } }
  })

  api.add({
    id: id('Plan'), method: 'post', paths: [`${actions}/plan`], tag, scope: 'read', summary: 'Check what would be made',
    description: descriptions.plan,
    params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: noBody, answers: { 200: envelope, ...orStarted },
  }, async ({ params, context }) => {
    await own(terrariums, params.trId, context)
    const settled = await settle(context, runs, () => submitted(() => terrariums.plan(params.trId, purpose)))
    if (settled instanceof Response) return settled
    return { status: 200, body: { success: true, message: 'the infrastructure terrarium is successfully planned', ...terrariumPlan.parse(settled.run.result) } }
  })

  api.add({
    id: id('Apply'), method: 'post', paths: [`${actions}/apply`], tag, scope: 'write', summary: 'Make the VPN between the networks named before',
    description: descriptions.apply,
    params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: noBody, answers: { 201: envelope, ...orStarted },
  }, async ({ params, context }) => {
    await own(terrariums, params.trId, context)
    const done = await finish(context, () => terrariums.apply(params.trId, purpose), 'the infrastructure terrarium is successfully applied')
    return done instanceof Response ? done : { status: 201, body: done }
  })

  api.add({
    id: id('Destroy'), method: 'delete', paths: [`${actions}/destroy`], tag, scope: 'write', summary: 'Remove the VPN',
    description: descriptions.destroy,
    params: oneTerrarium, headers: holderAndPrefer, query: nothing, body: noBody, answers: { 201: envelope, ...orStarted },
  }, async ({ params, context }) => {
    await own(terrariums, params.trId, context)
    const done = await finish(context, () => terrariums.destroy(params.trId, purpose), 'the infrastructure terrarium is successfully destroyed')
    return done instanceof Response ? done : { status: 201, body: done }
  })

  api.add({
    id: id('Output'), method: 'get', paths: [`${actions}/output`], tag, scope: 'read', summary: 'Get the resources of the VPN',
    description: descriptions.get,
    params: oneTerrarium, headers: holder, query: outputQuery, body: noBody, answers: { 200: envelope },
  }, async ({ params, query, context }) => ({ status: 200, body: await output(params.trId, query, context) }))

  api.add({
    id: id('Emptyout'), method: 'delete', paths: [`${actions}/emptyout`], tag, scope: 'write', summary: 'End the purpose of the terrarium',
    description: descriptions.emptyout,
    params: oneTerrarium, headers: holder, query: nothing, body: noBody, answers: { 200: envelope },
  }, async ({ params, context }) => {
    await own(terrariums, params.trId, context)
    await submitted(() => terrariums.empty(params.trId, purpose))
    return { status: 200, body: { success: true, message: 'the infrastructure terrarium is successfully emptied out' } }
  })
}

/** The terrarium, for the credential holder who made it. @throws Problem FORBIDDEN, also for one that is not there, as the peer does */
export async function own(terrariums: Terrariums, id: string, context: Context<ServiceEnv>): Promise<NonNullable<Awaited<ReturnType<Terrariums['find']>>>> {
  const found = await terrariums.find(id)
  if (!found || found.doc.holder !== context.var.holder) throw new Problem('FORBIDDEN', found ? `the terrarium (${id}) belongs to another credential holder` : `no terrarium with the given ID (trId: ${id}); not found`)
  return found
}

/** What work comes to, or the refusal of the peer while a run is under way. */
export async function submitted<T>(submit: () => Promise<T>): Promise<T> {
  try {
    return await submit()
  } catch (error) {
    if (typeof error === 'object' && error !== null && !isProblem(error) && 'code' in error && error.code === 'RUN_ACTIVE') throw new Problem('CONFLICT', 'a previous request is still in progress', { cause: error })
    throw error
  }
}

function objectOf(vpn: Vpn | undefined): Record<string, unknown> {
  return Object.fromEntries((vpn?.sites ?? []).map(({ vnet, resources }) => [vnet, refinedOf(vnet, resources)]))
}

function rawOf(vpn: Vpn | undefined): Record<string, unknown>[] {
  return (vpn?.sites ?? []).flatMap(({ resources }) => resources.map(({ detail }) => detail))
}
