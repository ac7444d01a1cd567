import { expect, it } from 'vitest'
import { fairTurn, fairTurns } from './fair-turn.ts'

function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

it('lets timers run between the pieces of many who work at the same time', async () => {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 1)
  await Promise.all(Array.from({ length: 20 }, async () => {
    for (let piece = 0; piece < 3; piece += 1) {
      await fairTurn()
      work(6)
    }
  }))
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(40)
})

it('costs nothing while nobody has worked for long', async () => {
  let now = 100
  const turn = fairTurns(() => now)
  await turn()
  let isTurn = false
  setImmediate(() => (isTurn = true))
  now = 104
  await turn()
  expect(isTurn).toBe(false)
  now = 105
  await turn()
  expect(isTurn).toBe(true)
})
