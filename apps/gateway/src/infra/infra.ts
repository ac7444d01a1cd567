import { z } from 'zod'
import { defineKind, type Kind } from '../store/index.ts'

/** A simulated node: it stands for a machine on a vNet. */
export const nodeSchema = z.object({
  name: z.string(),
  uid: z.string(),
  group: z.string(),
  connection: z.string(),
  /** Id of the vNet in the namespace, and of the subnet in it. */
  vnet: z.string(),
  subnet: z.string(),
  privateIp: z.string(),
  publicIp: z.string(),
  spec: z.string(),
  image: z.string(),
})
export type Node = z.infer<typeof nodeSchema>

/** Nodes that are wanted on one connection. */
export const nodeGroupSchema = z.object({ name: z.string(), connection: z.string(), spec: z.string(), image: z.string(), size: z.number() })
export type NodeGroup = z.infer<typeof nodeGroupSchema>

/** An infra: what clients call a set of nodes in several clouds. */
export const infraSchema = z.object({
  name: z.string(),
  uid: z.string(),
  description: z.string(),
  /** Template of the vNets that its nodes need. */
  template: z.string(),
  groups: z.array(nodeGroupSchema),
  nodes: z.array(nodeSchema),
  status: z.enum(['Creating', 'Running', 'Failed']),
  message: z.string(),
})
export type Infra = z.infer<typeof infraSchema>

/** Kept in the scope of a namespace. */
export const infraKind: Kind<Infra> = defineKind('infra', infraSchema)

/** Name of the vNet that all nodes of a namespace on one connection share. */
export function sharedVnetName(namespace: string, connection: string): string {
  return `${namespace}-shared-${connection}`
}
