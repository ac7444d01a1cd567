import { describe, expect, it } from 'vitest'
import { demandNone, wrongSkips, type Check } from './check.ts'

const check: Check = { group: 'facts', name: 'are right', run: () => undefined }

describe('a skip', () => {
  it.each([
    ['names a test and says why', { test: 'facts > are right', reason: 'no such thing there' }, []],
    ['names no test', { test: 'facts > are wrong', reason: 'no such thing there' }, ['there is no test "facts > are wrong" to skip; write "group > name" as the runner prints it']],
    ['says nothing', { test: 'facts > are right', reason: ' ' }, ['the skip of "facts > are right" has no reason']],
  ])('that %s', (_, skip, problems) => {
    expect(wrongSkips([skip], [check])).toEqual(problems)
  })
})

describe('a list of problems', () => {
  it('fails with all of them, and counts what is too much to read', () => {
    expect(() => demandNone([])).not.toThrow()
    expect(() => demandNone(['one', 'two'])).toThrow('one\ntwo')
    expect(() => demandNone(Array.from({ length: 25 }, (_, index) => `problem ${index}`))).toThrow(/problem 19\nand 5 more$/)
  })
})
