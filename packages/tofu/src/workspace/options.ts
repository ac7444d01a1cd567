import type { TofuBinary } from '../binary/tofu-binary.ts'
import type { Environment } from '../process/environment.ts'
import type { StateStorage } from '../state/state-storage.ts'
import type { RunOptions } from './command-runner.ts'
import type { SavedPlan } from './plan-result.ts'

/** What a workspace needs. */
export interface WorkspaceOptions {
  /** Folder of one stack; made when missing. Nobody else's files belong there. */
  readonly dir: string
  readonly binary: TofuBinary
  /** 32 bytes, derived from the master secret; encrypts state and plan. */
  readonly stateKey: Uint8Array
  /** Variables that OpenTofu and the providers get, such as `TF_VAR_keys`. What is secret travels only here. */
  readonly environment: Environment
  /** Beginnings of names of this process's own variables that pass as well, such as `ACME_`. */
  readonly passEnvironment?: readonly string[]
  /** Where the state is kept; in a file of the folder when left out. It is encrypted wherever it is. */
  readonly state?: StateStorage
  /** Called each time a command goes on waiting because another OpenTofu, of a machine that nobody here knows, has the state. */
  readonly onLocked?: () => void
  readonly log?: (line: string) => void
}

/** What a plan is for. */
export interface PlanOptions extends RunOptions {
  /** Plan to destroy everything. */
  readonly destroy?: boolean
  /** Only compare the state with the clouds. */
  readonly refreshOnly?: boolean
  /** Name of the plan file inside the workspace. */
  readonly out?: string
}

/** Which plan is applied. */
export interface ApplyOptions {
  /** Plan of an earlier {@link Workspace.plan}; the last one of this workspace object when left out. */
  readonly plan?: SavedPlan
  readonly signal?: AbortSignal
}
