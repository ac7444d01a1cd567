import { exitCode } from '../exit-code.ts'

/**
 * Runs work that Ctrl-C stops cleanly: OpenTofu finishes what it is making and saves its state. A second Ctrl-C gives up what
 * it is making, as OpenTofu itself does.
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController()
  const stop = (): void => {
    if (!controller.signal.aborted) process.stderr.write('stopping: OpenTofu finishes what it is making and saves its state\n')
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    const code = await work(controller.signal)
    return controller.signal.aborted && code !== exitCode.success ? exitCode.interrupted : code
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
