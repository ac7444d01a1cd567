import { z } from 'zod'
import { nameSchema } from '../../identity/name.ts'
import { uidField } from '../answer-fields.ts'
import { connectionModel, locationModel } from '../connection/connection-models.ts'
import { descriptionField, nameForm, nameOf } from '../request-fields.ts'

/** The size of a group is a number in one generation of clients and a text in the other; empty and zero mean one. */
const size = z.union([z.int().min(0).max(100), z.string().regex(/^\d{0,2}$/, 'a whole number is wanted').transform(Number)]).transform((value) => value || 1)

const group = z.object({
  name: nameSchema.optional().or(z.literal('').transform(() => undefined)).describe(`Name of the group; its nodes are called \`name-1\`, \`name-2\`, so give no two groups the same. Made of cloud, region and place in the list when empty or left out. ${nameForm}`),
  specId: z.string().optional().describe('Says where the nodes are: `cloud+region+anything`. What follows the region is kept and shown, and not read. Has to be there, here or as `commonSpec`'),
  commonSpec: z.string().optional().describe('Older spelling of `specId`; not read where that is given'),
  imageId: z.string().optional().describe('Kept and shown, and not read: nodes are simulated'),
  commonImage: z.string().optional().describe('Older spelling of `imageId`; not read where that is given'),
  nodeGroupSize: size.optional().describe('Nodes of the group, at most 100; a number, or up to two digits as text. 1 when it is 0, empty or left out'),
  subGroupSize: size.optional().describe('Older spelling of `nodeGroupSize`; not read where that is given'),
})

/** Body that asks for nodes, in the spellings of three generations of clients. */
export const infraRequest = z.object({
  name: nameOf('infra'),
  description: descriptionField,
  vNetTemplateId: z.string().optional().describe('Template with a `vNetPolicy`, by which vNets are made that are not there yet: one of the namespace, or else of `system`. `vnet-default` when empty or left out: two subnets, addresses chosen'),
  nodeGroups: z.array(group).max(100).optional().describe('Groups of nodes, 1 to 100, each on one connection'),
  subGroups: z.array(group).max(100).optional().describe('Older spelling of `nodeGroups`; not read where that has a group'),
  vm: z.array(group).max(100).optional().describe('Oldest spelling of `nodeGroups`; not read where one of the others has a group'),
}).meta({ id: 'InfraDynamicReq' })

const nothingPlanned = 'Always `None`'

const nodeInfo = z.object({
  resourceType: z.literal('node'),
  id: z.string(),
  uid: uidField,
  name: z.string(),
  nodeGroupId: z.string().describe('Name of its group'),
  status: z.string().describe('Always `Running`'),
  targetStatus: z.string().describe(nothingPlanned),
  targetAction: z.string().describe(nothingPlanned),
  systemMessage: z.string(),
  description: z.string(),
  privateIP: z.string().describe('Address in the first subnet of the vNet, which no other node of the namespace has'),
  publicIP: z.string().describe('Always empty'),
  connectionName: z.string(),
  connectionConfig: connectionModel,
  location: locationModel,
  region: z.object({ region: z.string(), zone: z.string() }),
  vNetId: z.string(),
  subnetId: z.string(),
  cspVNetId: z.string().describe('Id of the vNet in its cloud'),
  cspSubnetId: z.string().describe('Id of the subnet in its cloud'),
  specId: z.string().describe('As the request gave it'),
  imageId: z.string().describe('As the request gave it'),
  securityGroupIds: z.array(z.string()),
  dataDiskIds: z.array(z.string()),
  label: z.record(z.string(), z.string()),
})

/** A set of nodes as answers show it; `vm` is the older name of `node`. */
export const infraInfo = z.object({
  resourceType: z.string().describe('`infra`, or `mci` under `/mci/`'),
  id: z.string(),
  uid: uidField,
  name: z.string(),
  status: z.string().describe('`Running:3 (R:3/3)` with the number of nodes, `Creating:0 (R:0/0)` while it is made, `Failed:0 (R:0/0)`'),
  statusCount: z.record(z.string(), z.int()).describe('Nodes by status: all of them are running'),
  targetStatus: z.string().describe(nothingPlanned),
  targetAction: z.string().describe(nothingPlanned),
  installMonAgent: z.string().describe('Always `no`'),
  label: z.record(z.string(), z.string()),
  systemLabel: z.string().describe('Under `/mci/` what `systemMessage` says elsewhere, as one text; else empty'),
  systemMessage: z.array(z.string()).optional().describe('That nodes are simulated, and what went wrong last. Not there under `/mci/`'),
  description: z.string(),
  placementAlgo: z.string(),
  newNodeList: z.array(z.string()),
  node: z.array(nodeInfo),
  vm: z.array(nodeInfo).optional().describe('The same as `node`, under `/mci/` only'),
}).meta({ id: 'InfraInfo' })
export type NodeInfo = z.input<typeof nodeInfo>
