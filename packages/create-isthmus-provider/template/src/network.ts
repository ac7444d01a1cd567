import type { Fragment, Site } from '@isthmus/core'
import type { CloudnameOptions } from './options.ts'
import { unfinished } from './unfinished.ts'

/** The site's network with its subnets. */
export function network(_site: Site<CloudnameOptions>): Fragment {
  return unfinished('src/network.ts', 'return a resource for the network (site.cidrs) and one for each of site.subnets, and export the id of the network')
}
