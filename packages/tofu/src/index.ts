export { locateTofu, type LocateOptions } from './binary/locate-tofu.ts'
export { oldestTofuVersion, tofuVersion, type TofuBinary } from './binary/tofu-binary.ts'
export type { Diagnostic } from './events/diagnostic.ts'
export type {
  ApplyEvent, ChangeAction, ChangeEvent, ChangeSummaryEvent, DiagnosticEvent, LogEvent, OtherEvent, OutputsEvent, ProvisionEvent,
  RefreshEvent, TextEvent, TofuEvent, VersionEvent,
} from './events/event.ts'
export { parseEvent } from './events/parse-event.ts'
export type { StopStep } from './process/stop-ladder.ts'
export type { OnEvent, RunOptions } from './workspace/command-runner.ts'
export type { Interruption } from './workspace/interruption.ts'
export type { ApplyOptions, PlanOptions, WorkspaceOptions } from './workspace/options.ts'
export type { ChangeCounts, PlanResult, ResourceChange, SavedPlan } from './workspace/plan-result.ts'
export type { FinishedChange, UnfinishedChange } from './workspace/run-summary.ts'
export { isTofuError, TofuError, type TofuFailure } from './workspace/tofu-error.ts'
export { Workspace } from './workspace/workspace.ts'
export { OrderWorkspace } from './order/order-workspace.ts'
export { deriveKeys } from './order/stack-folder.ts'
export type { OrderEvent, OrderOptions, OrderResult, StackResult, StackState } from './order/options.ts'
