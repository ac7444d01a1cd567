import { expect, it } from 'vitest'
import { flagOf } from './flag.ts'

it.each<[string | undefined, boolean | undefined]>([
  ['true', true], ['True', true], ['TRUE', true], ['t', true], ['1', true],
  ['false', false], ['False', false], ['FALSE', false], ['F', false], ['0', false],
  [undefined, undefined], ['', undefined], ['yes', undefined], ['ture', undefined], ['01', undefined],
])('reads %j as %j', (text, flag) => {
  expect(flagOf(text)).toBe(flag)
})
