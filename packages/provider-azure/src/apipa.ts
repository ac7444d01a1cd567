import { Cidr, type IpAddress } from '@isthmus/core'
import { apipaBlocks } from './facts.ts'

/** The two instances of an active-active gateway, as positions among its `ip_configuration` blocks. */
export const instances = [0, 1] as const

export type Instance = (typeof instances)[number]

/** The first `size` /30 blocks that an instance can use. */
export function poolOf(instance: Instance, size: number): Cidr[] {
  const block = Cidr.of(apipaBlocks.value[instance])
  return Array.from({ length: size }, (_, index) => block.child(30, index))
}

/** Addresses for `apipa_addresses`: the second host of each block, because the peers that cannot choose take the first. */
export function addressesOf(instance: Instance, size: number): string[] {
  return poolOf(instance, size).map((block) => block.host(2).toString())
}

/** The address at the same place in the pool of `instance` as `address` has in the pool of the other one. */
export function counterpart(address: IpAddress, instance: Instance): IpAddress {
  const from = Cidr.of(apipaBlocks.value[instance === 0 ? 1 : 0])
  return Cidr.of(apipaBlocks.value[instance]).host(address.value - from.first)
}
