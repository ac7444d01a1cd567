import { addressBits, type Family } from '../address/text.ts'
import type { NetworkFacts, PrefixBounds } from '../provider/facts.ts'

// Clouds ask for /29 to /27; a /27 holds the gateway of any of them and leaves room for a larger one.
const comfortableGatewayPrefix = 27

/** Longest prefix whose block still has `hosts` usable addresses beside the `reserved` ones; negative where no block is large enough. */
export function prefixForHosts(family: Family, hosts: number, reserved: number): number {
  const needed = BigInt(hosts) + BigInt(reserved)
  return addressBits[family] - (needed <= 1n ? 0 : (needed - 1n).toString(2).length)
}

/** The prefix lengths of a workload subnet: the cloud's bounds, with at least one usable address. */
export function workloadBounds(facts: NetworkFacts): PrefixBounds {
  const { min, max } = facts.subnet.prefix.value
  return { min, max: Math.min(max, prefixForHosts(4, 1, facts.subnet.reservedAddresses.value)) }
}

/** The prefix lengths of a gateway subnet, and the one to choose where there is room. Undefined where the cloud asks for none. */
export function gatewayBounds(facts: NetworkFacts): (PrefixBounds & { readonly preferred: number }) | undefined {
  if (!facts.gatewaySubnet) return undefined
  const { min, max } = workloadBounds(facts)
  const longest = Math.min(max, facts.gatewaySubnet.value.maxPrefix)
  return { min, max: longest, preferred: Math.max(min, Math.min(longest, comfortableGatewayPrefix)) }
}

/** The prefix length inside the bounds that is closest to the wanted one. */
export function clampPrefix(prefix: number, bounds: PrefixBounds): number {
  return Math.min(Math.max(prefix, bounds.min), bounds.max)
}

/** The wanted prefix length, brought inside the bounds, and the longer ones to try where it finds no room. */
export function prefixesFrom(wanted: number, bounds: PrefixBounds): number[] {
  const from = clampPrefix(wanted, bounds)
  return Array.from({ length: bounds.max - from + 1 }, (_, step) => from + step)
}
