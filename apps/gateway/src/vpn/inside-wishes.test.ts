import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInProviders } from '../start/built-in-providers.ts'
import { connectionIn, planned, vnetOf, vpnOf } from '../testing/networks.fixture.ts'
import { grantWishes, wishesFor } from './inside-wishes.ts'

const hub = { ...vnetOf('hub', connectionIn.azure, 1), gatewaySubnet: '10.1.255.0/27' }
const spoke = vnetOf('spoke', connectionIn.aws, 2)
const other = vnetOf('other', connectionIn.gcp, 3)
const [one, two] = [vpnOf('one', hub, spoke), vpnOf('two', hub, other)]
const wishes = (cidrs: readonly string[]) => cidrs.map((cidr, index) => ({ field: `wish[${index}]`, cidr }))
const granted = (cidrs: readonly string[], vpn = one, plan = planned(vpn, [], [hub, spoke, other])) => grantWishes(wishes(cidrs), plan, builtInProviders)

/** What the description of the peers' API shows as an example: two blocks for each address of the gateway. */
const example = ['169.254.21.0/30', '169.254.21.4/30', '169.254.22.0/30', '169.254.22.4/30']

describe('grantWishes', () => {
  it('gives every tunnel a block that the address of the gateway behind it can use', () => {
    const { inside, remarks } = granted(example)
    expect(Object.values(inside).sort()).toEqual(example)
    expect(remarks).toEqual([])
  })

  it('does so whatever their order, and a plan keeps what was granted', () => {
    fc.assert(fc.property(fc.shuffledSubarray(example, { minLength: 1 }), (some) => {
      const { inside, remarks } = granted(some)
      expect([Object.values(inside).sort(), remarks]).toEqual([[...some].sort(), []])
      const [deal] = planned({ ...one, inside: { ...inside } }, [], [hub, spoke]).plan.deals
      for (const tunnel of deal?.tunnels ?? []) expect(inside[tunnel.id] ?? tunnel.inside.cidr.toString()).toBe(tunnel.inside.cidr.toString())
    }), { numRuns: 20 })
  })

  it.each([
    ['no block at all', 'nonsense', /^wish\[0\]: "nonsense" is not used: .+\.$/],
    ['a block of another size', '169.254.21.0/29', /no? an? IPv4 \/30|not an IPv4 \/30/],
    ['a block that one end does not accept', '169.254.30.0/30', /accepts inside addresses from/],
    ['a block that the gateway is not ready for', '169.254.21.128/30', /is ready for/],
  ])('passes over %s and says why', (_, cidr, said) => {
    const { inside, remarks } = granted([cidr])
    expect([inside, remarks]).toEqual([{}, [expect.stringMatching(said)]])
  })

  it('passes over a block that another VPN of the gateway has, and more than there are tunnels', () => {
    const both = planned(two, [one], [hub, spoke, other], { asns: {}, inside: { [planned(one, [], [hub, spoke]).link]: granted(example).inside } })
    const { inside, remarks } = granted([...example, '169.254.21.8/30', '169.254.22.8/30', '169.254.21.12/30', '169.254.22.12/30', '169.254.21.16/30'], two, both)
    expect(Object.values(inside)).toEqual(expect.arrayContaining(['169.254.21.8/30', '169.254.22.8/30']))
    expect(remarks.slice(0, 4).every((remark) => /uses 169\.254\.2[12]\.[04]\/30 for tunnel/.test(remark)), remarks.join('\n')).toBe(true)
    expect(remarks.at(-1)).toMatch(/^wish\[8\]: "169\.254\.21\.16\/30" is not used: each of the \d tunnels has another block of the list\.$/)
  })

  it('uses none where routes are written down', () => {
    const fixed = { ...one, routing: 'static' as const }
    expect(granted(example.slice(0, 1), fixed)).toEqual({ inside: {}, remarks: [expect.stringContaining('the routes of this VPN are written down')] })
  })
})

it.each([['aws', ['a', 'b']], ['gcp', ['c']], ['ibm', []]])('finds wishes for %s in either spelling', (cloud, expected) => {
  expect(wishesFor(cloud, { toAws: ['a'], to_aws: ['b'], ToGCP: ['c'], aws_to: ['d'] }, 'x').map(({ cidr }) => cidr)).toEqual(expected)
})

it('finds none where nobody wishes', () => expect(wishesFor('aws', undefined, 'x')).toEqual([]))
