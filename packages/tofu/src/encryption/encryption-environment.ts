import { escapeTemplate, IsthmusError } from '@isthmus/core'
import { keyCommand, keyCommandKind, stateKeyVariable, type KeyCommandKind } from './key-command.ts'

/** AES-256. */
const keyBytes = 32

/**
 * Environment that makes OpenTofu encrypt state and plan files, and refuse those that are not encrypted.
 *
 * @param key 32 random or derived bytes
 * @throws IsthmusError KEY_UNAVAILABLE when the key has another length
 */
export function encryptionEnvironment(key: Uint8Array, kind: KeyCommandKind = keyCommandKind()): Record<string, string> {
  if (key.length !== keyBytes) throw new IsthmusError('KEY_UNAVAILABLE', `the key of a state has ${keyBytes} bytes, not ${key.length}`)
  return { [stateKeyVariable]: Buffer.from(key).toString('base64'), TF_ENCRYPTION: encryptionConfiguration(kind) }
}

/** HCL, because the JSON form refuses references (OpenTofu 1.12.6). */
function encryptionConfiguration(kind: KeyCommandKind): string {
  const command = keyCommand(kind).map((part) => escapeTemplate(JSON.stringify(part))).join(', ')
  return `key_provider "external" "isthmus" {
  command = [${command}]
}
method "aes_gcm" "isthmus" {
  keys = key_provider.external.isthmus
}
state {
  method   = method.aes_gcm.isthmus
  enforced = true
}
plan {
  method   = method.aes_gcm.isthmus
  enforced = true
}
`
}
