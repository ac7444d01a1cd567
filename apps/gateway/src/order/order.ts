import { z } from 'zod'
import { defaultHolder } from '../cloud/catalogue.ts'
import { Problem } from '../http/problem.ts'
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
  /** Credential holder, whose credentials everything is done with. */
  holder: z.string().default(defaultHolder),
  /** `applied` when the clouds hold what the order says, as far as is known. */
  state: z.enum(['applying', 'applied', 'failed', 'destroying']),
  message: z.string(),
  tunnels: z.array(orderTunnelSchema),
  /** When the clouds were last asked. */
  readAt: z.string().optional(),
})
export type StoredOrder = z.infer<typeof orderSchema>

export const orderKind: Kind<StoredOrder> = defineKind('order', orderSchema)

/** What clients say besides the order itself. */
export interface OrderAsk {
  /** Credential holder; that of the order where nobody is named, and the default one for a new order. */
  readonly holder?: string | undefined
  /** Makes asking twice the same as asking once. */
  readonly idempotencyKey?: string | undefined
}

/** @throws Problem CONFLICT for another holder than that of the order: what it made is in the accounts of its own */
export function holderOf(known: StoredOrder | undefined, { holder }: OrderAsk): string {
  if (known && holder !== undefined && holder !== known.holder) throw new Problem('CONFLICT', `x-credential-holder: the order ${known.name} belongs to ${known.holder} and not to ${holder}; send x-credential-holder: ${known.holder}, or none, or another name for another order`)
  return known?.holder ?? holder ?? defaultHolder
}

/** What runs on an order are told apart by; one runs at a time. */
export function orderTarget(name: string): string {
  return `order/${name}`
}
