import type { Vpn } from './vpn.ts'

/** VPNs that hang together with one of them through shared vNets, that one included, sorted by name. */
export function componentOf(vpn: Vpn, all: readonly Vpn[]): Vpn[] {
  const rest = new Map(all.filter((other) => other.uid !== vpn.uid).map((other) => [other.uid, other]))
  const members = [vpn]
  for (const member of members) {
    const vnets = new Set(member.sites.map(({ uid }) => uid))
    for (const other of rest.values()) {
      if (!other.sites.some(({ uid }) => vnets.has(uid))) continue
      members.push(other)
      rest.delete(other.uid)
    }
  }
  return members.sort((a, b) => (a.name < b.name ? -1 : 1))
}
