import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from '../../test-kit/scratch-workspace.ts'
import { Redaction, secretsIn } from './redaction.ts'

describe('redaction', () => {
  it('finds a secret as it stands, in JSON, and in JSON inside JSON', () => {
    fc.assert(fc.property(fc.string({ minLength: 8, maxLength: 64 }), (secret) => {
      const redaction = new Redaction([secret])
      for (const text of [secret, JSON.stringify({ secret }), JSON.stringify({ body: JSON.stringify({ secret }) })]) {
        const cleaned = redaction.of(`before ${text} after`)
        expect(cleaned).toContain('(sensitive)')
        expect(cleaned.includes(secret) && !'before (sensitive) after'.includes(secret)).toBe(false)
      }
    }))
  })

  it('finds a secret as Go writes it, and leaves the JSON whole', () => {
    const line = '{"@message":"bad key a\\u003cb\\u003e\\u0026c\\"d-123","type":"log"}'
    expect(JSON.parse(new Redaction(['a<b>&c"d-123']).of(line))).toEqual({ '@message': 'bad key (sensitive)', type: 'log' })
  })

  it('leaves short values alone, since they occur in ordinary words', () => {
    expect(new Redaction(['vpc']).of('creating vpc')).toBe('creating vpc')
  })

  it('cleans a file', async () => {
    const path = join(await scratchFolder(), 'events.jsonl')
    await writeFile(path, 'one\nthe password is hunter2hunter2\nthree\n')
    await new Redaction(['hunter2hunter2']).clean(path)
    expect(await readFile(path, 'utf8')).toBe('one\nthe password is (sensitive)\nthree\n')
  })

  it('takes every leaf of a variable, and what is named like a secret', () => {
    const environment = { TF_VAR_keys: '{"a":"key-of-a","b":["key-of-b"]}', TF_VAR_plain: 'plain text', ACME_SECRET_KEY: 'cloud', ACME_REGION: 'north-1', ISTHMUS_STATE_KEY: 'base64' }
    expect(secretsIn(environment).sort()).toEqual(['base64', 'cloud', 'key-of-a', 'key-of-b', 'plain text'])
  })
})

describe('secrets of an environment', () => {
  it('hold the connection of a database, and its password as it is and as it is written there', () => {
    const found = secretsIn({ PG_CONN_STR: 'postgresql://isthmus:p%40ss-word-1@db/isthmus?sslmode=disable', PATH: '/bin' })
    expect(found).toEqual(expect.arrayContaining(['p%40ss-word-1', 'p@ss-word-1']))
    expect(new Redaction(found).of('pq: password authentication failed: p@ss-word-1')).toBe('pq: password authentication failed: (sensitive)')
  })
})
