import type { Logger } from 'pino'
import type { Runs } from '../runs/index.ts'
import { readingKinds } from '../work/reading-kinds.ts'

/** How long ended runs with their events can be asked for. */
const keptFor = 30 * 24 * 60 * 60 * 1000
/** The same of runs that only looked: a client that asks for a VPN every few seconds makes thousands a day. */
const readingKeptFor = 24 * 60 * 60 * 1000
const every = 60 * 60 * 1000

/** Deletes runs that ended long ago, now and every hour. @returns ends it */
export function tidyRuns(runs: Runs, log: Logger): () => void {
  const tidy = (): void => {
    const forget = async (): Promise<void> => {
      await runs.forget(new Date(Date.now() - readingKeptFor), readingKinds)
      await runs.forget(new Date(Date.now() - keptFor))
    }
    forget().catch((error: unknown) => log.error({ err: error }, 'old runs'))
  }
  const timer = setInterval(tidy, every)
  tidy()
  return () => clearInterval(timer)
}
