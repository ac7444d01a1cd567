import type { Environment } from '@isthmus/tofu'

/** Where stacks are run: in real clouds or in simulated ones. */
export interface Clouds {
  /** True when no real cloud may be reached. */
  readonly simulated: boolean
  /** Variables that point OpenTofu to the clouds. Asked for before each run, since simulated clouds that were started anew have new addresses, and now and then during it. */
  environment(): Promise<Environment>
  /** Credentials of a holder, the default one when left out; none where they are simulated. Throws for a holder nobody knows. */
  credentials(holder?: string): Promise<Environment>
}
