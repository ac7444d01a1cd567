import { expect, it } from 'vitest'
import { isNotTracked } from './tumblebug.ts'

it.each([
  ['GET', '/tumblebug/ns', true],
  ['HEAD', '/tumblebug/ns', true],
  ['OPTIONS', '/tumblebug/ns', true],
  ['POST', '/tumblebug/util/net/design', true],
  ['PUT', '/tumblebug/readyz/init', true],
  ['DELETE', '/tumblebug/requests', true],
  ['DELETE', '/tumblebug/request/r1', true],
  ['POST', '/tumblebug/ns', false],
  ['DELETE', '/tumblebug/ns/default/resources/vNet', false],
])('remembers what changes something, and nothing else (%s %s)', (method, path, skipped) => {
  expect(isNotTracked(method, path)).toBe(skipped)
})
