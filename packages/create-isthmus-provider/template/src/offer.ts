import type { Offer, Site } from '@isthmus/core'
import type { CloudnameOptions } from './options.ts'
import { unfinished } from './unfinished.ts'

/** What the gateway of a site brings to any link. */
export function offer(_site: Site<CloudnameOptions>): Offer {
  return unfinished('src/offer.ts', 'return { ...offerOfFacts(facts), routing: […] }: for each routing mode where outside addresses come from, how tunnels are grouped, and which legs are allowed')
}
