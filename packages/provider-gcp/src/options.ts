import { z } from 'zod'

const resourceName = '[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?'
const link = (path: string): RegExp => new RegExp(`^(?:(?:https://[^/\\s]+/compute/v1/)?projects/[^/\\s]+/${path}/)?${resourceName}$`)

/** A network's name, its path or its self link. */
export const networkLink: RegExp = link('global/networks')

const existing = z.strictObject({
  network: z.string().regex(networkLink, 'expected a network name or self link')
    .describe('Name or self link of the VPC network to use instead of a new one.'),
  subnetworks: z.array(z.string().regex(link('regions/[^/\\s]+/subnetworks'), 'expected a subnetwork name or self link'))
    .refine((names) => new Set(names.map(lastSegment)).size === names.length, 'a subnetwork may be named only once')
    .optional()
    .describe('Names or self links of the subnetworks whose workloads use the link; they are looked up, so that a wrong name fails before anything is made.'),
})

/** What may be set for a site in Google Cloud. Everything has a default; credentials come from the environment. */
export const options = z.strictObject({
  project: z.string().regex(/^(?:[a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/, 'expected a project id')
    .optional()
    .describe('Project id. Left out, the provider takes it from GOOGLE_PROJECT or the credentials.'),
  existing: existing.optional().describe('What is there already and is used as it is.'),
})

/** Options of a site in Google Cloud. */
export type GcpOptions = z.infer<typeof options>

/** The resource name at the end of a link; a bare name is its own. */
export function lastSegment(nameOrLink: string): string {
  return nameOrLink.slice(nameOrLink.lastIndexOf('/') + 1)
}
