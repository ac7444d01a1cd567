/** Inclusive range of autonomous system numbers. */
type AsnRange = readonly [first: number, last: number]

/** Numbers that Azure uses itself or that IANA reserves (VPN Gateway FAQ, "Which autonomous system numbers can I use?"). */
const reserved: readonly AsnRange[] = [
  [8074, 8075], [12076, 12076], [65517, 65520], [23456, 23456], [64496, 64511], [65535, 65551],
]

/** Number of a gateway that is given none; no peer may have it. */
export const defaultAsn = 65515

/** True for a number that a virtual network gateway can have. */
export function isOwnAsn(asn: number): boolean {
  return asn > 0 && asn <= 4294967295 && !reserved.some(([first, last]) => asn >= first && asn <= last)
}

/** True for a number that the other end of a connection can have. */
export function isPeerAsn(asn: number): boolean {
  return isOwnAsn(asn) && asn !== defaultAsn
}
