import type { RunContext } from '../runs/index.ts'
import { isTriedAgain, messageOf } from './stack-work.ts'

/** Work, and what is done about its failure. */
export interface FailingWork<T> {
  work(): Promise<T>
  /** The error as users can read it. */
  said?(error: unknown): unknown
  /** Leaves on record what went wrong. */
  record(message: string): Promise<void>
}

/**
 * Does work whose failure is put on record. A run that is stopped, or will be tried again, leaves everything as it is for the attempt after it.
 *
 * @throws the error as users can read it
 */
export async function recordingFailure<T>({ signal }: Pick<RunContext, 'signal'>, { work, said = (error) => error, record }: FailingWork<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    if (isTriedAgain(error)) throw error
    const readable = await said(error)
    await record(messageOf(readable))
    throw readable
  }
}
