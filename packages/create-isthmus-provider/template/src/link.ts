import type { Fragment, Half, Site } from '@isthmus/core'
import type { CloudnameOptions } from './options.ts'
import { unfinished } from './unfinished.ts'

/** The site's half of a link. */
export function link(_site: Site<CloudnameOptions>, _half: Half): Fragment {
  return unfinished('src/link.ts', 'return what half.connections and their tunnels ask for: the peer (tunnel.peerAddress), the connection (tunnel.key, half.suite), and BGP or routes (half.routing)')
}
