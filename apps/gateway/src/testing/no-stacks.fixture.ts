import { TofuStacks, type StackEngine } from '../stacks/index.ts'
import { clouds } from './networks.fixture.ts'

/** An engine for tests that run no stack. */
export function noStacks(): StackEngine {
  return new TofuStacks({
    folder: import.meta.dirname,
    master: new Uint8Array(32),
    providers: clouds.providers,
    clouds: { simulated: true, environment: async () => ({}), credentials: async () => ({}) },
    binary: () => Promise.reject(new Error('nothing is run here')),
  })
}
