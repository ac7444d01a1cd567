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

/** What a VPN can say of the gateway at one of its ends: how its clients call that, and what it is. */
const gatewaySettings = { asn: ['bgpAsn', 'the autonomous system number'], sku: ['vpnSku', 'the size'] } as const

/** @throws Problem CONFLICT when another VPN wants the gateway of a site otherwise: it is one for all, and changing it could take that VPN down */
export function refuseOtherSettings({ vnet, uid, settings }: VpnSite, others: readonly Vpn[]): void {
  for (const [setting, [field, title]] of Object.entries(gatewaySettings)) {
    const wanted = settings[setting]
    if (wanted === undefined) continue
    for (const { name, sites } of others) {
      const given = sites.find((site) => site.uid === uid)?.settings[setting]
      if (given === undefined || String(given).toLowerCase() === String(wanted).toLowerCase()) continue
      throw new Problem('CONFLICT', `${field}: the gateway of vNet ${vnet} has ${title} ${String(given)} from VPN ${name}, and cannot have ${String(wanted)} as well; give that one, or leave it out`)
    }
  }
}
