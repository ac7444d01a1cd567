import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { EventLoopWatch } from './event-loop-watch.ts'

it('sees work that keeps the event loop, once', async () => {
  const watch = new EventLoopWatch()
  await pause(30)
  const end = process.cpuUsage().user + 80_000
  while (process.cpuUsage().user < end);
  await pause(30)
  expect(watch.take()).toBeGreaterThan(40)
  expect(watch.take()).toBe(0)
})

it('does not take waiting for work', async () => {
  const watch = new EventLoopWatch()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  await pause(30)
  expect(watch.take()).toBeLessThan(100)
})
