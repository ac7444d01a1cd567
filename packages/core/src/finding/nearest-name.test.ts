import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

const regions = ['far-east-1', 'far-east-2', 'old-west-1', 'northcentral', 'eastend', 'eastend2']

test.each([
  ['far-east1', 'far-east-1'],
  ['Far East 2', 'far-east-2'],
  ['North Central', 'northcentral'],
  ['northcentarl', 'northcentral'],
  ['eastend2', 'eastend2'],
  ['eastedn', 'eastend'],
  ['far-esat-2', 'far-east-2'],
  ['far-east-9', 'far-east-1'],
  ['mars', undefined],
])('takes %s for %s', (written, meant) => {
  expect(nearestName(written, regions)).toBe(meant)
})

it('does not depend on the order of the candidates and finds each itself', () => {
  fc.assert(fc.property(fc.shuffledSubarray(regions, { minLength: regions.length }), fc.constantFrom(...regions), fc.string(), (shuffled, region, text) => {
    expect(nearestName(region, shuffled)).toBe(region)
    expect(nearestName(text, shuffled)).toBe(nearestName(text, regions))
  }))
})

it('is not slowed down by a very long name', () => {
  expect(nearestName('x'.repeat(1_000_000), regions)).toBeUndefined()
})

it('counts two swapped letters as one error', () => {
  expect(nearestName('nroth', ['north', 'nrot'])).toBe('north')
})
