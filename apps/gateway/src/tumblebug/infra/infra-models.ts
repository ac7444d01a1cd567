import { z } from 'zod'
import { nameSchema } from '../../identity/name.ts'
import { connectionModel } from '../connection/connection-models.ts'

/** The size of a group is a number in one generation of clients and a text in the other; empty and zero mean one. */
const size = z.union([z.int().min(0).max(100), z.string().regex(/^\d{0,2}$/, 'a whole number is wanted').transform(Number)]).transform((value) => value || 1)

const group = z.object({
  name: nameSchema.optional().or(z.literal('').transform(() => undefined)),
  specId: z.string().optional(),
  commonSpec: z.string().optional(),
  imageId: z.string().optional(),
  commonImage: z.string().optional(),
  nodeGroupSize: size.optional(),
  subGroupSize: size.optional(),
})

/** Body that asks for nodes, in the spellings of three generations of clients. */
export const infraRequest = z.object({
  name: nameSchema,
  description: z.string().optional(),
  vNetTemplateId: z.string().optional(),
  nodeGroups: z.array(group).max(100).optional(),
  subGroups: z.array(group).max(100).optional(),
  vm: z.array(group).max(100).optional(),
}).meta({ id: 'InfraDynamicReq' })

const nodeInfo = z.object({
  resourceType: z.literal('node'),
  id: z.string(),
  uid: z.string(),
  name: z.string(),
  nodeGroupId: z.string(),
  status: z.string(),
  targetStatus: z.string(),
  targetAction: z.string(),
  systemMessage: z.string(),
  description: z.string(),
  privateIP: z.string(),
  publicIP: z.string(),
  connectionName: z.string(),
  connectionConfig: connectionModel,
  location: z.object({ display: z.string(), latitude: z.number(), longitude: z.number() }),
  region: z.object({ region: z.string(), zone: z.string() }),
  vNetId: z.string(),
  subnetId: z.string(),
  cspVNetId: z.string(),
  cspSubnetId: z.string(),
  specId: z.string(),
  imageId: z.string(),
  securityGroupIds: z.array(z.string()),
  dataDiskIds: z.array(z.string()),
  label: z.record(z.string(), z.string()),
})

/** A set of nodes as answers show it; `vm` is the older name of `node`. */
export const infraInfo = z.object({
  resourceType: z.string(),
  id: z.string(),
  uid: z.string(),
  name: z.string(),
  status: z.string(),
  statusCount: z.record(z.string(), z.int()),
  targetStatus: z.string(),
  targetAction: z.string(),
  installMonAgent: z.string(),
  label: z.record(z.string(), z.string()),
  systemLabel: z.string(),
  systemMessage: z.array(z.string()).optional(),
  description: z.string(),
  placementAlgo: z.string(),
  newNodeList: z.array(z.string()),
  node: z.array(nodeInfo),
  vm: z.array(nodeInfo).optional(),
}).meta({ id: 'InfraInfo' })
export type NodeInfo = z.input<typeof nodeInfo>
