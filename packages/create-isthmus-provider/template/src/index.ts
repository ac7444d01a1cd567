import type { HubProvider } from '@isthmus/core'
import { facts, hub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { network } from './network.ts'
import { offer } from './offer.ts'
import { options, type CloudnameOptions } from './options.ts'
import { networks, read } from './read.ts'

export type { CloudnameOptions } from './options.ts'

/** Cloudname. Leave `hub` out where its gateway can only be a spoke. */
export const cloudname: HubProvider<CloudnameOptions> = {
  id: 'cloud-name',
  apiVersion: 1,
  facts,
  hub,
  options,
  environment: ['CLOUDNAME_'],
  use: (site) => ({ name: 'cloud-name', source: 'cloud-name/cloud-name', version: '~> 1.0', configuration: { region: site.region } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
}

export { cloudname as provider }
