import type { HubProvider } from '@isthmus/core'
import { azureFacts, azureHub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { existing } from './lookup.ts'
import { network } from './network.ts'
import { networks } from './networks.ts'
import { offer } from './offer.ts'
import { azureOptions, type AzureOptions } from './options.ts'
import { read } from './read.ts'

export type { AzureOptions } from './options.ts'

/** Microsoft Azure: active-active VPN gateways in virtual networks. */
export const azure: HubProvider<AzureOptions> = {
  id: 'azure',
  apiVersion: 1,
  facts: azureFacts,
  options: azureOptions,
  hub: azureHub,
  // `features` is a block that must be there and may be empty; in JSON syntax that is a list of one object.
  environment: ['ARM_'],
  use: () => ({ name: 'azurerm', source: 'hashicorp/azurerm', version: '~> 5.2', configuration: { features: [{}] } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
  existing,
}

export { azure as provider }
