import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

const regions = ['us-east-1', 'us-east-2', 'eu-west-1', 'koreacentral', 'eastus', 'eastus2']

test.each([
  ['us-east1', 'us-east-1'],
  ['US East 2', 'us-east-2'],
  ['Korea Central', 'koreacentral'],
  ['koreacentarl', 'koreacentral'],
  ['eastus2', 'eastus2'],
  ['eastsu', 'eastus'],
  ['us-esat-2', 'us-east-2'],
  ['us-east-9', 'us-east-1'],
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
