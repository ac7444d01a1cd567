import { expect, it } from 'vitest'
import { healthRequest } from './vpn-models.ts'

// The peer takes the nearest number that it allows, and its default for 0, which clients in Go write for what nobody set.
it.each([{}, { pingCount: 0, intervalSec: 0, maxAttempts: 0, userName: '' }, { pingCount: 11, intervalSec: 500, maxAttempts: 51 }])('takes a request for health with any numbers (%j)', (body) => {
  expect(healthRequest.safeParse(body).success).toBe(true)
})

it('refuses what is no number', () => {
  expect(healthRequest.safeParse({ pingCount: '4' }).success).toBe(false)
})
