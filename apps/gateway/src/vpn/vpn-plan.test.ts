import { composeStacks } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { isProblem } from '../http/problem.ts'
import { connectionIn, planned, vnetOf, vpnOf } from '../testing/networks.fixture.ts'
import { linkOf, stacksOf } from './vpn-plan.ts'

const [east, middle, west, south] = [vnetOf('east', connectionIn.aws, 1), vnetOf('middle', connectionIn.gcp, 2), { ...vnetOf('west', connectionIn.azure, 3), gatewaySubnet: '10.3.255.0/27' }, vnetOf('south', connectionIn.ibm, 4)]
const vnets = [east, middle, west, south]

describe('planVpn', () => {
  it('keeps the numbers of VPNs that are there when others join on the same vNet, and when one goes', () => {
    const [one, two, three] = [vpnOf('one', east, middle), vpnOf('two', west, east), vpnOf('three', east, south)]
    const first = planned(one, [], vnets).plan.agreed
    const second = planned(two, [one], vnets, first).plan.agreed
    const third = planned(three, [one, two], vnets, second).plan.agreed
    for (const [before, after] of [[first, second], [second, third], [second, planned(two, [two], vnets, third).plan.agreed]] as const) {
      for (const [site, asn] of Object.entries(before.asns)) if (after.asns[site] !== undefined) expect([site, after.asns[site]]).toEqual([site, asn])
      for (const [link, inside] of Object.entries(before.inside)) if (after.inside[link] !== undefined) expect(after.inside[link]).toEqual(inside)
    }
    expect(Object.keys(third.inside).sort()).toEqual([one, two, three].map(linkOf).sort())
    const blocks = Object.values(third.inside).flatMap((inside) => Object.values(inside))
    expect(new Set(blocks).size).toBe(blocks.length)
    const numbers = Object.values(third.asns)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('plans the same whichever end comes first', () => {
    expect(planned(vpnOf('one', east, middle), [], vnets).plan.agreed).toEqual(planned(vpnOf('one', middle, east), [], vnets).plan.agreed)
    expect(linkOf(vpnOf('one', east, middle))).toBe(linkOf(vpnOf('one', middle, east)))
  })

  it('names the stacks of both ends and of the link, all of which are in the plan', () => {
    const vpn = vpnOf('one', east, middle)
    const { plan, stacks } = planned(vpn, [], vnets)
    expect(stacks).toEqual(stacksOf(vpn))
    expect([...stacks].sort()).toEqual(composeStacks(plan.name, plan.fragments, 'parts').map(({ name }) => name).sort())
  })

  it.each([
    ['networks that overlap', () => planned(vpnOf('one', east, { ...middle, cidr: '10.1.0.0/17', subnets: [] }), [], [east, { ...middle, cidr: '10.1.0.0/17', subnets: [] }])],
    ['a number that is reserved', () => planned(vpnOf('one', east, west, [{}, { asn: 23456 }]), [], vnets)],
    ['the same number at both ends', () => planned(vpnOf('one', east, middle, [{ asn: 64600 }, { asn: 64600 }]), [], vnets)],
  ])('refuses %s in the names of the user', (_, plan) => {
    let thrown: unknown
    try {
      plan()
    } catch (error) {
      thrown = error
    }
    if (!isProblem(thrown)) throw new Error('nothing was refused', { cause: thrown })
    expect(thrown.code).toBe('FINDINGS')
    const said = [thrown.message, ...(thrown.detail.findings ?? []).flatMap(({ path, title, hint }) => [path, title, hint])].join(' ')
    expect(said).toMatch(/east|west|middle/)
    expect(said).not.toMatch(/tb[0-9a-v]{18}/)
  })

  it('refuses a vNet that is gone', () => {
    expect(() => planned(vpnOf('one', east, middle), [], [east])).toThrow('vNet middle does not exist any more')
  })
})
