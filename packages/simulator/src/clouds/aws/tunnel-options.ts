import { Cidr } from '@isthmus/core'
import { type Attributes, Refusal } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { number, text, texts } from '../attributes.ts'

/** Both tunnels of a connection, as their arguments are prefixed. */
export const tunnels = ['tunnel1', 'tunnel2'] as const

/** Blocks that AWS keeps for itself (aws_vpn_connection, `tunnelN_inside_cidr`). */
const reservedInside = [
  '169.254.0.0/30', '169.254.1.0/30', '169.254.2.0/30', '169.254.3.0/30', '169.254.4.0/30', '169.254.5.0/30', '169.254.169.252/30',
].map((block) => Cidr.of(block))

const insideRange = Cidr.of('169.254.0.0/16')

const encryptions = ['AES128', 'AES256', 'AES128-GCM-16', 'AES256-GCM-16']
const integrities = ['SHA1', 'SHA2-256', 'SHA2-384', 'SHA2-512']

const words: Readonly<Record<string, readonly string[]>> = {
  dpd_timeout_action: ['clear', 'none', 'restart'],
  ike_versions: ['ikev1', 'ikev2'],
  phase1_encryption_algorithms: encryptions,
  phase1_integrity_algorithms: integrities,
  phase2_encryption_algorithms: encryptions,
  phase2_integrity_algorithms: integrities,
  startup_action: ['add', 'start'],
}

const bounds: Readonly<Record<string, readonly [number, number]>> = {
  dpd_timeout_seconds: [30, Number.MAX_SAFE_INTEGER],
  phase1_lifetime_seconds: [900, 28800],
  phase2_lifetime_seconds: [900, 3600],
  rekey_fuzz_percentage: [0, 100],
  rekey_margin_time_seconds: [60, 1800],
  replay_window_size: [64, 2048],
}

const phase1Groups = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]

/** Diffie-Hellman groups per argument. The provider passes the numbers on unchecked; the cloud knows these. */
const groups: Readonly<Record<string, readonly number[]>> = {
  phase1_dh_group_numbers: phase1Groups,
  phase2_dh_group_numbers: [5, ...phase1Groups],
}

/** What the provider checks of the tunnel arguments before it calls the cloud. */
export function checkTunnels(config: Attributes): Refusal[] {
  return tunnels.flatMap((tunnel) => [...checkInside(config, tunnel), ...checkKey(config, tunnel), ...checkWords(config, tunnel), ...checkBounds(config, tunnel)])
}

/** True for a block that the cloud can put into a tunnel. */
export function isUsableInside(block: Cidr): boolean {
  return block.prefix === 30 && insideRange.contains(block) && !reservedInside.some((reserved) => reserved.equals(block))
}

/** The first Diffie-Hellman group that the cloud does not know, with its argument. */
export function unknownGroup(object: Attributes): { readonly name: string; readonly group: number } | undefined {
  for (const tunnel of tunnels) {
    for (const [argument, allowed] of Object.entries(groups)) {
      const name = `${tunnel}_${argument}`
      const group = numbers(object, name).find((wanted) => !allowed.includes(wanted))
      if (group !== undefined) return { name, group }
    }
  }
  return undefined
}

function checkInside(config: Attributes, tunnel: string): Refusal[] {
  const name = `${tunnel}_inside_cidr`
  const written = text(config, name)
  if (written === undefined) return []
  const block = readCidr(written)
  if (!block || block.prefix !== 30 || !insideRange.contains(block)) {
    return [new Refusal(`Invalid ${name}`, `expected ${name} to be a /30 within 169.254.0.0/16, got: ${written}`, [name])]
  }
  if (isUsableInside(block)) return []
  return [new Refusal(`Invalid ${name}`, `expected ${name} to not be any of [${reservedInside.join(' ')}], got ${written}`, [name])]
}

/** Messages never repeat the key. */
function checkKey(config: Attributes, tunnel: string): Refusal[] {
  const name = `${tunnel}_preshared_key`
  const key = text(config, name)
  if (key === undefined) return []
  const details: string[] = []
  if (key.length < 8 || key.length > 64) details.push(`expected length of ${name} to be in the range (8 - 64), got ${key.length}`)
  if (key.startsWith('0')) details.push(`invalid value for ${name} (cannot start with zero character)`)
  if (!/^[0-9A-Za-z_.]*$/.test(key)) details.push(`invalid value for ${name} (can only contain alphanumeric, period and underscore characters)`)
  return details.map((detail) => new Refusal(`Invalid ${name}`, detail, [name]))
}

function checkWords(config: Attributes, tunnel: string): Refusal[] {
  return Object.entries(words).flatMap(([argument, allowed]) => {
    const name = `${tunnel}_${argument}`
    const single = text(config, name)
    const bad = (single === undefined ? texts(config, name) : [single]).filter((word) => !allowed.includes(word))
    return bad.map((word) => new Refusal(`Invalid ${name}`, `expected ${name} to be one of [${allowed.join(' ')}], got ${word}`, [name]))
  })
}

function checkBounds(config: Attributes, tunnel: string): Refusal[] {
  return Object.entries(bounds).flatMap(([argument, [min, max]]) => {
    const name = `${tunnel}_${argument}`
    const value = number(config, name)
    if (value === undefined || (value >= min && value <= max)) return []
    const range = max === Number.MAX_SAFE_INTEGER ? `at least (${min})` : `in the range (${min} - ${max})`
    return [new Refusal(`Invalid ${name}`, `expected ${name} to be ${range}, got ${value}`, [name])]
  })
}

function numbers(object: Attributes, name: string): number[] {
  const value = object[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : []
}
