import { describe, expect, it } from 'vitest'
import { brokenCloudRule, brokenRule } from './rules.ts'
import type { ValueRules } from './schema.ts'

const insideBlock: ValueRules = { format: 'cidr4', prefix: [30, 30], within: '169.254.0.0/16', notIn: ['169.254.0.0/30'] }

describe('rules for values', () => {
  it.each<[ValueRules, unknown]>([
    [{ values: ['a', 'b'] }, 'a'],
    [{ values: [0, 14] }, 14],
    [{ min: 1, max: 9 }, 9],
    [{ min: 0, max: 4_294_967_295 }, '4200000000'],
    [{ ranges: [[64512, 65534], [7224, 7224]] }, '7224'],
    [{ minLength: 2, maxLength: 3 }, 'abc'],
    [{ pattern: '^[a-z]+$' }, 'abc'],
    [{ notPattern: '^sg-' }, 'abc'],
    [{ format: 'cidr' }, '10.0.0.0/8'],
    [{ format: 'cidr6' }, 'fd00::/8'],
    [{ format: 'ipv4' }, '192.0.2.1'],
    [{ format: 'arn' }, 'arn:aws:logs:::x'],
    [{ format: 'asn' }, '65000'],
    [{ format: 'rfc3339' }, '2026-11-24T00:00:00Z'],
    [{ format: 'base64' }, 'aGk='],
    [insideBlock, '169.254.21.4/30'],
    [{ notWithin: '169.254.0.0/16', prefix4: [0, 24] }, '10.0.0.0/24'],
    [{}, { anything: true }],
  ])('%j allow %j', (rules, value) => {
    expect(brokenRule(rules, value)).toBeUndefined()
  })

  it.each<[ValueRules, unknown, string]>([
    [{ values: ['a', 'b'] }, 'c', 'one of [a, b]'],
    [{ min: 1, max: 9 }, 0, 'range (1 - 9)'],
    [{ min: 1 }, 'many', 'range (1 - any)'],
    [{ ranges: [[64512, 65534], [7224, 7224]] }, 64511, '64512-65534, 7224'],
    [{ maxLength: 3 }, 'abcd', 'length'],
    [{ pattern: '^[a-z]+$' }, 'a-secret', 'must match'],
    [{ notPattern: '^sg-' }, 'sg-1', 'must not match'],
    [{ format: 'cidr' }, '10.0.0.1/8', 'not a valid CIDR block'],
    [{ format: 'cidr4' }, 'fd00::/8', 'not a valid IPv4 CIDR block'],
    [{ format: 'ipv4' }, 'fd00::1', 'not a valid IPv4 address'],
    [{ format: 'ipv4' }, '192.0.2.256', 'not a valid IPv4 address'],
    [{ format: 'arn' }, 'x', 'invalid ARN'],
    [{ format: 'asn' }, '4294967296', 'autonomous system number'],
    [{ format: 'rfc3339' }, 'yesterday', 'RFC 3339'],
    [{ format: 'base64' }, '***', 'base64'],
    [insideBlock, '169.254.0.0/30', 'reserved'],
    [insideBlock, '169.254.21.0/29', 'prefix length between 30 and 30'],
    [insideBlock, '10.0.0.0/30', 'within 169.254.0.0/16'],
    [{ notWithin: '169.254.0.0/16' }, '169.254.8.0/24', 'must not be within'],
    [{ nonZero: true }, '', 'empty'],
  ])('%j refuse %j', (rules, value, problem) => {
    expect(brokenRule(rules, value)).toContain(problem)
  })

  it('do not repeat what a pattern guards', () => {
    expect(brokenRule({ pattern: '^[a-z]+$' }, 'KEY-VALUE')).not.toContain('KEY-VALUE')
  })

  it('of the cloud alone are checked apart', () => {
    const rules: ValueRules = { min: 0, max: 10, apiRanges: [[1, 5]], apiValues: [1, 2, 3] }
    expect(brokenRule(rules, 9)).toBeUndefined()
    expect(brokenCloudRule(rules, 9)).toContain('expected one of [1, 2, 3]')
    expect(brokenCloudRule(rules, 2)).toBeUndefined()
  })
})
