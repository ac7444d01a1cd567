import type { Finding } from '@isthmus/core'
import { isProblem, Problem } from '../http/problem.ts'
import type { VpnSite, Vpn } from './vpn.ts'

/**
 * Whether all that stands against a VPN is a number that the cloud opposite does not take. Clients name the default number of their own
 * cloud whatever the peer is, and routes that are written down need none.
 */
export function isAboutNumberOfPeer(error: unknown): boolean {
  if (!isProblem(error)) return false
  const errors = (error.detail.findings ?? []).filter(({ severity }) => severity === 'error')
  return errors.length > 0 && errors.every(isRefusalByPeer)
}

function isRefusalByPeer({ code, facts }: Finding): boolean {
  return code === 'ASN_RESERVED' && facts?.['by'] !== undefined && facts['by'] !== facts['site']
}

/** @throws Problem CONFLICT when another VPN gave the gateway of a site another number: it has one for all */
export function refuseOtherNumber({ vnet, uid, settings }: VpnSite, others: readonly Vpn[]): void {
  const wanted = settings['asn']
  if (wanted === undefined) return
  for (const { name, sites } of others) {
    const given = sites.find((site) => site.uid === uid)?.settings['asn']
    if (given !== undefined && given !== wanted) throw new Problem('CONFLICT', `bgpAsn: the gateway of vNet ${vnet} has the autonomous system number ${String(given)} from VPN ${name}, and cannot have ${String(wanted)} as well; give that one, or leave it out`)
  }
}
