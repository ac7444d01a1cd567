import { encode, ExtData } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValue, encodeValue } from './dynamic-value.ts'
import { canonical, hasUnknown, isUnknown, UNKNOWN } from './unknown.ts'

const value = fc.letrec((tie) => ({
  any: fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.constant(UNKNOWN), tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'), tie('any'), { maxKeys: 4 }),
})).any

describe('values on the wire', () => {
  it('come back as they were sent', () => {
    fc.assert(fc.property(value, (sent) => {
      expect(canonical(decodeValue(encodeValue(sent)))).toBe(canonical(sent))
    }))
  })

  it.each([0, 1, 12, 42])('are unknown where they are extension %d', (type) => {
    const decoded = decodeValue({ msgpack: encode({ a: [new ExtData(type, new Uint8Array([1, 2]))] }) })
    expect(hasUnknown(decoded)).toBe(true)
  })

  it('writes an unknown value as the three bytes that the engine expects', () => {
    expect([...encodeValue(UNKNOWN).msgpack]).toEqual([0xd4, 0, 0])
  })

  it('keeps integers up to the largest autonomous system number', () => {
    expect(decodeValue(encodeValue(4_294_967_294))).toBe(4_294_967_294)
  })

  it('reads JSON where there is no MessagePack, and null where there is nothing', () => {
    expect(decodeValue({ json: new TextEncoder().encode('{"a":1}') })).toEqual({ a: 1 })
    expect(decodeValue(undefined)).toBeNull()
    expect(isUnknown(decodeValue({}))).toBe(false)
  })
})
