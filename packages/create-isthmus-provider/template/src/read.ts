import type { EndView, NetworkView, ResourceSet } from '@isthmus/core'
import { unfinished } from './unfinished.ts'

/** The end of every tunnel, read from resources alone: the way back of `link`. */
export function read(_resources: ResourceSet): EndView[] {
  return unfinished('src/read.ts', 'return an EndView for each tunnel among the resources, following ids with resources.follow')
}

/** Every network with its subnets: the way back of `network`. */
export function networks(_resources: ResourceSet): NetworkView[] {
  return unfinished('src/read.ts', 'return a NetworkView for each network among the resources')
}
