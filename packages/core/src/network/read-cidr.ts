import type { Cidr } from '../address/cidr.ts'
import { parseCidr } from '../address/parse.ts'
import { finding, type Finding } from '../finding/finding.ts'

/** Reads an address block that a user wrote at `path`: the block, or the finding that says what is wrong with the text. */
export function readCidrAt(path: string, text: string): { readonly cidr: Cidr } | { readonly finding: Finding } {
  const parsed = parseCidr(text)
  if (parsed.ok) return { cidr: parsed.cidr }
  const code = parsed.problem === 'host-bits' ? 'CIDR_HOST_BITS' : 'CIDR_INVALID'
  const shown = JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text)
  return {
    finding: finding(code, path, {
      title: `${shown} is not an address block: ${parsed.reason}.`,
      hint: parsed.fix === undefined
        ? 'Write a network address and a prefix length, such as 10.10.0.0/16.'
        : `Write ${parsed.fix} if that is what is meant.`,
      facts: { text: text.slice(0, 64), problem: parsed.problem, ...(parsed.fix === undefined ? {} : { proposed: parsed.fix }) },
    }),
  }
}
