import type { HubProvider } from '@isthmus/core'
import { facts, hub } from './facts.ts'
import { gateway } from './gateway.ts'
import { link } from './link.ts'
import { existing } from './lookup.ts'
import { network } from './network.ts'
import { networks } from './networks.ts'
import { offer } from './offer.ts'
import { options, type AlibabaOptions } from './options.ts'
import { read } from './read.ts'

export type { AlibabaOptions } from './options.ts'

/** Alibaba Cloud: VPN gateways in dual-tunnel mode, through the OpenTofu provider `aliyun/alicloud`. */
export const alibaba: HubProvider<AlibabaOptions> = {
  id: 'alibaba',
  apiVersion: 1,
  facts,
  options,
  hub,
  environment: ['ALIBABA_CLOUD_', 'ALICLOUD_'],
  use: (site) => ({ name: 'alicloud', source: 'aliyun/alicloud', version: '~> 1.289', configuration: { region: site.region } }),
  network,
  offer,
  gateway,
  link,
  read,
  networks,
  existing,
}

export { alibaba as provider }
