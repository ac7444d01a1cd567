import { z } from 'zod'
import { nameSchema } from '../identity/name.ts'

// What a name of a path stands for is the same wherever it stands.
const nsId = z.string().describe('Id of a namespace: the name that it was created with. One that does not exist answers 404, `Not valid namespace: …`')
const vNetId = z.string().describe('Id of a vNet in the namespace: its name')
const subnetId = z.string().describe('Id of a subnet of the vNet: its name. A subnet that was registered together with its vNet has the name that its cloud gives it')
const templateId = z.string().describe('Id of a template in the namespace: the name that it was created with. Those of namespace `system` have to be asked for there')
const infraId = nameSchema.describe('Id of an infra in the namespace: its name. VPNs belong to the namespace, so in their paths any name will do')
const vpnId = nameSchema.describe('Id of a VPN in the namespace: its name')

/** Parameters of paths below a namespace. */
export const inNamespace = z.object({ nsId })
export const oneVnet = z.object({ nsId, vNetId })
export const oneSubnet = z.object({ nsId, vNetId, subnetId })
export const oneTemplate = z.object({ nsId, templateId })
export const oneInfra = z.object({ nsId, infraId })
export const oneVpn = z.object({ nsId, infraId, vpnId })
