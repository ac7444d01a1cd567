import { expect, it } from 'vitest'
import { startTurn } from './start-turn.ts'

it('gives each caller a turn of its own, in the order in which they came', async () => {
  const [order, turnOf]: [number[], number[]] = [[], []]
  let turn = 0
  let counting = true
  const count = (): void => {
    turn += 1
    if (counting) setImmediate(count)
  }
  count()
  await Promise.all([0, 1, 2, 3].map(async (caller) => {
    await startTurn()
    order.push(caller)
    turnOf.push(turn)
  }))
  counting = false
  expect(order).toEqual([0, 1, 2, 3])
  expect(new Set(turnOf).size).toBe(4)
})
