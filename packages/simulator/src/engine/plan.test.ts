import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Members } from '../schema/schema.ts'
import { equalObjects, shape } from '../schema/shape.ts'
import { configurations, schemas } from '../testing/generated.ts'
import { canonical, hasUnknown, isAbsent, UNKNOWN } from '../wire/unknown.ts'
import { fillPlaceholders } from './fill.ts'
import { needsLegacyTypes, planObject } from './plan.ts'
import { replacements } from './replace.ts'

type Object = Record<string, unknown>

const digest = (path: string): string => Buffer.from(path).toString('hex').padEnd(12, '0')
const plan = (schema: Members, config: Object, prior?: Object): Object =>
  planObject(schema, shape(schema, config), prior)
const apply = (schema: Members, planned: Object): Object => shape(schema, fillPlaceholders(schema, shape(schema, planned), digest))

const drawn = (withUnknown: boolean) => schemas.chain((schema) => fc.tuple(fc.constant(schema), configurations(schema, withUnknown)))

describe('a plan of any schema', () => {
  it('keeps what is configured, and leaves nothing unknown after the apply', () => {
    fc.assert(fc.property(drawn(true), ([schema, config]) => {
      const planned = plan(schema, config)
      for (const [name, value] of Object.entries(config)) {
        if (!schema[name]?.block && !isAbsent(value)) expect(canonical(planned[name])).toBe(canonical(value))
      }
      expect(hasUnknown(apply(schema, planned))).toBe(false)
    }))
  })

  it('changes nothing that was known when it is applied', () => {
    fc.assert(fc.property(drawn(false), ([schema, config]) => {
      const planned = plan(schema, config)
      const state = apply(schema, planned)
      for (const [name, value] of Object.entries(planned)) if (!hasUnknown(value)) expect(canonical(state[name])).toBe(canonical(shape(schema, planned)[name]))
    }))
  })

  it('is empty for the object that the same configuration made', () => {
    fc.assert(fc.property(drawn(false), ([schema, config]) => {
      const state = apply(schema, plan(schema, config))
      const again = plan(schema, config, state)
      expect(canonical(again)).toBe(canonical(state))
      expect(replacements(schema, state, again, Object.is)).toEqual([])
    }))
  })

  it('replaces only for a change of something that cannot change', () => {
    const two = schemas.chain((schema) => fc.tuple(fc.constant(schema), configurations(schema, false), configurations(schema, false)))
    fc.assert(fc.property(two, ([schema, first, second]) => {
      const state = apply(schema, plan(schema, first))
      const planned = plan(schema, second, state)
      const paths = replacements(schema, state, planned, Object.is)
      if (equalObjects(schema, state, planned, Object.is)) expect(paths).toEqual([])
      for (const [name, inner] of Object.entries(schema)) {
        if (inner.forceNew && !inner.block && canonical(state[name]) !== canonical(planned[name]) && inner.type !== 'set') expect(paths).toContainEqual([name])
      }
    }))
  })
})

const members: Members = {
  name: { type: 'string', required: true, forceNew: true },
  size: { type: 'int', optional: true, default: 4 },
  id: { type: 'string', computed: true },
  note: { type: 'string', optional: true, computed: true },
  hidden: { type: 'string', optional: true, writeOnly: true },
  item: { type: 'list', optional: true, block: { code: { type: 'string', required: true, forceNew: true }, serial: { type: 'string', computed: true } } },
  filled: { type: 'list', optional: true, computed: true, block: { a: { type: 'string', optional: true } } },
}

describe('a planned object', () => {
  it('has defaults, and unknown values for what is computed', () => {
    expect(plan(members, { name: 'n', hidden: 'secret', item: [{ code: 'c' }] })).toEqual({
      name: 'n', size: 4, id: UNKNOWN, note: UNKNOWN, hidden: null, item: [{ code: 'c', serial: UNKNOWN }], filled: UNKNOWN,
    })
  })

  it('keeps computed values and filled blocks once they are there', () => {
    const prior = { name: 'n', size: 4, id: 'i', note: 'kept', hidden: null, item: [{ code: 'c', serial: 's' }], filled: [{ a: 'x' }] }
    expect(plan(members, { name: 'n', item: [{ code: 'c' }, { code: 'd' }] }, prior)).toEqual({
      ...prior, item: [{ code: 'c', serial: 's' }, { code: 'd', serial: UNKNOWN }],
    })
  })

  it.each<[string, Members, boolean]>([
    ['a plain type', { a: { type: 'string', optional: true } }, false],
    ['a default', { a: { type: 'string', optional: true, default: 'x' } }, true],
    ['a default of a computed argument', { a: { type: 'string', optional: true, computed: true, default: 'x' } }, false],
    ['a default in a block', { b: { type: 'list', optional: true, block: { a: { type: 'int', optional: true, default: 1 } } } }, true],
    ['a block that the cloud fills', { b: { type: 'list', optional: true, computed: true, block: { a: { type: 'int', optional: true } } } }, true],
    ['objects that are only computed', { b: { type: 'list', computed: true, block: { a: { type: 'int', computed: true } } } }, false],
  ])('needs the old type rules or not: %s', (_, schema, expected) => {
    expect(needsLegacyTypes(schema)).toBe(expected)
  })
})

describe('what replaces an object', () => {
  const prior = { name: 'n', size: 4, id: 'i', note: null, hidden: null, item: [{ code: 'c', serial: 's' }], filled: [] }

  it.each<[string, Object, (string | number)[][]]>([
    ['nothing', {}, []],
    ['a change in place', { size: 5 }, []],
    ['a forced attribute', { name: 'm' }, [['name']]],
    ['a forced attribute that is not known yet', { name: UNKNOWN }, [['name']]],
    ['a forced attribute in a block', { item: [{ code: 'd', serial: 's' }] }, [['item', 0, 'code']]],
    ['a new block with a forced attribute', { item: [{ code: 'c', serial: 's' }, { code: 'd', serial: UNKNOWN }] }, [['item']]],
    ['a serial number', { item: [{ code: 'c', serial: 'other' }] }, []],
  ])('%s', (_, change, paths) => {
    expect(replacements(members, prior, { ...prior, ...change }, Object.is)).toEqual(paths)
  })

  const set: Members = { lock: { type: 'set', optional: true, block: { code: { type: 'string', required: true, forceNew: true }, note: { type: 'string', optional: true } } } }

  it.each<[string, Object[], Object[], (string | number)[][]]>([
    ['another order of a set', [{ code: 'a', note: null }, { code: 'b', note: null }], [{ code: 'b', note: null }, { code: 'a', note: null }], []],
    ['a changed element of a set, at the set', [{ code: 'a', note: null }], [{ code: 'b', note: null }], [['lock']]],
  ])('%s', (_, before, after, paths) => {
    expect(replacements(set, { lock: before }, { lock: after }, Object.is)).toEqual(paths)
  })
})
