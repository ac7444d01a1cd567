import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openPayload } from './open-payload.ts'

const key = randomBytes(32)

function seal(text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const data = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
  return JSON.stringify({ encryption_version: 'v0', encrypted_data: data.toString('base64') })
}

describe('opening an encrypted file', () => {
  it('gives back what was sealed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(openPayload(seal(text), key)).toBe(text)
    }))
  })

  it.each(['', '{}', '{"encrypted_data":""}', '{"encrypted_data":"AAAA"}', seal('x').replace(/"([A-Za-z0-9+/=]{20,})"/, (_, data: string) => `"${data.slice(4)}"`)])('refuses %j', (text) => {
    expect(() => openPayload(text, key)).toThrow(expect.objectContaining({ code: 'WORKSPACE_INVALID' }))
  })

  it('refuses another key', () => {
    expect(() => openPayload(seal('x'), randomBytes(32))).toThrow(expect.objectContaining({ code: 'WORKSPACE_INVALID' }))
  })
})
