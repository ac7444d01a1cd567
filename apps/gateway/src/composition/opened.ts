import type { AnyProvider, CloudFacts } from '@isthmus/core'
import type { Logger } from 'pino'
import type { Configuration } from '../configuration/configuration.ts'
import type { PluginStates } from '../native/catalogue.ts'
import type { Planner } from '../planning/planner.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Runs } from '../runs/index.ts'
import type { StackEngine, TofuSearch } from '../stacks/index.ts'
import type { Store } from '../store/index.ts'

/** What has to be opened before anything can be wired: it takes time, and may fail. */
export interface Opened {
  readonly configuration: Configuration
  readonly version: string
  readonly log: Logger
  readonly now: () => Date
  readonly providers: readonly AnyProvider[]
  readonly networkOnly: readonly CloudFacts[]
  readonly plugins: PluginStates
  /** Credential holders besides the default one. */
  readonly holders: readonly string[]
  /** Whether a holder has credentials for a cloud. */
  readonly verified: (cloud: string, holder: string) => boolean
  readonly store: Store
  readonly runs: Runs
  readonly engine: StackEngine
  readonly tofu: TofuSearch
  readonly planner: Planner
  /** Undefined where none are asked for. */
  readonly tracing: Tracing | undefined
}
