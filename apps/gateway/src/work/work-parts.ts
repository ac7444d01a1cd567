import type { CloudCatalogue } from '../cloud/catalogue.ts'
import type { Runs } from '../runs/index.ts'
import type { StackEngine } from '../stacks/index.ts'
import type { Store } from '../store/index.ts'

/** What work on vNets and VPNs is done with. */
export interface WorkParts {
  readonly store: Store
  readonly runs: Runs
  readonly engine: StackEngine
  readonly clouds: CloudCatalogue
  readonly now: () => Date
}
