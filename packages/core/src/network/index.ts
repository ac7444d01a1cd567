export { type DesignedNetwork, designLimits, designNetworks, type NetworksDesign, type NetworksInput } from './design-networks.ts'
export { designSubnets, type SubnetDesign, type SubnetDesignInput } from './design-subnets.ts'
export type { NetworkInput } from './network-input.ts'
export { readCidrAt } from './read-cidr.ts'
export type { WantedNetwork } from './size-network.ts'
export {
  customaryReserved,
  maximumBlocks,
  type Split,
  type SplitBlock,
  splitByHosts,
  splitByRules,
  splitBySubnets,
  type SplitRule,
} from './split.ts'
export { validateNetwork } from './validate-network.ts'
export { type NetworkTree, treeLimits, validateNetworkTree } from './validate-tree.ts'
