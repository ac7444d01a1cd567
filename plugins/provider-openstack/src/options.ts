import { z } from 'zod'

/** Ids of the Networking API. */
export const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const id = z.string().regex(uuid, 'expected an id, such as 6b1c7f2e-93a4-4d0e-8c55-0f1f6a2f9a10')

const existing = z.strictObject({
  network: id.describe('Id of the network.'),
  router: id.optional().describe('Id of a router with an external gateway that the subnets are attached to; one is made and attached to them when left out.'),
  subnets: z.array(id).min(1).describe('Ids of the subnets that links reach. All of them must be attached to the router, or, where one is made, to none.'),
})

/** What a user may set for a site in OpenStack. Accepts `{}`; unknown keys are refused. */
export const openstackOptions = z.strictObject({
  externalNetwork: z.string().min(1).max(255).optional()
    .describe('Name or id of the external network that the router of the site gets its public address from; the only external network of the cloud when left out.'),
  additionalCiphers: z.boolean().default(false)
    .describe('Whether AES-GCM and the groups above 14 are offered too. Newer releases have them: `openstack extension list --network` then shows vpn-aes-ccm-gcm.'),
  existing: existing.optional().describe('A network that is there already; nothing but the VPN service and its links is then made, and a router where it has none.'),
  tags: z.array(z.string().regex(/^[^,/]{1,255}$/, 'no comma, no slash, at most 255 characters')).optional().describe('Tags of every resource that can have them.'),
}).refine((options) => !(options.externalNetwork !== undefined && options.existing?.router !== undefined), {
  path: ['externalNetwork'],
  message: 'leave out: the router that is there has its external gateway already',
})

/** Options of an OpenStack site, with every default filled in. */
export type OpenstackOptions = z.output<typeof openstackOptions>
