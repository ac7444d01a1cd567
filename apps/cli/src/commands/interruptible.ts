import { exitCode } from '../exit-code.ts'

/** What Ctrl-C means to work that goes on. */
export interface Interrupts {
  /** Aborted by the first Ctrl-C: finish what is being made, save the state, begin nothing more. */
  readonly signal: AbortSignal
  /** Calls back at each further Ctrl-C: give up what is being made; at the third, end at once. */
  onAgain(listener: () => void): void
}

/**
 * Runs work that Ctrl-C stops cleanly: OpenTofu finishes what it is making and saves its state. A second Ctrl-C gives up what
 * it is making and a third kills it, as OpenTofu itself does.
 */
export async function interruptible(work: (interrupts: Interrupts) => Promise<number>): Promise<number> {
  const controller = new AbortController()
  const listeners: (() => void)[] = []
  const stop = (): void => {
    if (controller.signal.aborted) for (const listener of listeners) listener()
    else process.stderr.write('stopping: OpenTofu finishes what it is making and saves its state; Ctrl-C again gives that up\n')
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    const code = await work({ signal: controller.signal, onAgain: (listener) => void listeners.push(listener) })
    return controller.signal.aborted && code !== exitCode.success ? exitCode.interrupted : code
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
