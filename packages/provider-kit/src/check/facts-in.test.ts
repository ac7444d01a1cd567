import { expect, it } from 'vitest'
import { factsIn } from './facts-in.ts'

it('finds facts at every depth, and not inside each other or lists', () => {
  expect(factsIn({ a: { value: { value: 1 } }, b: { c: { value: 2 } }, d: [{ value: 3 }], e: 4 }, 'all')).toEqual([['all.a', { value: { value: 1 } }], ['all.b.c', { value: 2 }]])
})
