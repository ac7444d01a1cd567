/** Inclusive range of autonomous system numbers. */
type AsnRange = readonly [first: number, last: number]

/** Numbers that a VPN gateway refuses for itself and for its peers (VPC docs, "Planning considerations for VPN gateways"). */
const refused: readonly AsnRange[] = [
  [0, 0], [13884, 13884], [36351, 36351], [64512, 64513], [65100, 65100], [65200, 65234], [65402, 65433], [65500, 65500], [4201065000, 4201065999],
]

/** Number of a gateway that is given none. */
export const defaultAsn = 64520

/** True for a number that either end of a dynamic connection can have. */
export function isUsableAsn(asn: number): boolean {
  return asn > 0 && asn <= 4294967295 && !refused.some(([first, last]) => asn >= first && asn <= last)
}
