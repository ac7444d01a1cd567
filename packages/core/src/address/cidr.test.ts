import { describe, expect, it, test } from 'vitest'
import { Cidr, compareCidrs, IpAddress } from './cidr.ts'

describe('Cidr', () => {
  const contained: [outer: string, inner: string, contains: boolean][] = [
    ['10.0.0.0/16', '10.0.1.0/24', true],
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.0.0.0/8', false],
    ['10.0.0.0/17', '10.0.64.0/18', true],
    ['10.0.0.0/17', '10.0.128.0/17', false],
    ['10.0.0.0/16', '10.1.0.0/24', false],
    ['0.0.0.0/0', '255.255.255.255/32', true],
    ['::/0', '10.0.0.0/8', false],
    ['fd00::/8', 'fd12:3456::/32', true],
  ]

  test.each(contained)('%s contains %s: %s', (outer, inner, contains) => {
    expect(Cidr.of(outer).contains(Cidr.of(inner))).toBe(contains)
  })

  it('contains its first and last address and not their neighbours', () => {
    const cidr = Cidr.of('10.0.1.0/24')
    expect(['10.0.0.255', '10.0.1.0', '10.0.1.255', '10.0.2.0'].map((text) => cidr.contains(IpAddress.of(text)))).toEqual([false, true, true, false])
    expect(cidr.contains(IpAddress.of('::a00:100'))).toBe(false)
  })

  it('counts its addresses without overflow', () => {
    expect([Cidr.of('0.0.0.0/0').size, Cidr.of('10.0.0.0/32').size, Cidr.of('::/0').size]).toEqual([1n << 32n, 1n, 1n << 128n])
  })

  it('gives hosts by offset and refuses one outside', () => {
    const cidr = Cidr.of('169.254.21.4/30')
    expect(cidr.host(1).toString()).toBe('169.254.21.5')
    expect(cidr.host(3n).toString()).toBe('169.254.21.7')
    expect(() => cidr.host(4)).toThrow()
    expect(() => cidr.host(-1)).toThrow()
  })

  it('gives children by index, up to the end of the address space', () => {
    expect(Cidr.of('10.0.0.0/16').child(18, 3).toString()).toBe('10.0.192.0/18')
    expect(Cidr.of('255.255.255.0/24').child(26, 3).toString()).toBe('255.255.255.192/26')
    expect(Cidr.of('fd00::/32').child(64, (1n << 32n) - 1n).toString()).toBe('fd00:0:ffff:ffff::/64')
  })

  test.each([[18, 4], [18, -1], [15, 0], [33, 0], [18.5, 0]])('refuses child /%d at %d of a /16', (prefix, index) => {
    expect(() => Cidr.of('10.0.0.0/16').child(prefix, index)).toThrow()
  })

  test.each<[4 | 6, bigint, number]>([[4, 1n, 24], [4, 0n, 33], [4, 0n, -1], [4, 0n, 1.5], [4, 1n << 32n, 32], [6, 0n, 129], [4, -256n, 24]])(
    'cannot be made of family %d, %d and /%d', (family, first, prefix) => {
      expect(() => Cidr.from(family, first, prefix)).toThrowError(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
    },
  )

  it('reads as text inside JSON', () => {
    expect(JSON.stringify({ cidr: Cidr.of('10.0.0.0/8'), address: IpAddress.of('::1') })).toBe('{"cidr":"10.0.0.0/8","address":"::1"}')
  })

  it('sorts by family, address, and larger block first', () => {
    const sorted = ['fd00::/8', '10.0.0.0/16', '192.168.0.0/16', '10.0.0.0/8', '::/0'].map((text) => Cidr.of(text)).sort(compareCidrs)
    expect(sorted.map(String)).toEqual(['10.0.0.0/8', '10.0.0.0/16', '192.168.0.0/16', '::/0', 'fd00::/8'])
  })
})
