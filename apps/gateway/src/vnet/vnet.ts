import { z } from 'zod'
import { conditionSchema } from '../condition/condition.ts'
import { defineKind, type Kind } from '../store/index.ts'

/** What an object is called in its cloud; empty until the cloud has it. */
const cspSchema = z.object({ id: z.string(), name: z.string() })

/** A subnet: what is kept of it. */
export const subnetSchema = z.object({
  name: z.string(),
  uid: z.string(),
  cidr: z.string(),
  /** Zone as the cloud names it; empty where nobody chose one. */
  zone: z.string(),
  description: z.string(),
  csp: cspSchema,
  conditions: z.array(conditionSchema),
})
export type Subnet = z.infer<typeof subnetSchema>

/** A vNet: what is kept of it. Its id in its namespace is its name; its stack and its site are named after its uid. */
export const vnetSchema = z.object({
  name: z.string(),
  uid: z.string(),
  description: z.string(),
  /** Name of the connection it was made through. */
  connection: z.string(),
  /** Empty where the cloud's networks have no block of their own and nobody gave one. */
  cidr: z.string(),
  subnets: z.array(subnetSchema),
  /** `ordered` by a user, `registered` from what a cloud held already, `shared` made for nodes. */
  origin: z.enum(['ordered', 'registered', 'shared']),
  /** Options of its site that stand for a network that a cloud held already. */
  adopted: z.record(z.string(), z.unknown()).optional(),
  /** What a registered network lacks for a VPN, as sentences; absent where it lacks nothing. */
  unsuitable: z.string().optional(),
  /** Block of the subnet that only the VPN gateway uses, once a VPN asked for one. */
  gatewaySubnet: z.string().optional(),
  csp: cspSchema,
  conditions: z.array(conditionSchema),
  /** What went wrong last; empty when nothing did. */
  message: z.string(),
})
export type Vnet = z.infer<typeof vnetSchema>

/** Kept in the scope of a namespace. */
export const vnetKind: Kind<Vnet> = defineKind('vNet', vnetSchema)

/** What runs on a vNet are told apart by; one runs at a time. */
export function vnetTarget(namespace: string, vnet: string): string {
  return `vnet/${namespace}/${vnet}`
}
