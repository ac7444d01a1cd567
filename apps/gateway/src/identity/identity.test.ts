import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameSchema } from './name.ts'
import { newOrderName, newUid } from './uid.ts'

describe('nameSchema', () => {
  it.each(['a', 'A', 'vnet-01', 'a+b', 'Vnet01', 'a--b', 'a'.repeat(128)])('takes %s', (name) => expect(nameSchema.safeParse(name).success).toBe(true))

  it.each(['', '-a', 'a-', '1a', 'a_b', 'a b', 'a/b', 'a\n', 'ä', '\u017F', '\u212Aa', 'a+', 'a'.repeat(129), '../a', '%2e'])('refuses %j', (name) => expect(nameSchema.safeParse(name).success).toBe(false))

  it('takes nothing that would need escaping anywhere', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      if (nameSchema.safeParse(text).success) expect(encodeURIComponent(text).replaceAll('%2B', '+')).toBe(text)
    }))
  })
})

describe('identities', () => {
  it('have the form of the peers, and do not repeat', () => {
    const uids = Array.from({ length: 500 }, newUid)
    for (const uid of uids) expect(uid).toMatch(/^tb[0-9a-v]{18}$/)
    expect(new Set(uids).size).toBe(uids.length)
  })

  it('of orders are no longer than what leaves room for names of resources', () => {
    for (const name of Array.from({ length: 500 }, newOrderName)) expect(name).toMatch(/^n[0-9a-v]{11}$/)
  })
})
