import { hasErrors } from '@isthmus/core'
import type { Context } from 'hono'
import { z } from 'zod'
import { holderAsked } from '../cloud/holder.ts'
import { holder, idempotencyKey } from '../http/headers.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { orderTunnelSchema, type OrderAsk, type StoredOrder } from '../order/order.ts'
import type { Orders } from '../order/orders.ts'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import type { Stored } from '../store/index.ts'
import { findingModel } from './dialect.ts'
import { accepted, acceptedAs } from './run-models.ts'

const tag = 'Orders'
const askingOnce = holder.extend(idempotencyKey.shape)
const oneOrder = z.object({ orderName: z.string().describe('Name of an order, which is `name` in it') })
const orderBody = z.record(z.string(), z.unknown()).describe('An order: its name, its sites and how they are linked. `GET /isthmus/v1/schema` describes every field, with what each cloud adds to a site. What is wrong with it is told as findings, all at once').meta({ id: 'Order' })

const reason = z.object({ about: z.string().describe('What was decided, such as `routing` or `asn`'), chosen: z.string(), because: z.string() })
const explained = z.object({ name: z.string(), reasons: z.array(reason) })
const validation = z.object({ ok: z.boolean().describe('True where no finding is an error'), findings: z.array(findingModel) }).meta({ id: 'Validation' })

const planModel = z.object({
  name: z.string(),
  findings: z.array(findingModel).describe('Warnings and remarks'),
  sites: z.array(explained.extend({ cloud: z.string(), region: z.string(), cidrs: z.array(z.string()), asn: z.int() })),
  links: z.array(explained.extend({ routing: z.string().describe('`bgp` or `static`'), tunnels: z.int().describe('How many') })),
  stacks: z.array(z.object({ name: z.string(), after: z.array(z.string()).describe('Stacks that are applied before it'), resources: z.int().describe('How many') })).describe('What OpenTofu applies together'),
  proof: z.object({ proven: z.boolean(), tunnels: z.int().describe('How many are proven'), findings: z.array(findingModel) }).describe('Whether both ends of every tunnel, written independently, agree with each other'),
}).meta({ id: 'Plan' })

const pair = z.array(z.string()).length(2)
const orderModel = z.object({
  name: z.string(),
  order: z.record(z.string(), z.unknown()).describe('As it was sent last'),
  holder: z.string().describe('Credential holder, whose credentials everything is done with'),
  state: z.string().describe('`applying` or `destroying` while a run is at work; `applied` when the clouds hold what the order says, as they were last read; `failed`, for which `message` has the reason'),
  message: z.string().describe('What went wrong last, or in what the clouds differ from the order; empty when all is well'),
  tunnels: z.array(orderTunnelSchema.extend({
    sites: pair,
    outside: pair.describe('Outside addresses of the two ends, in the order of `sites`; empty where none is known'),
    state: orderTunnelSchema.shape.state.describe('`up` or `down` as a cloud reports it; `agreed` where both ends fit each other and neither cloud tells more'),
  })).describe('As the clouds were last seen to hold them'),
  readAt: z.string().optional().describe('When the clouds were last asked: RFC 3339, UTC; not there before that'),
  updatedAt: z.string().describe('When this record changed last: RFC 3339, UTC'),
}).meta({ id: 'OrderStatus' })

/** Orders: check, plan, apply, watch, change, destroy. Long work answers 202 with its run. */
export function addOrders(api: Api, orders: Orders, clouds: CloudCatalogue): void {
  const askOf = (context: Context<ServiceEnv>): OrderAsk => ({ holder: holderAsked(context, clouds), idempotencyKey: context.req.header('idempotency-key') })

  api.add({
    id: 'validateOrder', method: 'post', paths: ['/orders/validate'], tag, scope: 'read', summary: 'Say everything that is to say about an order',
    description: 'No cloud is asked, and nothing is kept. The answer is 200 also for an order with errors. An order of that name on record lends it the numbers that it was given.',
    params: nothing, query: nothing, body: orderBody, answers: { 200: validation },
  }, async ({ body }) => {
    const { findings } = await orders.check(body)
    return { status: 200, body: { ok: !hasErrors(findings), findings: [...findings] } }
  })

  api.add({
    id: 'planOrder', method: 'post', paths: ['/orders/plan'], tag, scope: 'read', summary: 'Plan an order, explain it, and prove both ends of every tunnel',
    description: 'No cloud is asked. An order with errors answers 422 with all of them. It is planned as it would be applied: with the numbers that an order of that name was given.',
    params: nothing, query: nothing, body: orderBody, answers: { 200: planModel, 422: validation },
  }, async ({ body }) => {
    const planned = await orders.plan(body)
    return planned.ok ? { status: 200, body: planned.plan } : { status: 422, body: { ok: false, findings: [...planned.findings] } }
  })

  api.add({ id: 'listOrders', method: 'get', paths: ['/orders'], tag, scope: 'read', summary: 'List orders', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ orders: z.array(orderModel) }) } },
    async () => ({ status: 200, body: { orders: (await orders.list()).map(orderOf) } }))

  api.add({ id: 'getOrder', method: 'get', paths: ['/orders/{orderName}'], tag, scope: 'read', summary: 'Get an order and what its clouds were last seen to hold', params: oneOrder, query: nothing, body: noBody, answers: { 200: orderModel } },
    async ({ params }) => ({ status: 200, body: orderOf(await orders.get(params.orderName)) }))

  api.add({
    id: 'applyOrder', method: 'put', paths: ['/orders/{orderName}'], tag, scope: 'write', summary: 'Apply an order, new or changed',
    description: 'Brings the clouds to what the order says: what is missing is made, what differs is changed, and what the order does not name any more is destroyed first. Its name is that of the path, else 400; an order with errors answers 422 with all of them, and 409 says that a run is at work on it. When applying fails, what is there stays; send the order again. `x-credential-holder` says whose credentials the order has, from its first request on; another holder is refused (409), and one that is not known as well (400).',
    headers: askingOnce, params: oneOrder, query: nothing, body: orderBody, answers: { 202: accepted },
  }, async ({ params, body, context }) => acceptedAs(await orders.apply(params.orderName, body, askOf(context))))

  api.add({
    id: 'refreshOrder', method: 'post', paths: ['/orders/{orderName}/refresh'], tag, scope: 'read', summary: 'Ask the clouds what they hold of an order',
    description: 'Changes nothing in them. 409 while a run is at work on the order.',
    headers: askingOnce, params: oneOrder, query: nothing, body: noBody, answers: { 202: accepted },
  }, async ({ params, context }) => acceptedAs(await orders.refresh(params.orderName, askOf(context))))

  api.add({
    id: 'destroyOrder', method: 'delete', paths: ['/orders/{orderName}'], tag, scope: 'write', summary: 'Destroy everything that an order made, and forget it',
    description: 'When destroying fails, the order stays on record, `failed`: send it again. 409 while a run is at work on it.',
    headers: askingOnce, params: oneOrder, query: nothing, body: noBody, answers: { 202: accepted },
  }, async ({ params, context }) => acceptedAs(await orders.destroy(params.orderName, askOf(context))))

  api.add({
    id: 'orderSchema', method: 'get', paths: ['/schema'], tag, scope: 'read', summary: 'Get the JSON Schema of an order',
    description: 'For editors and programs, with the fields that each cloud adds to a site. It follows from the plugins that are loaded.',
    params: nothing, query: nothing, body: noBody, answers: { 200: z.unknown() },
  }, async () => ({ status: 200, body: clouds.orderSchema() }))
}

function orderOf({ updatedAt, doc: { name, document, holder, state, message, tunnels, readAt } }: Stored<StoredOrder>): z.input<typeof orderModel> {
  return { name, order: document, holder, state, message, tunnels, updatedAt, ...(readAt === undefined ? {} : { readAt }) }
}
