import type { HubProvider } from '@isthmus/core'
import { facts, hub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { network } from './network.ts'
import { offer } from './offer.ts'
import { options, type AcmeOptions } from './options.ts'
import { networks, read } from './read.ts'

/** Acme Cloud, which is not there. */
export const acme: HubProvider<AcmeOptions> = {
  id: 'acme',
  apiVersion: 1,
  facts,
  hub,
  options,
  environment: ['ACME_'],
  use: (site) => ({ name: 'acme', source: 'acme/acme', version: '~> 5.2', configuration: { region: site.region } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
}

export { acme as provider }
