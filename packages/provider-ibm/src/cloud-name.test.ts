import { describe, expect, it } from 'vitest'
import { cloudName } from './cloud-name.ts'

describe('cloudName', () => {
  it.each(['mesh-north', 'mesh-north--south--00', 'a'.repeat(63)])('keeps %s', (name) => {
    expect(cloudName(name)).toBe(name)
  })

  it.each(['Apps', 'my subnet', 'a_b.c', '7th', 'ends-', '___', 'x'.repeat(64), 'x'.repeat(200)])('makes %s acceptable', (name) => {
    expect(cloudName(name)).toMatch(/^[a-z][-a-z0-9]{0,61}[a-z0-9]$/)
  })

  it.each([['Apps', 'apps'], ['a_b', 'a.b'], [`${'x'.repeat(70)}1`, `${'x'.repeat(70)}2`]])('keeps %s and %s apart', (one, other) => {
    expect(cloudName(one)).not.toBe(cloudName(other))
  })
})
