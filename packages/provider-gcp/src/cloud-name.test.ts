import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloudName } from './cloud-name.ts'

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,90}[a-z0-9]$/)

describe('names in Google Cloud', () => {
  it('keep what fits', () => {
    const longest = `a${'b'.repeat(62)}`
    expect(cloudName(longest)).toBe(longest)
  })

  it('are always accepted by the cloud', () => {
    fc.assert(fc.property(name, (text) => /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(cloudName(text))))
  })

  it('stay different when shortened', () => {
    const start = 'a'.repeat(70)
    expect(cloudName(`${start}1`)).not.toBe(cloudName(`${start}2`))
    expect(cloudName(`${start}1`)).toHaveLength(63)
  })
})
