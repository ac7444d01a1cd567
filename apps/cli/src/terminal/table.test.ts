import { expect, it } from 'vitest'
import { table } from './table.ts'

it('makes columns as wide as their longest cell and does not count colours', () => {
  expect(table(['a', 'long head'], [['wide cell', 'x'], ['\u001B[32mup\u001B[39m', 'y']])).toEqual([
    'a          long head',
    '─────────  ─────────',
    'wide cell  x',
    '\u001B[32mup\u001B[39m         y',
  ])
})
