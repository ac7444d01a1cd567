import { describe, expect, it } from 'vitest'
import { stated, statusOf, type Condition } from './condition.ts'

const ready = (status: Condition['status'], reason: string): Condition => ({ type: 'Ready', status, reason, lastTransitionTime: '2026-01-01T00:00:00Z' })

describe('statusOf', () => {
  it.each([
    [[], 'Unknown'],
    [[ready('Unknown', 'Creating')], 'Unknown'],
    [[ready('False', 'Creating')], 'Creating'],
    [[ready('False', 'Deleting')], 'Deleting'],
    [[ready('False', 'CreationFailed')], 'Failed'],
    [[ready('True', 'Available')], 'Available'],
  ])('of %j is %s', (conditions, status) => expect(statusOf(conditions)).toBe(status))
})

describe('stated', () => {
  it('moves the time only where the status flips', () => {
    const first = stated([], '2026-01-01T00:00:00Z', { Ready: { status: 'False', reason: 'Creating' } })
    const second = stated(first, '2026-01-02T00:00:00Z', { Ready: { status: 'False', reason: 'CreationFailed', message: 'why' } })
    const third = stated(second, '2026-01-03T00:00:00Z', { Ready: { status: 'True', reason: 'Available' } })
    expect([first, second, third].map(([condition]) => condition?.lastTransitionTime)).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'])
    expect(third).toEqual([{ type: 'Ready', status: 'True', reason: 'Available', lastTransitionTime: '2026-01-03T00:00:00Z' }])
  })
})
