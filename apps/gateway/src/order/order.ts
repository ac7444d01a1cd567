import { z } from 'zod'
import { defineKind, type Kind } from '../store/index.ts'
import { agreedSchema } from '../vpn/vpn.ts'

/** A tunnel of an order as its clouds show it. */
export const orderTunnelSchema = z.object({
  link: z.string(),
  sites: z.tuple([z.string(), z.string()]),
  outside: z.tuple([z.string(), z.string()]),
  state: z.enum(['up', 'down', 'agreed']),
})
export type OrderTunnel = z.infer<typeof orderTunnelSchema>

/** An order that the gateway keeps: what was asked for, and what the clouds were last seen to hold. */
export const orderSchema = z.object({
  name: z.string(),
  /** The order as it was sent. */
  document: z.record(z.string(), z.unknown()),
  agreed: agreedSchema,
  /** `applied` when the clouds hold what the order says, as far as is known. */
  state: z.enum(['applying', 'applied', 'failed', 'destroying']),
  message: z.string(),
  tunnels: z.array(orderTunnelSchema),
  /** When the clouds were last asked. */
  readAt: z.string().optional(),
})
export type StoredOrder = z.infer<typeof orderSchema>

export const orderKind: Kind<StoredOrder> = defineKind('order', orderSchema)

/** What runs on an order are told apart by; one runs at a time. */
export function orderTarget(name: string): string {
  return `order/${name}`
}
