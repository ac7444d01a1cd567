import { z } from 'zod'
import { globalScope, hiddenNamespace } from '../namespace/namespace.ts'
import { defineKind, type Kind, type Records } from '../store/index.ts'

/** What a terrarium can be used for; one terrarium serves one purpose. */
export const purposes = ['vpn/aws-to-site', 'vpn/site-to-site', 'vpn/gcp-aws', 'vpn/gcp-azure'] as const
export type Purpose = (typeof purposes)[number]

/** One end of the VPN of a terrarium: a network that a cloud holds already. */
export const terrariumSiteSchema = z.object({
  /** Key of the end in requests and answers; also the name of its vNet record. */
  key: z.string(),
  cloud: z.string(),
  region: z.string(),
  /** The cloud's own id of the network. */
  network: z.string(),
  settings: z.record(z.string(), z.unknown()),
  gatewaySubnet: z.string(),
  /** Blocks that are wanted for the insides of the tunnels, and where the request said so. */
  insideWishes: z.array(z.object({ field: z.string(), cidr: z.string() })).optional(),
})
export type TerrariumSite = z.infer<typeof terrariumSiteSchema>

/** A terrarium: what is kept of it. */
export const terrariumSchema = z.object({
  name: z.string(),
  description: z.string(),
  /** Credential holder who made it, and who alone may use it. */
  holder: z.string(),
  purpose: z.enum(purposes).optional(),
  sites: z.array(terrariumSiteSchema),
})
export type Terrarium = z.infer<typeof terrariumSchema>

export const terrariumKind: Kind<Terrarium> = defineKind('terrarium', terrariumSchema)

/** Ends the purpose of a terrarium, so that it can serve another. */
export async function endPurpose(records: Records, id: string): Promise<void> {
  const found = await records.get(terrariumKind, globalScope, id)
  if (found?.doc.purpose === undefined) return
  const { purpose: _, ...rest } = found.doc
  await records.update(terrariumKind, found, { ...rest, sites: [] })
}

/** Name of the one VPN of a terrarium, in the namespace of its own. */
export const terrariumVpn = 'vpn'

/** Namespace of the networks and the VPN of a terrarium. */
export function terrariumNamespace(id: string): string {
  return hiddenNamespace('terrarium', id)
}
