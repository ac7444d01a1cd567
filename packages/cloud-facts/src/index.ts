import type { CloudFacts } from '@isthmus/core'
import { kt } from './kt.ts'
import { ncp } from './ncp.ts'
import { nhn } from './nhn.ts'

export { kt } from './kt.ts'
export { ncp } from './ncp.ts'
export { nhn } from './nhn.ts'

/** Clouds whose networks can be designed and checked, and in which nothing can be built. */
export const cloudsWithoutProvider: readonly CloudFacts[] = [kt, ncp, nhn]
