import { isToken, type Known, type NetworkView } from '@isthmus/core'
import type { Output } from './output.ts'
import { table } from './table.ts'

/** Prints the table of networks. */
export function printNetworks(networks: readonly NetworkView[], output: Output): void {
  const rows = networks.map(({ site, cloud, id, cidrs, subnets }) => [site, cloud, text(id), cidrs.join(' '), subnets.map(({ name, cidr }) => `${name} ${cidr}`).join(', ')])
  for (const line of table(['network', 'cloud', 'id', 'blocks', 'subnets'], rows)) output.line(line)
}

function text(value: Known<string>): string {
  return isToken(value) ? 'not known yet' : value
}

/** `1 network`, `2 networks`. */
export function networkCount(count: number): string {
  return count === 1 ? '1 network' : `${count} networks`
}
