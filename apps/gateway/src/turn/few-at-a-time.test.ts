import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { FewAtATime } from './few-at-a-time.ts'

it('does no more than it may at a time, in order, and goes on after failures', async () => {
  const few = new FewAtATime(2)
  const order: number[] = []
  let [now, most] = [0, 0]
  const results = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => few.run(async () => {
    order.push(index)
    now += 1
    most = Math.max(most, now)
    await pause(2)
    now -= 1
    if (index % 3 === 0) throw new Error('broken')
    return index
  })))
  expect(most).toBe(2)
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(results.map(({ status }) => status === 'rejected')).toEqual([true, false, false, true, false, false, true, false, false])
  await expect(few.run(async () => 'free again')).resolves.toBe('free again')
})
