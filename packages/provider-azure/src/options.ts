import { z } from 'zod'

/** Sizes of a zone-redundant VPN gateway, smallest first. */
export const skus = ['VpnGw1AZ', 'VpnGw2AZ', 'VpnGw3AZ', 'VpnGw4AZ', 'VpnGw5AZ'] as const

/** Size of a VPN gateway. */
export type Sku = (typeof skus)[number]

/** Sizes without zones: they can no longer be made, and clients still ask for them. */
const withoutZones = ['VpnGw1', 'VpnGw2', 'VpnGw3', 'VpnGw4', 'VpnGw5'] as const

const sku = z.enum([...skus, ...withoutZones]).transform((size): Sku => skus.find((known) => known === size || known === `${size}AZ`) ?? 'VpnGw2AZ')

const resourceGroupName = z.string().regex(/^[-\w.()]{0,89}[-\w()]$/, 'letters, digits, _ - . ( ), at most 90 and no full stop at the end')

const existing = z.strictObject({
  resourceGroup: resourceGroupName.describe('Name of the resource group that holds the virtual network; the gateway is put there too.'),
  virtualNetwork: z.string().min(2).max(64).describe('Name of the virtual network.'),
  virtualNetworkId: z.string().regex(/^\/subscriptions\/.+\/virtualNetworks\/[^/]+$/i).describe('Full resource id of the virtual network.'),
  gatewaySubnetId: z.string().regex(/^\/subscriptions\/.+\/subnets\/GatewaySubnet$/).optional()
    .describe('Full resource id of its subnet `GatewaySubnet`, /27 or larger. Left out, that subnet is made in a free block of the network, as the site’s cidrs and subnets tell it.'),
})

/** What a user may set for a site in Azure. Accepts `{}`; unknown keys are refused. */
export const azureOptions = z.strictObject({
  sku: sku.default('VpnGw2AZ').describe('Size of the VPN gateway. Sizes 1 to 3 carry 30 tunnels, 4 and 5 carry 100. A size without AZ can no longer be made and is taken for the one with it.'),
  resourceGroup: resourceGroupName.optional().describe('Name of an existing resource group to put everything into; a new one is made when left out.'),
  apipaPoolSize: z.int().min(1).max(64).default(16)
    .describe('Inside addresses that each of the two gateway instances is made ready for: the number of BGP tunnels it can ever have without being changed.'),
  existing: existing.optional().describe('A virtual network that is there already; nothing but the gateway and its links is then made.'),
  tags: z.record(z.string().min(1).max(512), z.string().max(256)).optional().describe('Tags of every resource that can have them.'),
}).refine((options) => !(options.resourceGroup && options.existing), {
  path: ['resourceGroup'],
  message: 'leave out: an existing virtual network already says which resource group is used',
})

/** Options of an Azure site, with every default filled in. */
export type AzureOptions = z.output<typeof azureOptions>
