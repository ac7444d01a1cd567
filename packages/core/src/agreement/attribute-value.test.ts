import { expect, it } from 'vitest'
import { blocksOf, knownNumber, knownText, numberOrToken, textOf, textOrToken, textsOf } from './attribute-value.ts'
import { resourceSetOf } from './resource-set.ts'

it.each([['a', 'a'], ['', undefined], [7, undefined], [null, undefined], [{ token: 'a.b.c' }, undefined]])('reads %j as text', (value, expected) => {
  expect(textOf(value)).toBe(expected)
})

it.each([[['a', 7, { token: 'x' }, 'b'], ['a', 'b']], ['a', []], [undefined, []]])('reads %j as texts', (value, expected) => {
  expect(textsOf(value)).toEqual(expected)
})

it.each([[[{ a: 1 }, null, 'b', { token: 'x' }], [{ a: 1 }]], [{ a: 1 }, []], [undefined, []]])('reads %j as blocks', (value, expected) => {
  expect(blocksOf(value)).toEqual(expected)
})

const token = { token: 'a.b.c' }

it.each([['a', 'a', undefined], ['', '', undefined], [7, undefined, 7], [token, token, token], [null, undefined, undefined], [[token], undefined, undefined]])('reads %j as a text or token, and as a number or token', (value, text, number) => {
  expect([textOrToken(value), numberOrToken(value)]).toEqual([text, number])
})

it.each([['name', 'x', { token: 'a.b.name' }], ['asn', { token: 'a.b.asn' }, 7], ['id', token, token], ['other', { token: 'a.b.other' }, { token: 'a.b.other' }]])('reads the attribute %s, or names it', (name, text, number) => {
  const resource = { address: 'a.b', type: 'a', name: 'b', values: { name: 'x', asn: 7, id: token } }
  const set = resourceSetOf([resource])
  expect([knownText(set, resource, name), knownNumber(set, resource, name)]).toEqual([text, number])
})
