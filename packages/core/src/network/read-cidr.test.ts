import { expect, it, test } from 'vitest'
import { readCidrAt } from './read-cidr.ts'

test.each([
  ['10.0.0.5/16', 'CIDR_HOST_BITS', 'Write 10.0.0.0/16 if that is what is meant.'],
  ['010.0.0.0/8', 'CIDR_INVALID', 'Write 10.0.0.0/8 if that is what is meant.'],
  ['ten', 'CIDR_INVALID', 'Write a network address and a prefix length, such as 10.10.0.0/16.'],
])('says what is wrong with %s', (text, code, hint) => {
  expect(readCidrAt('sites.a.cidr', text)).toMatchObject({ finding: { code, path: 'sites.a.cidr', hint } })
})

it('does not repeat a long text', () => {
  const result = readCidrAt('sites.a.cidr', '1'.repeat(10_000))
  expect('finding' in result && result.finding.title.length).toBeLessThan(200)
})
