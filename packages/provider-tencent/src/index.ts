import type { HubProvider } from '@isthmus/core'
import { facts, hub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { existing } from './lookup.ts'
import { network } from './network.ts'
import { networks } from './networks.ts'
import { offer } from './offer.ts'
import { options, type TencentOptions } from './options.ts'
import { read } from './read.ts'

export type { TencentOptions } from './options.ts'

/** Tencent Cloud: pairs of VPN gateways with BGP or static routes, through the OpenTofu provider `tencentcloudstack/tencentcloud`. */
export const tencent: HubProvider<TencentOptions> = {
  id: 'tencent',
  apiVersion: 1,
  facts,
  options,
  environment: ['TENCENTCLOUD_'],
  use: (site) => ({ name: 'tencentcloud', source: 'tencentcloudstack/tencentcloud', version: '~> 1.83.25', configuration: { region: site.region } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
  existing,
  hub,
}

export { tencent as provider }
