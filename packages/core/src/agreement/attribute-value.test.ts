import { expect, it } from 'vitest'
import { blocksOf, textOf, textsOf } from './attribute-value.ts'

it.each([['a', 'a'], ['', undefined], [7, undefined], [null, undefined], [{ token: 'a.b.c' }, undefined]])('reads %j as text', (value, expected) => {
  expect(textOf(value)).toBe(expected)
})

it.each([[['a', 7, { token: 'x' }, 'b'], ['a', 'b']], ['a', []], [undefined, []]])('reads %j as texts', (value, expected) => {
  expect(textsOf(value)).toEqual(expected)
})

it.each([[[{ a: 1 }, null, 'b', { token: 'x' }], [{ a: 1 }]], [{ a: 1 }, []], [undefined, []]])('reads %j as blocks', (value, expected) => {
  expect(blocksOf(value)).toEqual(expected)
})
