import { z } from 'zod'
import { defineKind, type Kind } from '../store/index.ts'

/** How the addresses of a vNet are chosen when nodes need one. */
export const vnetPolicySchema = z.object({
  /** `auto`, or a block. */
  cidrBlock: z.string(),
  subnetCount: z.number(),
  multiZone: z.boolean(),
  dedicated: z.boolean(),
})
export type VnetPolicy = z.infer<typeof vnetPolicySchema>

/** A template of vNets: a whole vNet to be made again under other names, or a policy for vNets that nodes need. */
export const templateSchema = z.object({
  name: z.string(),
  description: z.string(),
  policy: vnetPolicySchema.optional(),
  vnet: z.object({
    name: z.string(),
    connection: z.string(),
    cidr: z.string(),
    description: z.string(),
    subnets: z.array(z.object({ name: z.string(), cidr: z.string(), zone: z.string(), description: z.string() })),
  }).optional(),
})
export type Template = z.infer<typeof templateSchema>

/** Kept in the scope of a namespace. */
export const templateKind: Kind<Template> = defineKind('vNetTemplate', templateSchema)

/** Namespace of the templates that everybody uses. */
export const systemNamespace = 'system'
/** The policy of vNets for nodes where nobody names another. */
export const defaultTemplate: Template = { name: 'vnet-default', description: 'Two subnets in two zones, addresses chosen', policy: { cidrBlock: 'auto', subnetCount: 2, multiZone: true, dedicated: false } }
