import { isToken, parseCidr } from '@isthmus/core'
import { providers } from '../orders.ts'

/** One way to make an argument wrong. `undefined` takes it away. */
export interface Change {
  readonly what: string
  readonly value: unknown
}

/** Words that stand for one another where the algorithms of the facts do not say so. */
const otherWords: readonly (readonly unknown[])[] = [
  ['ikev1', 'ikev2'], ['IKEv1', 'IKEv2'], ['IKEV1', 'IKEV2'], ['Default', 'ResponderOnly'], ['start', 'add'], ['slot-0', 'slot-1', 'slot-9'], ['ESP', 'UDP'],
  ['master', 'slave'], ['public', 'private'], ['active', 'passive'], ['bidirectional', 'peer_only'], ['restart', 'clear', 'none'], ['route', 'policy'], ['bgp', 'none'], ['Bgp', 'StaticRoute', 'Policy'],
  ['ADDRESS', 'FQDN'], ['ENABLE', 'DISABLE'], ['VPNCONN', 'CCN'], ['VPN', 'NORMAL_CVM', 'EIP'], ['deliver', 'drop', 'delegate'], ['vpc', 'vpn_gateway'],
  ['jp-tok-1', 'jp-tok-2', 'jp-tok-3'], ['us-south-1', 'us-south-2', 'us-south-3'],
]

/** What the changes of one resource are made from. */
export interface Material {
  /** Words of its cloud, those that stand for one another together. */
  readonly words: readonly (readonly unknown[])[]
  /** References of the stack. */
  readonly tokens: readonly string[]
}

/** Words that a cloud takes at a path: the spellings of the algorithms of that phase, and a few more. */
export function wordsOf(cloud: string, path: string): readonly (readonly unknown[])[] {
  if (path === 'ike_version') return [[1, 2]]
  const phase = /phase2|\.ipsec_|pfs/.test(path) ? 'phase2' : 'phase1'
  const spellings = providers.filter(({ id }) => id === cloud).flatMap(({ facts }) => Object.values(facts.ciphers[phase].value))
  return [...otherWords, ...spellings.map((words) => Object.values(words))]
}

/** Every wrong value an argument can take without being nonsense, and its absence. */
export function changesOf(value: unknown, material: Material): Change[] {
  return [...replacements(value, material), { what: 'removed', value: undefined }]
}

function replacements(value: unknown, material: Material): Change[] {
  if (Array.isArray(value)) return [...members(value, material), ...additions(value, material)]
  if (isToken(value)) return material.tokens.filter((other) => isAlike(other, value.token)).map((other) => ({ what: `refers to ${other}`, value: { token: other } }))
  if (typeof value === 'boolean') return [{ what: 'flipped', value: !value }]
  const words = otherThan(value, material.words)
  if (typeof value === 'number') return (words.length > 0 ? words : [value + 1, value - 1]).map(becomes)
  if (typeof value !== 'string') return []
  if (/^\d+$/.test(value)) return [Number(value) + 1, Number(value) - 1].map(String).map(becomes)
  return (isAddress(value) ? otherAddresses(value) : words).map(becomes)
}

function members(list: readonly unknown[], material: Material): Change[] {
  return list.flatMap((item, index) => replacements(item, material).map(({ what, value }) => ({ what: `[${index}] ${what}`, value: list.with(index, value) })))
}

function additions(list: readonly unknown[], material: Material): Change[] {
  const [first] = list
  return first === undefined ? [] : replacements(first, material).map(({ what, value }) => ({ what: `also ${what}`, value: [...list, value] }))
}

/** Same type of resource and same attribute, of another resource or at another position. Keys are alike among themselves. */
function isAlike(one: string, other: string): boolean {
  return one !== other && shape(one) === shape(other)
}

function shape(token: string): string {
  if (token.startsWith('var.keys.')) return 'key'
  const [type, , ...path] = token.split('.')
  return [type, ...path].join('.').replace(/\d+/g, 'N')
}

function otherThan(value: unknown, vocabularies: Material['words']): unknown[] {
  return [...new Set(vocabularies.filter((words) => words.includes(value)).flat())].filter((word) => word !== value)
}

function isAddress(text: string): boolean {
  return parseCidr(text.includes('/') ? text.replace(/\/.*/, '/32') : `${text}/32`).ok
}

/** The next address or /30, one in another network altogether, and for an inside block another size. */
function otherAddresses(text: string): string[] {
  const [address = '', prefix] = text.split('/')
  const end = prefix === undefined ? '' : `/${prefix}`
  const [first = 0, second = 0, third = 0, fourth = 0] = address.split('.').map(Number)
  const elsewhere = `${first}.${(second + 100) % 256}.${third}.${fourth}${end}`
  if (prefix !== undefined && Number(prefix) < 30) return [first === 0 ? '10.0.0.0/8' : elsewhere]
  const near = [`${first}.${second}.${third}.${(fourth + 4) % 256}${end}`, elsewhere]
  return prefix === undefined ? [`${first}.${second}.${third}.${(fourth + 1) % 256}`, ...near] : [...near, `${address}/29`]
}

function becomes(value: unknown): Change {
  return { what: `becomes ${String(value)}`, value }
}
