import { createDecipheriv } from 'node:crypto'
import { IsthmusError } from '@isthmus/core'
import { textField, tryParse } from '../json/fields.ts'

const nonceBytes = 12
const tagBytes = 16

/**
 * Opens a file that OpenTofu encrypted with our key (method `aes_gcm`: nonce, ciphertext, tag). OpenTofu itself offers no way to open
 * the one file that needs it, the state it could not save.
 *
 * @throws IsthmusError WORKSPACE_INVALID when the text is no such file, or another key encrypted it
 */
export function openPayload(text: string, key: Uint8Array): string {
  const sealed = Buffer.from(textField(tryParse(text), 'encrypted_data') ?? '', 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    decipher.setAuthTag(sealed.subarray(-tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new IsthmusError('WORKSPACE_INVALID', 'the encrypted file is damaged, or was encrypted with another key', { cause })
  }
}
