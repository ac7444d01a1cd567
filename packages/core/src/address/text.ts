import { Address6 } from 'ip-address'

/** IP version. */
export type Family = 4 | 6

/** Bits of an address by family. */
export const addressBits = { 4: 32, 6: 128 } as const

/** Why a text is not an address or an address block. */
export type AddressProblem = 'syntax' | 'host-bits' | 'leading-zero' | 'sign' | 'prefix-range' | 'prefix-missing'

export interface Refusal {
  readonly ok: false
  readonly problem: AddressProblem
  readonly reason: string
  /** The corrected text, where one is obvious. */
  readonly fix?: string
}

export type AddressText = { readonly ok: true; readonly family: Family; readonly value: bigint } | Refusal

export type CidrText = { readonly ok: true; readonly family: Family; readonly first: bigint; readonly prefix: number } | Refusal

// Longer texts are no addresses; the limit keeps hostile input out of the IPv6 parser and out of messages.
const longestText = 64

/** Reads an address strictly: no spaces, signs, leading zeros in IPv4 or IPv6 zones. */
export function readAddress(text: string): AddressText {
  if (text.length > longestText) return refuse('syntax', 'the text is too long for an address')
  const strict = readStrictAddress(text)
  if (strict.ok) return strict
  const loose = readStrictAddress(normalize(text))
  return loose.ok ? { ...strict, fix: writeAddress(loose.family, loose.value) } : strict
}

/** Reads an address block strictly: as {@link readAddress}, with a prefix length and no host bits. */
export function readCidr(text: string): CidrText {
  if (text.length > longestText) return refuse('syntax', 'the text is too long for an address block')
  const strict = readStrictCidr(text)
  if (strict.ok) return strict
  const fix = proposeCidr(normalize(text))
  return fix === undefined ? strict : { ...strict, fix }
}

/** Prints an address: dotted decimal, or RFC 5952 for IPv6. */
export function writeAddress(family: Family, value: bigint): string {
  if (family === 6) return Address6.fromBigInt(value).correctForm()
  const number = Number(value)
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`
}

/** First address of the block of `prefix` bits that `value` lies in. */
export function maskAddress(family: Family, value: bigint, prefix: number): bigint {
  const host = BigInt(addressBits[family] - prefix)
  return (value >> host) << host
}

function readStrictCidr(text: string): CidrText {
  const slash = text.indexOf('/')
  const address = readStrictAddress(slash < 0 ? text : text.slice(0, slash))
  if (!address.ok) return address
  if (slash < 0) return refuse('prefix-missing', 'the prefix length is missing')
  const prefixText = text.slice(slash + 1)
  if (prefixText === '') return refuse('prefix-missing', 'the prefix length is missing')
  if (/^[+-]\d+$/.test(prefixText)) return refuse('sign', 'the prefix length has a sign')
  if (!/^\d+$/.test(prefixText)) return refuse('syntax', `"${prefixText}" is not a prefix length`)
  if (/^0\d/.test(prefixText)) return refuse('leading-zero', 'the prefix length has a leading zero')
  const bits = addressBits[address.family]
  const prefix = Number(prefixText)
  if (prefix > bits) return refuse('prefix-range', `an IPv${address.family} prefix length is at most ${bits}`)
  const first = maskAddress(address.family, address.value, prefix)
  if (first !== address.value) return refuse('host-bits', `bits are set behind the first ${prefix}`)
  return { ok: true, family: address.family, first, prefix }
}

function readStrictAddress(text: string): AddressText {
  if (text === '') return refuse('syntax', 'the address is missing')
  if (/\s/.test(text)) return refuse('syntax', 'the text contains a space')
  if (/^[+-]/.test(text)) return refuse('sign', 'the address has a sign')
  return text.includes(':') ? readIpv6(text) : readIpv4(text)
}

function readIpv4(text: string): AddressText {
  const parts = text.split('.')
  if (parts.length !== 4) return refuse('syntax', 'an IPv4 address has four numbers')
  let value = 0
  for (const part of parts) {
    if (/^[+-]\d+$/.test(part)) return refuse('sign', `"${part}" has a sign`)
    if (!/^\d+$/.test(part)) return refuse('syntax', `"${part}" is not a number`)
    if (/^0\d/.test(part)) return refuse('leading-zero', `"${part}" has a leading zero, which some readers take for octal`)
    const number = Number(part)
    if (number > 255) return refuse('syntax', `${part} is larger than 255`)
    value = value * 256 + number
  }
  return { ok: true, family: 4, value: BigInt(value) }
}

function readIpv6(text: string): AddressText {
  if (!/^[0-9a-f:.]+$/i.test(text)) return refuse('syntax', 'an IPv6 address has only hexadecimal digits and colons')
  try {
    return { ok: true, family: 6, value: new Address6(text).bigInt() }
  } catch {
    return refuse('syntax', 'it is not an IPv6 address')
  }
}

/** What a person most likely meant by a text with spaces, plus signs, leading zeros or a netmask. */
function normalize(text: string): string {
  const compact = text.replaceAll(/[\s+]/g, '')
  const [address = '', prefix] = compact.split('/', 2)
  const decimal = address.includes(':') ? address : address.replaceAll(/(^|\.)0+(?=\d)/g, '$1')
  if (compact.split('/').length > 2) return compact
  return prefix === undefined ? decimal : `${decimal}/${prefixOfNetmask(prefix) ?? prefix.replace(/^0+(?=\d)/, '')}`
}

function prefixOfNetmask(text: string): number | undefined {
  const mask = text.includes('.') ? readIpv4(text) : undefined
  if (!mask?.ok) return undefined
  const ones = mask.value.toString(2)
  return mask.value > 0n && /^1+0*$/.test(ones) && ones.length === 32 ? ones.lastIndexOf('1') + 1 : undefined
}

function proposeCidr(text: string): string | undefined {
  const strict = readStrictCidr(text)
  if (strict.ok) return `${writeAddress(strict.family, strict.first)}/${strict.prefix}`
  const [addressText = '', prefixText] = text.split('/', 2)
  const address = readStrictAddress(addressText)
  if (!address.ok) return undefined
  if (strict.problem === 'prefix-missing') {
    return `${writeAddress(address.family, address.value)}/${likelyPrefix(address.family, address.value)}`
  }
  if (strict.problem !== 'host-bits') return undefined
  const prefix = Number(prefixText)
  return `${writeAddress(address.family, maskAddress(address.family, address.value, prefix))}/${prefix}`
}

/** The prefix length that the zeros at the end of a bare address suggest. */
function likelyPrefix(family: Family, value: bigint): number {
  const customary = family === 4 ? [8, 16, 24] : [48, 64]
  return customary.find((prefix) => value !== 0n && maskAddress(family, value, prefix) === value) ?? addressBits[family]
}

function refuse(problem: AddressProblem, reason: string): Refusal {
  return { ok: false, problem, reason }
}
