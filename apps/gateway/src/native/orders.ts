import { hasErrors } from '@isthmus/core'
import type { Context } from 'hono'
import { z } from 'zod'
import { holderAsked } from '../cloud/holder.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { orderTunnelSchema, type OrderAsk, type StoredOrder } from '../order/order.ts'
import type { Orders } from '../order/orders.ts'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import type { Stored } from '../store/index.ts'
import { findingModel } from './dialect.ts'
import { accepted, acceptedAs } from './run-models.ts'

const tag = 'Orders'
const oneOrder = z.object({ orderName: z.string() })
const orderBody = z.record(z.string(), z.unknown()).describe('An order; GET /isthmus/v1/schema describes it').meta({ id: 'Order' })

const reason = z.object({ about: z.string(), chosen: z.string(), because: z.string() })
const explained = z.object({ name: z.string(), reasons: z.array(reason) })
const validation = z.object({ ok: z.boolean(), findings: z.array(findingModel) }).meta({ id: 'Validation' })

const planModel = z.object({
  name: z.string(),
  findings: z.array(findingModel),
  sites: z.array(explained.extend({ cloud: z.string(), region: z.string(), cidrs: z.array(z.string()), asn: z.int() })),
  links: z.array(explained.extend({ routing: z.string(), tunnels: z.int() })),
  stacks: z.array(z.object({ name: z.string(), after: z.array(z.string()), resources: z.int() })),
  proof: z.object({ proven: z.boolean(), tunnels: z.int(), findings: z.array(findingModel) }),
}).meta({ id: 'Plan' })

const pair = z.array(z.string()).length(2)
const orderModel = z.object({
  name: z.string(),
  order: z.record(z.string(), z.unknown()),
  holder: z.string().describe('Credential holder, whose credentials everything is done with'),
  state: z.string(),
  message: z.string(),
  tunnels: z.array(orderTunnelSchema.extend({ sites: pair, outside: pair })),
  readAt: z.string().optional(),
  updatedAt: z.string(),
}).meta({ id: 'OrderStatus' })

/** Orders: check, plan, apply, watch, change, destroy. Long work answers 202 with its run. */
export function addOrders(api: Api, orders: Orders, clouds: CloudCatalogue): void {
  const askOf = (context: Context<ServiceEnv>): OrderAsk => ({ holder: holderAsked(context, clouds), idempotencyKey: context.req.header('idempotency-key') })

  api.add({ id: 'validateOrder', method: 'post', paths: ['/orders/validate'], tag, scope: 'read', summary: 'Say everything that is to say about an order', params: nothing, query: nothing, body: orderBody, answers: { 200: validation } },
    async ({ body }) => {
      const { findings } = await orders.check(body)
      return { status: 200, body: { ok: !hasErrors(findings), findings: [...findings] } }
    })

  api.add({ id: 'planOrder', method: 'post', paths: ['/orders/plan'], tag, scope: 'read', summary: 'Plan an order, explain it, and prove both ends of every tunnel', description: 'No cloud is asked. An order with errors answers 422 with all of them.', params: nothing, query: nothing, body: orderBody, answers: { 200: planModel, 422: validation } },
    async ({ body }) => {
      const planned = await orders.plan(body)
      return planned.ok ? { status: 200, body: planned.plan } : { status: 422, body: { ok: false, findings: [...planned.findings] } }
    })

  api.add({ id: 'listOrders', method: 'get', paths: ['/orders'], tag, scope: 'read', summary: 'List orders', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ orders: z.array(orderModel) }) } },
    async () => ({ status: 200, body: { orders: (await orders.list()).map(orderOf) } }))

  api.add({ id: 'getOrder', method: 'get', paths: ['/orders/{orderName}'], tag, scope: 'read', summary: 'Get an order and what its clouds were last seen to hold', params: oneOrder, query: nothing, body: noBody, answers: { 200: orderModel } },
    async ({ params }) => ({ status: 200, body: orderOf(await orders.get(params.orderName)) }))

  api.add({ id: 'applyOrder', method: 'put', paths: ['/orders/{orderName}'], tag, scope: 'write', summary: 'Apply an order, new or changed', description: 'With `Idempotency-Key` the same request is applied once, however often it is sent. `x-credential-holder` says whose credentials the order has, from its first request on; another holder is refused (409), and one that is not known as well (400).', params: oneOrder, query: nothing, body: orderBody, answers: { 202: accepted } },
    async ({ params, body, context }) => acceptedAs(await orders.apply(params.orderName, body, askOf(context))))

  api.add({ id: 'refreshOrder', method: 'post', paths: ['/orders/{orderName}/refresh'], tag, scope: 'read', summary: 'Ask the clouds what they hold of an order', params: oneOrder, query: nothing, body: noBody, answers: { 202: accepted } },
    async ({ params, context }) => acceptedAs(await orders.refresh(params.orderName, askOf(context))))

  api.add({ id: 'destroyOrder', method: 'delete', paths: ['/orders/{orderName}'], tag, scope: 'write', summary: 'Destroy everything that an order made, and forget it', params: oneOrder, query: nothing, body: noBody, answers: { 202: accepted } },
    async ({ params, context }) => acceptedAs(await orders.destroy(params.orderName, askOf(context))))

  api.add({ id: 'orderSchema', method: 'get', paths: ['/schema'], tag, scope: 'read', summary: 'Get the JSON Schema of an order', params: nothing, query: nothing, body: noBody, answers: { 200: z.unknown() } },
    async () => ({ status: 200, body: clouds.orderSchema() }))
}

function orderOf({ updatedAt, doc: { name, document, holder, state, message, tunnels, readAt } }: Stored<StoredOrder>): z.input<typeof orderModel> {
  return { name, order: document, holder, state, message, tunnels, updatedAt, ...(readAt === undefined ? {} : { readAt }) }
}
