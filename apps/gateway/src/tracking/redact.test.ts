import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactHeaders, redactValue } from './redact.ts'

const secretKeys = ['password', 'Password', 'userPassword', 'secret', 'client_secret', 'token', 'accessToken', 'Authorization', 'cookie', 'psk', 'preSharedKey', 'pre_shared_key', 'presharedKey', 'pre_share_key', 'preShareKey', 'shared_key', 'share_key', 'sharedKey', 'privateKey', 'private_key', 'access_key', 'credential', 'credentials']
const openKeys = ['name', 'credentialHolder', 'credentialName', 'credential-holder', 'connectionName', 'privateIP', 'cidrBlock', 'keyValueList', 'key']

describe('redactValue', () => {
  it.each(secretKeys)('hides %s at any depth', (key) => {
    expect(JSON.stringify(redactValue({ list: [{ deep: { [key]: 'hush' } }], [key]: { inside: 'hush' } }))).not.toContain('hush')
  })

  it.each(openKeys)('keeps %s', (key) => expect(redactValue({ [key]: 'said' })).toEqual({ [key]: 'said' }))

  it('changes nothing else of any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      if (!secretKeys.some((key) => text.toLowerCase().includes(key.toLowerCase().slice(0, 3)))) expect(redactValue(value)).toEqual(value)
    }))
  })
})

it('keeps headers that somebody needs, and of the login only that there was one', () => {
  expect(redactHeaders({ authorization: 'Basic hush', cookie: 'hush', 'x-amz-security-token': 'hush', 'x-request-id': 'r1', 'content-type': 'application/json', 'x-credential-holder': 'alice' }))
    .toEqual({ authorization: '[redacted]', 'x-request-id': 'r1', 'content-type': 'application/json', 'x-credential-holder': 'alice' })
})
