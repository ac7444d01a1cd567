import { Cidr } from './cidr.ts'
import { type AddressProblem, readCidr } from './text.ts'

/**
 * What a text means as an address block, or why it means none.
 *
 * `reason` completes the sentence "… because"; `fix` is the corrected text where one is obvious.
 */
export type CidrParse =
  | { readonly ok: true; readonly cidr: Cidr }
  | { readonly ok: false; readonly problem: AddressProblem; readonly reason: string; readonly fix?: string }

/**
 * Reads an address block strictly, IPv4 or IPv6. Whatever two readers could take for two different blocks is refused: host
 * bits, leading zeros, signs, spaces, a missing prefix length.
 */
export function parseCidr(text: string): CidrParse {
  const read = readCidr(text)
  return read.ok ? { ok: true, cidr: Cidr.from(read.family, read.first, read.prefix) } : read
}
