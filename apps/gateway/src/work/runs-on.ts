import type { Executor, RunContext } from '../runs/index.ts'
import type { WorkParts } from './work-parts.ts'

/** Work of a run on what the run is about; what it answers besides the id is told as well. */
export type WorkOn<R> = (parts: WorkParts, context: RunContext, run: R) => Promise<object | void>

/** Makes the executor of work on one kind of thing. */
export type RunsOn<R> = (parts: WorkParts, work: WorkOn<R>) => Executor

/** What all runs on one kind of thing do: find what they are about, work on it, and answer its id under the name of the kind. */
export function runsOn<R>(kind: string, begin: (parts: WorkParts, context: RunContext) => Promise<R>, idOf: (run: R) => string): RunsOn<R> {
  return (parts, work) => ({
    async execute(context) {
      const run = await begin(parts, context)
      return { [kind]: idOf(run), ...(await work(parts, context, run)) }
    },
  })
}
