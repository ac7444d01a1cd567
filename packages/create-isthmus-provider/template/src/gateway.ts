import type { Fragment, GatewayNeeds, Site } from '@isthmus/core'
import type { CloudnameOptions } from './options.ts'
import { unfinished } from './unfinished.ts'

/** The site's gateway, made once however many links use it. */
export function gateway(_site: Site<CloudnameOptions>, _needs: GatewayNeeds): Fragment {
  return unfinished('src/gateway.ts', 'return the gateway, with networkExport(site, …) for the network and site.asn, and export its id and its outside addresses')
}
