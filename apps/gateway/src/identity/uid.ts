import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghijklmnopqrstuv'

/** Unique id in the form of the peers: `tb` and 18 characters of `[0-9a-v]`, which is also a valid name of a site of an order. */
export function newUid(): string {
  return `tb${randomText(18)}`
}

/** Name for the order that a namespace's networks belong to: part of every name in every cloud. */
export function newOrderName(): string {
  return `n${randomText(11)}`
}

function randomText(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('')
}
