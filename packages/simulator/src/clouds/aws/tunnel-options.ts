import { Cidr } from '@isthmus/core'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { text } from '../attributes.ts'

/** Both tunnels of a connection, as their arguments are prefixed. */
export const tunnels = ['tunnel1', 'tunnel2'] as const

/** Blocks that AWS keeps for itself (aws_vpn_connection, `tunnelN_inside_cidr`). */
const reservedInside = [
  '169.254.0.0/30', '169.254.1.0/30', '169.254.2.0/30', '169.254.3.0/30', '169.254.4.0/30', '169.254.5.0/30', '169.254.169.252/30',
].map((block) => Cidr.of(block))

const insideRange = Cidr.of('169.254.0.0/16')

/** What is wrong with an argument of a tunnel. */
export interface TunnelProblem {
  readonly name: string
  readonly message: string
}

/** True for a block that the cloud can put into a tunnel. */
export function isUsableInside(block: Cidr): boolean {
  return block.prefix === 30 && insideRange.contains(block) && !reservedInside.some((reserved) => reserved.equals(block))
}

/**
 * The first inside block or key that the cloud refuses. The schema refuses them at plan time already, but a value that is
 * computed elsewhere is first seen by the cloud.
 */
export function tunnelProblem(object: Attributes): TunnelProblem | undefined {
  for (const tunnel of tunnels) {
    const problem = insideProblem(object, `${tunnel}_inside_cidr`) ?? keyProblem(object, `${tunnel}_preshared_key`)
    if (problem) return problem
  }
  return undefined
}

function insideProblem(object: Attributes, name: string): TunnelProblem | undefined {
  const written = text(object, name)
  if (written === undefined) return undefined
  const block = readCidr(written)
  if (block && isUsableInside(block)) return undefined
  const reserved = block && reservedInside.some((other) => other.equals(block))
  const reason = reserved ? 'The CIDR is reserved.' : 'A /30 CIDR of 169.254.0.0/16 is expected.'
  return { name, message: `Value (${written}) for parameter TunnelInsideCidr is invalid. ${reason}` }
}

/** The message never repeats the key. */
function keyProblem(object: Attributes, name: string): TunnelProblem | undefined {
  const key = text(object, name)
  if (key === undefined || /^[1-9A-Za-z_.][0-9A-Za-z_.]{7,63}$/.test(key)) return undefined
  const message = 'Value for parameter PreSharedKey is invalid. 8 to 64 letters, digits, periods and underscores are allowed, the first of them not a zero.'
  return { name, message }
}
