import type { HubProvider } from '@isthmus/core'
import { facts, hub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { existing } from './lookup.ts'
import { network } from './network.ts'
import { networks } from './networks.ts'
import { offer } from './offer.ts'
import { options, type AwsOptions } from './options.ts'
import { read } from './read.ts'

/** Amazon Web Services: a VPC with a virtual private gateway or a transit gateway. */
export const aws: HubProvider<AwsOptions> = {
  id: 'aws',
  apiVersion: 1,
  facts,
  hub,
  options,
  environment: ['AWS_'],
  use: (site) => ({ name: 'aws', source: 'hashicorp/aws', version: '~> 6.67', configuration: { region: site.region } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
  existing,
}

export type { AwsOptions }

export { aws as provider }
