import type { HubProvider } from '@isthmus/core'
import { facts, hub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { existing } from './lookup.ts'
import { network } from './network.ts'
import { networks } from './networks.ts'
import { offer } from './offer.ts'
import { options, type GcpOptions } from './options.ts'
import { read } from './read.ts'

/** Google Cloud: HA VPN with BGP, or Classic VPN with static routes, through the OpenTofu provider `hashicorp/google`. */
export const gcp: HubProvider<GcpOptions> = {
  id: 'gcp',
  apiVersion: 1,
  facts,
  options,
  environment: ['GOOGLE_', 'CLOUDSDK_'],
  use: (site) => ({
    name: 'google',
    source: 'hashicorp/google',
    // 7.15 is the first that keeps the order of cipher_suite; 7.45 is what the facts were read from.
    version: '~> 7.45',
    configuration: { region: site.region, ...(site.options.project && { project: site.options.project }) },
  }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
  existing,
  hub,
}

export type { GcpOptions } from './options.ts'

export { gcp as provider }
