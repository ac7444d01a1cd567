import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { claimHome } from './claim.ts'

let home: string
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'isthmus-home-')) })
afterEach(() => rmSync(home, { recursive: true, force: true }))

it('is held by one and free again afterwards', () => {
  const claim = claimHome(home)
  expect(() => claimHome(home)).toThrow(/already serves/)
  claim.release()
  claimHome(home).release()
  expect(readdirSync(home)).toEqual([])
})

it.each([
  ['a process that is gone', '4194999 1'],
  ['an earlier process with the id of a living one', `${process.pid} 1`],
  ['nobody', ''],
])('is taken over from %s', (_, text) => {
  writeFileSync(join(home, 'claim'), text)
  claimHome(home).release()
  expect(readdirSync(home)).toEqual([])
})
