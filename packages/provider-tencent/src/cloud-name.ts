import { createHash } from 'node:crypto'

/** Most characters that the provider takes for the name of anything. */
const longest = 60
const hashLength = 8

/** A name that the cloud accepts: the given one, or where it is too long its start and a hash of the whole. */
export function cloudName(name: string): string {
  if (name.length <= longest) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength)
  return `${name.slice(0, longest - hashLength - 1)}-${hash}`
}
