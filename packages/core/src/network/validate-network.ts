import type { Finding } from '../finding/finding.ts'
import { checkBlocks } from './check-blocks.ts'
import { checkGatewaySubnet } from './check-gateway-subnet.ts'
import { checkPlaces } from './check-place.ts'
import { checkSubnets } from './check-subnets.ts'
import type { NetworkInput } from './network-input.ts'
import { makeProposals } from './proposals.ts'

/**
 * Everything that is wrong with one network, at once; an empty list when its cloud would accept it.
 *
 * A proposed block is in the finding's `facts.proposed`. All proposals can be followed together. Overlaps between networks are
 * not this function's: see `findOverlaps`.
 */
export function validateNetwork(input: NetworkInput): Finding[] {
  const proposals = makeProposals(input)
  return [
    ...checkPlaces(input),
    ...checkBlocks(input, proposals),
    ...checkSubnets(input, proposals),
    ...checkGatewaySubnet(input, proposals),
  ]
}
