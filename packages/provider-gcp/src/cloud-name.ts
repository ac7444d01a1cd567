import { createHash } from 'node:crypto'

/** RFC 1035, as every Compute Engine resource wants it. */
const longest = 63
const hashLength = 8

/** A name that the cloud accepts: the given one, or where it is too long its start and a hash of the whole. */
export function cloudName(name: string): string {
  if (name.length <= longest) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength)
  return `${name.slice(0, longest - hashLength - 1)}-${hash}`
}
