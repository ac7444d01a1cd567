import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtInProviders } from '../start/built-in-providers.ts'
import { credentialCheck, holdersOf } from './secrets-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-secrets-'))
  writeFileSync(join(folder, 'AWS_ACCESS_KEY_ID'), 'x')
  for (const holder of ['admin', 'alice', 'Not A Holder']) mkdirSync(join(folder, holder))
  writeFileSync(join(folder, 'alice', 'GOOGLE_CREDENTIALS'), 'x')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('credential holders', () => {
  it('are the folders whose names can be asked for, besides the default one', () => {
    expect(holdersOf(folder)).toEqual(['alice'])
    expect(holdersOf(undefined)).toEqual([])
  })

  it('cannot be told of a folder that is not there, which the message names', () => {
    expect(() => holdersOf(join(folder, 'nowhere'))).toThrow(/^ISTHMUS_SECRETS_FOLDER: .*nowhere is no folder that can be read \(ENOENT\)$/)
  })

  it('have credentials where a variable of the cloud is theirs', () => {
    const verified = credentialCheck(builtInProviders, folder, { ARM_CLIENT_ID: 'x' })
    expect([verified('aws', 'admin'), verified('azure', 'admin'), verified('gcp', 'admin')]).toEqual([true, true, false])
    expect([verified('gcp', 'alice'), verified('azure', 'alice'), verified('aws', 'alice')]).toEqual([true, false, false])
  })

  it('have none once their folder is removed', () => {
    rmSync(join(folder, 'alice'), { recursive: true })
    expect(credentialCheck(builtInProviders, folder, {})('gcp', 'alice')).toBe(false)
  })
})
