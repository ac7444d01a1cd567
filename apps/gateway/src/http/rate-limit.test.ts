import { expect, it } from 'vitest'
import { RateLimit } from './rate-limit.ts'

it('lets a client make so many requests a second, and others as many', () => {
  let now = 0
  const limit = new RateLimit(3, () => now)
  const take = (client: string, times: number) => Array.from({ length: times }, () => {
    try {
      limit.take(client)
      return true
    } catch {
      return false
    }
  }).filter(Boolean).length
  expect(take('a', 5)).toBe(3)
  expect(take('b', 5)).toBe(3)
  now = 334
  expect(take('a', 5)).toBe(1)
  now = 60_000
  expect(take('a', 5)).toBe(3)
})
