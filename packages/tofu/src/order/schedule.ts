/** One piece of work and what must be done before it. */
export interface Task {
  readonly name: string
  readonly after: readonly string[]
  run(): Promise<void>
}

/** How a task ended: `skipped` when something before it failed. */
export type Outcome = { readonly name: string; readonly state: 'done' | 'skipped' } | { readonly name: string; readonly state: 'failed'; readonly error: unknown }

/**
 * Runs tasks as soon as what they wait for is done, at most `parallel` at a time. A failure keeps back what waits for it and
 * nothing else, so that as much as possible is done. Names in `after` that are no task count as done.
 */
export async function runTasks(tasks: readonly Task[], parallel: number): Promise<Outcome[]> {
  const outcomes = new Map<string, Outcome>()
  const running = new Map<string, Promise<void>>()
  const names = new Set(tasks.map((task) => task.name))
  const start = (task: Task): void => {
    const finish = (outcome: Outcome): void => {
      outcomes.set(task.name, outcome)
      running.delete(task.name)
    }
    running.set(task.name, task.run().then(() => finish({ name: task.name, state: 'done' }), (error: unknown) => finish({ name: task.name, state: 'failed', error })))
  }
  for (;;) {
    for (const task of tasks) {
      if (outcomes.has(task.name) || running.has(task.name)) continue
      const before = task.after.filter((name) => names.has(name)).map((name) => outcomes.get(name)?.state)
      if (before.some((state) => state === 'failed' || state === 'skipped')) outcomes.set(task.name, { name: task.name, state: 'skipped' })
      else if (before.every((state) => state === 'done') && running.size < parallel) start(task)
    }
    if (running.size === 0 && tasks.every((task) => outcomes.has(task.name))) break
    if (running.size > 0) await Promise.race(running.values())
    else if (!tasks.some((task) => !outcomes.has(task.name) && task.after.every((name) => !names.has(name) || outcomes.has(name)))) throw new Error('tasks wait for each other')
  }
  return tasks.flatMap((task) => outcomes.get(task.name) ?? [])
}
