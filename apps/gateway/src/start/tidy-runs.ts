import type { Logger } from 'pino'
import type { Runs } from '../runs/index.ts'

/** How long ended runs with their events can be asked for. */
const keptFor = 30 * 24 * 60 * 60 * 1000
const every = 60 * 60 * 1000

/** Deletes runs that ended long ago, now and every hour. @returns ends it */
export function tidyRuns(runs: Runs, log: Logger): () => void {
  const tidy = (): void => {
    runs.forget(new Date(Date.now() - keptFor)).catch((error: unknown) => log.error({ err: error }, 'old runs'))
  }
  const timer = setInterval(tidy, every)
  tidy()
  return () => clearInterval(timer)
}
