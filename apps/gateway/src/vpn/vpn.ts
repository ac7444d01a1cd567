import type { Agreed } from '@isthmus/core'
import { z } from 'zod'
import { conditionSchema } from '../condition/condition.ts'
import { defineKind, type Kind } from '../store/index.ts'

/** One resource of a VPN as its cloud shows it. Never holds a key. */
export const resourceDetailSchema = z.object({
  name: z.string(),
  id: z.string(),
  status: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type ResourceDetail = z.infer<typeof resourceDetailSchema>

/** One end of a VPN. */
export const vpnSiteSchema = z.object({
  /** Id of the vNet in the namespace. */
  vnet: z.string(),
  /** Uid of the vNet: a vNet of the same name that is made later is another one. */
  uid: z.string(),
  connection: z.string(),
  /** What the VPN says of this end's site: `asn`, and options of its cloud. */
  settings: z.record(z.string(), z.unknown()),
  resources: z.array(resourceDetailSchema),
})
export type VpnSite = z.infer<typeof vpnSiteSchema>

/** One tunnel as both clouds show it. */
export const tunnelSchema = z.object({
  /** Outside addresses of the two ends, in the order of the sites. */
  outside: z.tuple([z.string(), z.string()]),
  state: z.enum(['up', 'down', 'agreed']),
})
export type Tunnel = z.infer<typeof tunnelSchema>

/** A site-to-site VPN: what is kept of it. Its id in its namespace is its name. */
export const vpnSchema = z.object({
  name: z.string(),
  uid: z.string(),
  description: z.string(),
  sites: z.tuple([vpnSiteSchema, vpnSiteSchema]),
  routing: z.enum(['bgp', 'static']).optional(),
  /** Which generation of clients made it, and so reads it: the oldest describes sites by the ids of their clouds. */
  generation: z.enum(['site', 'vnet']),
  /** Inside blocks that a client wanted and that both ends take, by tunnel of the link. */
  inside: z.record(z.string(), z.string()).optional(),
  /** What a client wanted and does not get, as sentences; they stay whatever happens to the VPN. */
  remarks: z.array(z.string()).optional(),
  tunnels: z.array(tunnelSchema),
  conditions: z.array(conditionSchema),
  /** What went wrong last; empty when nothing did. */
  message: z.string(),
})
export type Vpn = z.infer<typeof vpnSchema>

/** Kept in the scope of a namespace. */
export const vpnKind: Kind<Vpn> = defineKind('vpn', vpnSchema)

/** Numbers that plans of a namespace gave out and that later plans keep. */
export const agreedSchema = z.object({
  asns: z.record(z.string(), z.number()),
  inside: z.record(z.string(), z.record(z.string(), z.string())),
  fitted: z.record(z.string(), z.object({ routing: z.enum(['bgp', 'static']), a: z.number(), b: z.number(), tunnels: z.number() })).exactOptional(),
})

/** Numbers of a plan as they are kept. */
export function keptNumbers({ asns, inside, fitted = {} }: Agreed): z.infer<typeof agreedSchema> {
  const copied = <T extends object>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, { ...value }]))
  return { asns: { ...asns }, inside: copied(inside), ...(Object.keys(fitted).length > 0 ? { fitted: copied(fitted) } : {}) }
}

/** One record per namespace, under the id `numbers`. */
export const agreedKind: Kind<z.infer<typeof agreedSchema>> = defineKind('agreed', agreedSchema)

/** What runs on a VPN are told apart by; one runs at a time. */
export function vpnTarget(namespace: string, vpn: string): string {
  return `vpn/${namespace}/${vpn}`
}
