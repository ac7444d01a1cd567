import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Cidr, IpAddress } from '@isthmus/core'
import type { Members } from '../schema/schema.ts'
import { AddressBook } from './addresses.ts'
import { Fingerprints } from './fingerprint.ts'
import { ObjectStore, readObjects } from './object-store.ts'

let home: string

beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'isthmus-home-')) })
afterEach(() => rmSync(home, { recursive: true, force: true }))

const thing = (id: string, attributes: Record<string, unknown> = {}) => ({ type: 'toy_thing', id, attributes: { id, ...attributes } })

function onlyFile(): string {
  const folder = join(home, 'objects', 'toy_thing')
  return join(folder, readdirSync(folder)[0] ?? '')
}

describe('the object store', () => {
  it('is the same after a restart, whatever an id looks like', () => {
    const store = new ObjectStore(home)
    const ids = ['a', 'A', '/subscriptions/x/y z', '..', `${'long/'.repeat(80)}`, 'é', 'a/b', 'a-b']
    for (const id of ids) store.put(thing(id))
    expect(new ObjectStore(home).list('toy_thing').map((object) => object.id).sort()).toEqual([...ids].sort())
    expect(readObjects(home)).toHaveLength(ids.length)
  })

  it('notices a file that somebody edits or deletes', () => {
    const store = new ObjectStore(home)
    store.put(thing('a', { size: 1 }))
    writeFileSync(onlyFile(), JSON.stringify(thing('a', { size: 22 })))
    const { revision } = store
    expect(store.find('toy_thing', 'a')?.attributes).toMatchObject({ size: 22 })
    expect(store.revision).toBeGreaterThan(revision)
    rmSync(onlyFile())
    expect(store.find('toy_thing', 'a')).toBeUndefined()
  })

  it('lists what is there once it looked at all files again', () => {
    const store = new ObjectStore(home)
    for (const id of ['a', 'b']) store.put(thing(id))
    rmSync(onlyFile())
    store.refresh()
    expect(store.list('toy_thing')).toHaveLength(1)
  })

  it('is not stopped by a file that holds no object', () => {
    new ObjectStore(home).put(thing('a'))
    writeFileSync(onlyFile(), '{"type":')
    expect(new ObjectStore(home).all()).toEqual([])
  })

  it('finds by id first and by self_link after', () => {
    const store = new ObjectStore(home)
    store.put(thing('a', { self_link: 'https://x/a' }))
    expect(store.find('toy_thing', 'https://x/a')?.id).toBe('a')
    expect(store.find('toy_thing', undefined)).toBeUndefined()
  })
})

describe('secrets at rest', () => {
  const members: Members = {
    key: { type: 'string', optional: true, sensitive: true },
    once: { type: 'string', optional: true, writeOnly: true },
    name: { type: 'string', optional: true },
    link: { type: 'list', optional: true, block: { key: { type: 'string', optional: true, secret: true }, name: { type: 'string', optional: true } } },
  }

  it('hide every secret and nothing else, and come back from a state that has them', () => {
    const fingerprints = Fingerprints.of(home)
    fc.assert(fc.property(fc.string({ minLength: 8 }).filter((text) => !text.includes('sim-sha')), (secret) => {
      const object = { key: secret, once: secret, name: 'n', link: [{ key: secret, name: 'm' }] }
      const hidden = fingerprints.conceal(members, object)
      expect(hidden).toMatchObject({ name: 'n', link: [{ name: 'm' }] })
      expect([hidden['key'], hidden['once']]).not.toContain(secret)
      expect(fingerprints.reveal(members, hidden, object)).toEqual({ ...object, once: null })
      expect(fingerprints.reveal(members, hidden, { ...object, key: `${secret}!` })['key']).toBe(hidden['key'])
    }))
  })

  it('are equal for equal values in one home, after a restart too, and differ between homes', () => {
    const one = Fingerprints.of(home)
    expect(one.of('k')).toBe(Fingerprints.of(home).of('k'))
    expect(one.of(one.of('k'))).toBe(one.of('k'))
    expect(one.of('k')).not.toBe(new Fingerprints('other').of('k'))
    expect(one.same('k', one.of('k'))).toBe(true)
    expect(one.same('k', one.of('l'))).toBe(false)
  })
})

describe('simulated addresses', () => {
  const pool = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'].map((text) => Cidr.of(text))

  it('are unique and the same each time, and come from documentation blocks while there are any', () => {
    const book = new AddressBook(home, 'seed')
    const salts = Array.from({ length: 762 }, (_, index) => `salt ${index}`)
    const addresses = salts.map((salt) => book.get(salt))
    expect(new Set(addresses).size).toBe(762)
    expect(addresses.every((address) => pool.some((block) => block.contains(IpAddress.of(address))))).toBe(true)
    expect(Cidr.of('198.18.0.0/15').contains(IpAddress.of(book.get('one more')))).toBe(true)
    expect(new AddressBook(home, 'seed').get('salt 7')).toBe(addresses[7])
    expect(readFileSync(join(home, 'addresses.json'), 'utf8')).toContain('salt 7')
  })
})
