import { Cidr, IpAddress, isIsthmusError, parseCidr } from '@isthmus/core'

/** Blocks of the IANA IPv4 special-purpose registry (RFC 6890) that no gateway of another cloud can answer from. */
const notPublic = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3',
].map((block) => Cidr.of(block))

/** The address, or undefined for a text that is none. */
export function readAddress(value: unknown): IpAddress | undefined {
  if (typeof value !== 'string') return undefined
  try {
    return IpAddress.of(value)
  } catch (error) {
    if (isIsthmusError(error)) return undefined
    throw error
  }
}

/** The block, or undefined for a text that is none. */
export function readCidr(value: unknown): Cidr | undefined {
  if (typeof value !== 'string') return undefined
  const parse = parseCidr(value)
  return parse.ok ? parse.cidr : undefined
}

/** Blocks among the values; the rest is left out. */
export function readCidrs(values: readonly unknown[]): Cidr[] {
  return values.map(readCidr).filter((cidr) => cidr !== undefined)
}

/** An address with the prefix length of its block, such as `169.254.10.1/30`. */
export interface InterfaceAddress {
  readonly address: IpAddress
  readonly block: Cidr
}

/** Reads `169.254.10.1/30`; undefined for a text of another form. */
export function readInterface(value: unknown): InterfaceAddress | undefined {
  const [head, length, ...rest] = typeof value === 'string' ? value.split('/') : []
  const address = readAddress(head)
  if (!address || address.family !== 4 || length === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length)) return undefined
  const prefix = Number(length)
  if (prefix > 32) return undefined
  const size = 1n << BigInt(32 - prefix)
  return { address, block: Cidr.from(4, address.value - (address.value % size), prefix) }
}

/** True for an address that can be the outside address of a gateway. */
export function isPublic(address: IpAddress): boolean {
  return address.family === 4 && !notPublic.some((block) => block.contains(address))
}
