export { deriveKey, deriveStateKey } from './derive.ts'
export type { KeyName } from './derive.ts'
export { keyRulesIntersection } from './key-space.ts'
export type { KeySpace } from './key-space.ts'
