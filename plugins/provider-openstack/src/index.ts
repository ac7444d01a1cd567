import type { SpokeProvider } from '@isthmus/core'
import { openstackFacts } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { existing } from './lookup.ts'
import { network } from './network.ts'
import { networks } from './networks.ts'
import { offer } from './offer.ts'
import { openstackOptions, type OpenstackOptions } from './options.ts'
import { read } from './read.ts'

export type { OpenstackOptions } from './options.ts'

/** OpenStack: networks of Neutron, linked by VPN as a Service. */
export const openstack: SpokeProvider<OpenstackOptions> = {
  id: 'openstack',
  apiVersion: 1,
  facts: openstackFacts,
  options: openstackOptions,
  environment: ['OS_'],
  use: (site) => ({ name: 'openstack', source: 'terraform-provider-openstack/openstack', version: '~> 3.4', configuration: { region: site.region } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
  existing,
}

export { openstack as provider }
