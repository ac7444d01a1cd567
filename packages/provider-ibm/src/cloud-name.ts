import { createHash } from 'node:crypto'

/** As every VPC resource wants it. */
const longest = 63
const hashLength = 8

/**
 * A name that the cloud accepts: lower-case letters, digits and hyphens, a letter in front. A name that has to be changed or cut
 * for that ends in a hash of the given one, so that two names never become one.
 */
export function cloudName(name: string): string {
  const allowed = name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-').replace(/^[^a-z]+/, '').replace(/-+$/, '')
  if (allowed === name && name.length <= longest) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength)
  return `${allowed.slice(0, longest - hashLength - 1) || 'n'}-${hash}`
}
