import { Cidr, type IpAddress, IsthmusError } from '@isthmus/core'
import { insideBlocks } from './facts.ts'

const live = insideBlocks.value.live.map((block) => Cidr.of(block))
const idle = insideBlocks.value.idle.map((block) => Cidr.of(block))

/**
 * The inside address of a leg that no deal uses, in place of the given one of the leg beside it. Different addresses have
 * different counterparts, and no counterpart is ever offered to a link, so nothing else on the gateway has it.
 *
 * @throws IsthmusError CONTRACT_BROKEN for an address that the offer does not contain
 */
export function idleCounterpart(address: IpAddress): IpAddress {
  const position = live.findIndex((block) => block.contains(address))
  const [from, to] = [live[position], idle[position]]
  if (!from || !to) throw new IsthmusError('CONTRACT_BROKEN', `a deal uses ${address} inside a tunnel, which the facts of its end do not contain`)
  return to.host(address.value - from.first)
}

/** True for an inside address that only idle legs have. */
export function isIdle(address: IpAddress): boolean {
  return idle.some((block) => block.contains(address))
}
