import type { HubProvider } from '@isthmus/core'
import { ibmFacts, ibmHub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { existing } from './lookup.ts'
import { network } from './network.ts'
import { networks } from './networks.ts'
import { offer } from './offer.ts'
import { ibmOptions, type IbmOptions } from './options.ts'
import { read } from './read.ts'

export type { IbmOptions } from './options.ts'

/** IBM Cloud: route-based VPN gateways of Virtual Private Clouds, with BGP through a transit gateway. */
export const ibm: HubProvider<IbmOptions> = {
  id: 'ibm',
  apiVersion: 1,
  facts: ibmFacts,
  options: ibmOptions,
  hub: ibmHub,
  environment: ['IC_', 'IBMCLOUD_'],
  use: (site) => ({ name: 'ibm', source: 'IBM-Cloud/ibm', version: '~> 2.5', configuration: { region: site.region } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
  existing,
}

export { ibm as provider }
