import { Address4, Address6 } from 'ip-address'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isIsthmusError } from '../finding/isthmus-error.ts'
import { Cidr, IpAddress } from './cidr.ts'
import { parseCidr } from './parse.ts'
import { maskAddress } from './text.ts'

const accepted: [text: string, printed: string][] = [
  ['10.10.0.0/16', '10.10.0.0/16'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['255.255.255.255/32', '255.255.255.255/32'],
  ['192.168.0.0/31', '192.168.0.0/31'],
  ['fd00::/8', 'fd00::/8'],
  ['2001:0DB8:0:0::/64', '2001:db8::/64'],
  ['2001:db8:0:1:0:1:0:1/128', '2001:db8:0:1:0:1:0:1/128'],
  ['::ffff:10.0.0.0/104', '::ffff:a00:0/104'],
  ['::/0', '::/0'],
]

const refused: [text: string, problem: string, fix?: string][] = [
  ['10.0.1.77/24', 'host-bits', '10.0.1.0/24'],
  ['10.0.0.5/16', 'host-bits', '10.0.0.0/16'],
  ['fd00::1/64', 'host-bits', 'fd00::/64'],
  ['010.0.0.0/8', 'leading-zero', '10.0.0.0/8'],
  ['10.0.0.00/8', 'leading-zero', '10.0.0.0/8'],
  ['10.0.0.0/08', 'leading-zero', '10.0.0.0/8'],
  ['fd00::/064', 'leading-zero', 'fd00::/64'],
  ['+10.0.0.0/8', 'sign', '10.0.0.0/8'],
  ['10.+0.0.0/8', 'sign', '10.0.0.0/8'],
  ['10.0.0.0/+8', 'sign', '10.0.0.0/8'],
  ['10.0.0.0/-8', 'sign'],
  ['-1.0.0.0/8', 'sign'],
  [' 10.0.0.0/8', 'syntax', '10.0.0.0/8'],
  ['10.0.0.0 / 8', 'syntax', '10.0.0.0/8'],
  ['10.0.0.0/8\n', 'syntax', '10.0.0.0/8'],
  [' +010.0.0.5/016', 'syntax', '10.0.0.0/16'],
  ['10.0.0.0', 'prefix-missing', '10.0.0.0/8'],
  ['10.1.0.0', 'prefix-missing', '10.1.0.0/16'],
  ['10.1.2.0/', 'prefix-missing', '10.1.2.0/24'],
  ['10.1.2.3', 'prefix-missing', '10.1.2.3/32'],
  ['2001:db8:1::', 'prefix-missing', '2001:db8:1::/48'],
  ['10.0.0.0/33', 'prefix-range'],
  ['fd00::/129', 'prefix-range'],
  ['10.0.0.0/99999999999999999999', 'prefix-range'],
  ['10.0.0.0/255.255.0.0', 'syntax', '10.0.0.0/16'],
  ['10.0.0.0/0.0.255.255', 'syntax'],
  ['10.0.0.0/8/8', 'syntax'],
  ['10.0.0.0/8.0', 'syntax'],
  ['10.0.0/16', 'syntax'],
  ['10.0.0.256/32', 'syntax'],
  ['0x0a.0.0.0/8', 'syntax'],
  ['1e1.0.0.0/8', 'syntax'],
  ['10..0.0/8', 'syntax'],
  ['fe80::1%eth0/128', 'syntax'],
  ['fd00:::/64', 'syntax'],
  ['1:2:3:4:5:6:7:8:9/128', 'syntax'],
  ['١٠.0.0.0/8', 'syntax'],
  ['', 'syntax'],
  ['/', 'syntax'],
  ['hello', 'syntax'],
  ['9'.repeat(500), 'syntax'],
]

const value4 = fc.bigInt(0n, (1n << 32n) - 1n)
const value6 = fc.bigInt(0n, (1n << 128n) - 1n)
const cidr4 = fc.tuple(value4, fc.integer({ min: 0, max: 32 })).map(([value, prefix]) => Cidr.from(4, maskAddress(4, value, prefix), prefix))
const cidr6 = fc.tuple(value6, fc.integer({ min: 0, max: 128 })).map(([value, prefix]) => Cidr.from(6, maskAddress(6, value, prefix), prefix))

describe('parseCidr', () => {
  test.each(accepted)('reads %j', (text, printed) => {
    const parsed = parseCidr(text)
    expect(parsed.ok && parsed.cidr.toString()).toBe(printed)
  })

  test.each(refused)('refuses %j as %s', (text, problem, fix) => {
    const parsed = parseCidr(text)
    expect(parsed).toMatchObject({ ok: false, problem })
    expect(parsed.ok ? undefined : parsed.fix).toBe(fix)
    expect(() => Cidr.of(text)).toThrowError(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
  })

  it('reads back every block it prints', () => {
    fc.assert(fc.property(fc.oneof(cidr4, cidr6), (cidr) => {
      const parsed = parseCidr(cidr.toString())
      expect(parsed.ok && parsed.cidr.equals(cidr)).toBe(true)
    }))
  })

  it('agrees with ip-address on the bounds of every block', () => {
    fc.assert(fc.property(fc.oneof(cidr4, cidr6), (cidr) => {
      const reference = cidr.family === 4 ? new Address4(cidr.toString()) : new Address6(cidr.toString())
      expect([cidr.first, cidr.last]).toEqual([reference.startAddress().bigInt(), reference.endAddress().bigInt()])
    }))
  })

  it('never throws, and every fix it proposes can be read', () => {
    const near = fc.array(fc.constantFrom('1', '0', '255', '.', ':', '/', '+', '-', ' ', 'f', '%', '١'), { maxLength: 14 }).map((parts) => parts.join(''))
    fc.assert(fc.property(fc.oneof(fc.string(), near), (text) => {
      const parsed = parseCidr(text)
      if (parsed.ok) expect(text).toMatch(/^[0-9a-fA-F:.]+\/\d+$/)
      else if (parsed.fix !== undefined) expect(parseCidr(parsed.fix).ok).toBe(true)
    }), { numRuns: 2000 })
  })
})

describe('IpAddress', () => {
  test.each(['10.0.0.1', '0.0.0.0', '255.255.255.255', '::', '::1', 'fe80::1', '2001:db8:0:1:1:1:1:1'])('reads and prints %s', (text) => {
    expect(IpAddress.of(text).toString()).toBe(text)
  })

  test.each(['10.0.0', '10.0.0.01', ' 10.0.0.1', '10.0.0.1/32', '+10.0.0.1', 'fe80::1%0', ''])('refuses %j', (text) => {
    let thrown: unknown
    try {
      IpAddress.of(text)
    } catch (error) {
      thrown = error
    }
    expect(isIsthmusError(thrown) && thrown.code).toBe('ADDRESS_INVALID')
  })

  it('prints IPv6 as RFC 5952 asks, like a URL does', () => {
    const sparse = fc.array(fc.constantFrom(0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 })
      .map((groups) => groups.reduce<bigint>((value, group) => (value << 16n) | group, 0n))
    fc.assert(fc.property(fc.oneof(value6, sparse), (value) => {
      const text = IpAddress.from(6, value).toString()
      expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`)
    }))
  })

  it('refuses numbers outside its family', () => {
    expect(() => IpAddress.from(4, 1n << 32n)).toThrow()
    expect(() => IpAddress.from(4, -1n)).toThrow()
    expect(() => IpAddress.from(6, 1n << 128n)).toThrow()
  })

  it('is equal only within one family', () => {
    expect(IpAddress.of('0.0.0.1').equals(IpAddress.of('0.0.0.1'))).toBe(true)
    expect(IpAddress.of('0.0.0.1').equals(IpAddress.of('::1'))).toBe(false)
  })
})
