import { isProblem } from '../http/problem.ts'
import type { Executor } from '../runs/index.ts'

/**
 * A removal as its executor does it. Where the record is gone already, an earlier attempt came so far and did not live to say so:
 * nobody else removes a record while a run is at work on it.
 */
export function removal(executor: Executor): Executor {
  return {
    ...executor,
    async execute(context) {
      try {
        return await executor.execute(context)
      } catch (error) {
        if (context.fence > 1 && isProblem(error) && error.code === 'NOT_FOUND') return {}
        throw error
      }
    },
  }
}
