/** Milliseconds between two looks. */
const interval = 10

/**
 * Finds how long this process keeps its event loop from everybody. `nodejs_eventloop_lag_*` cannot tell that from a machine whose
 * processors were busy with something else; here a delay counts only as far as the process used processor time in it.
 */
export class EventLoopWatch {
  #longest = 0

  constructor() {
    let [at, cpu] = [performance.now(), process.cpuUsage()]
    setInterval(() => {
      const [now, usage] = [performance.now(), process.cpuUsage()]
      const used = (usage.user + usage.system - cpu.user - cpu.system) / 1000
      this.#longest = Math.max(this.#longest, Math.min(now - at - interval, used))
      at = now
      cpu = usage
    }, interval).unref()
  }

  /** The longest time since this was asked last. Milliseconds. */
  take(): number {
    const longest = this.#longest
    this.#longest = 0
    return longest
  }
}
