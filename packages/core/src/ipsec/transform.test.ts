import { describe, expect, it } from 'vitest'
import { isWeak, strengthOrder } from './strength.ts'
import { type TransformKind, type TransformName, ianaTransform, ianaTransforms, prfOf } from './transform.ts'

describe('ianaTransform', () => {
  it.each([
    [ianaTransform('encryption', 'aes-256-gcm-16'), { type: 1, id: 20, name: 'ENCR_AES_GCM_16', keyLength: 256 }],
    [ianaTransform('encryption', 'aes-128-cbc'), { type: 1, id: 12, name: 'ENCR_AES_CBC', keyLength: 128 }],
    [ianaTransform('encryption', '3des-cbc'), { type: 1, id: 3, name: 'ENCR_3DES' }],
    [ianaTransform('encryption', 'des-cbc'), { type: 1, id: 2, name: 'ENCR_DES' }],
    [ianaTransform('prf', 'prf-sha2-256'), { type: 2, id: 5, name: 'PRF_HMAC_SHA2_256' }],
    [ianaTransform('prf', 'prf-md5'), { type: 2, id: 1, name: 'PRF_HMAC_MD5' }],
    [ianaTransform('integrity', 'sha2-512'), { type: 3, id: 14, name: 'AUTH_HMAC_SHA2_512_256' }],
    [ianaTransform('integrity', 'sha1'), { type: 3, id: 2, name: 'AUTH_HMAC_SHA1_96' }],
    [ianaTransform('dhGroup', 19), { type: 4, id: 19, name: '256-bit random ECP group' }],
    [ianaTransform('pfs', 31), { type: 4, id: 31, name: 'Curve25519' }],
    [ianaTransform('pfs', 'none'), { type: 4, id: 0, name: 'NONE' }],
  ])('knows the registry row of $1.name $1.keyLength', (row, expected) => {
    expect(row).toEqual(expected)
  })

  it('gives no two transforms of one role the same number and key length', () => {
    for (const rows of Object.values(ianaTransforms)) {
      const keys = Object.values(rows).map(({ id, keyLength }) => `${id}/${keyLength ?? ''}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('uses the hash of the integrity algorithm for the PRF', () => {
    expect(prfOf('sha2-384')).toBe('prf-sha2-384')
    expect(prfOf('sha1')).toBe('prf-sha1')
  })
})

describe('strengthOrder', () => {
  const roles: readonly (readonly [TransformKind, readonly TransformName[]])[] = [
    ['encryption', strengthOrder.encryption], ['integrity', strengthOrder.integrity], ['prf', strengthOrder.prf],
    ['dhGroup', strengthOrder.dhGroup], ['pfs', strengthOrder.pfs],
  ]

  it.each(roles)('ranks every %s exactly once', (kind, order) => {
    expect(order.map(String).sort()).toEqual(Object.keys(ianaTransforms[kind]).sort())
  })

  it.each(roles)('ranks every weak %s behind every other', (kind, order) => {
    const firstWeak = order.findIndex((name) => isWeak(kind, name))
    expect(firstWeak).toBeGreaterThan(0)
    expect(order.slice(firstWeak).every((name) => isWeak(kind, name))).toBe(true)
  })

  it('calls exactly the discouraged groups weak, and a rekey without a group', () => {
    expect(strengthOrder.pfs.filter((name) => isWeak('pfs', name))).toEqual([24, 23, 5, 22, 2, 1, 'none'])
    expect(isWeak('dhGroup', 14)).toBe(false)
  })
})
