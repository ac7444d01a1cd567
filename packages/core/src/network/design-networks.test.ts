import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Cidr } from '../address/cidr.ts'
import { findOverlaps } from '../address/overlap.ts'
import { designNetworks, type NetworksInput } from './design-networks.ts'
import { sampleClouds, sampleFacts } from './network-facts.fixture.ts'
import type { WantedNetwork } from './size-network.ts'
import { validateNetwork } from './validate-network.ts'

function wanted(name: string, hosts: number[], more: Partial<WantedNetwork> = {}): WantedNetwork {
  return { name, subnets: hosts.map((count, index) => ({ name: `subnet-${index}`, hosts: count })), ...more }
}

function lines(input: NetworksInput): string[] {
  const design = designNetworks(input)
  if ('findings' in design) return design.findings.map((item) => `${item.code} ${item.path}`)
  return [`all ${design.supernet ?? '-'}`, ...design.networks.flatMap((network) => [`${network.name} ${network.cidr}`, ...network.subnets.map((subnet) => `- ${subnet.name} ${subnet.cidr}`)])]
}

const gatewayFacts = sampleFacts({ network: { min: 8, max: 29 }, subnet: { min: 8, max: 29 }, gatewaySubnet: { name: 'GatewaySubnet', maxPrefix: 27 } })

const cases: [behaviour: string, input: NetworksInput, expected: string[]][] = [
  ['gives every subnet room for its own hosts, not an average', { networks: [wanted('a', [130, 130, 130])] },
    ['all 10.0.0.0/22', 'a 10.0.0.0/22', '- subnet-0 10.0.0.0/24', '- subnet-1 10.0.1.0/24', '- subnet-2 10.0.2.0/24']],
  ['keeps a large network behind a small one aligned', { networks: [wanted('small', [50]), wanted('large', [1000])] },
    ['all 10.0.0.0/21', 'small 10.0.4.0/26', '- subnet-0 10.0.4.0/26', 'large 10.0.0.0/22', '- subnet-0 10.0.0.0/22']],
  ['packs subnets of different sizes without gaps', { networks: [wanted('a', [10, 200, 50])] },
    ['all 10.0.0.0/23', 'a 10.0.0.0/23', '- subnet-0 10.0.1.64/28', '- subnet-1 10.0.0.0/24', '- subnet-2 10.0.1.0/26']],
  ['stays inside the private network that is wanted', { supernet: Cidr.of('192.168.7.0/24'), networks: [wanted('a', [100]), wanted('b', [100])] },
    ['all 192.168.7.0/24', 'a 192.168.7.0/25', '- subnet-0 192.168.7.0/25', 'b 192.168.7.128/25', '- subnet-0 192.168.7.128/25']],
  ['fills the end of the address space', { supernet: Cidr.of('255.255.255.0/24'), networks: [wanted('a', [100]), wanted('b', [100])] },
    ['all 255.255.255.0/24', 'a 255.255.255.0/25', '- subnet-0 255.255.255.0/25', 'b 255.255.255.128/25', '- subnet-0 255.255.255.128/25']],
  ['names the networks that do not fit', { supernet: Cidr.of('192.168.7.0/24'), networks: [wanted('a', [100]), wanted('b', [60]), wanted('c', [100]), wanted('d', [10])] },
    ['ADDRESS_SPACE_EXHAUSTED networks[1]', 'ADDRESS_SPACE_EXHAUSTED networks[3]']],
  ['counts the addresses that each cloud keeps', { networks: [wanted('a', [251, 252], { facts: sampleFacts() })] },
    ['all 10.0.0.0/22', 'a 10.0.0.0/22', '- subnet-0 10.0.2.0/24', '- subnet-1 10.0.0.0/23']],
  ['makes subnets and networks as large as the cloud asks for', { networks: [wanted('a', [1], { facts: sampleFacts({ subnet: { min: 16, max: 26 }, network: { min: 16, max: 25 } }) })] },
    ['all 10.0.0.0/25', 'a 10.0.0.0/25', '- subnet-0 10.0.0.0/26']],
  ['adds the gateway subnet that a cloud needs', { networks: [wanted('a', [100], { facts: gatewayFacts, needsGatewaySubnet: true })] },
    ['all 10.0.0.0/24', 'a 10.0.0.0/24', '- subnet-0 10.0.0.0/25', '- GatewaySubnet 10.0.0.224/27']],
  ['stays clear of what a cloud keeps to itself', { supernet: Cidr.of('172.16.0.0/15'), networks: [wanted('free', [60_000]), wanted('bound', [60_000], { facts: sampleFacts() })] },
    ['all 172.16.0.0/15', 'free 172.17.0.0/16', '- subnet-0 172.17.0.0/16', 'bound 172.16.0.0/16', '- subnet-0 172.16.0.0/16']],
  ['stays clear of networks that exist already', { taken: [Cidr.of('10.0.0.0/9')], networks: [wanted('a', [100])] },
    ['all 10.128.0.0/25', 'a 10.128.0.0/25', '- subnet-0 10.128.0.0/25']],
  ['goes on into the next private range and then has no cover', { networks: [wanted('a', [2 ** 24 - 2]), wanted('b', [100])] },
    ['all -', 'a 10.0.0.0/8', '- subnet-0 10.0.0.0/8', 'b 172.16.0.0/25', '- subnet-0 172.16.0.0/25']],
  ['designs IPv6 where that is the private network', { supernet: Cidr.of('fd00::/112'), networks: [wanted('a', [255])] },
    ['all fd00::/120', 'a fd00::/120', '- subnet-0 fd00::/120']],
  ['has no place where the cloud accepts nothing of the private network', { supernet: Cidr.of('fd00::/48'), networks: [wanted('a', [10], { facts: sampleFacts() })] },
    ['ADDRESS_SPACE_EXHAUSTED networks[0]']],
  ['says of every network what cannot be', { path: 'body', networks: [wanted('none', []), wanted('zero', [0, 10, 1.5]), wanted('huge', [100_000], { facts: sampleFacts() }), wanted('many', [60_000, 60_000], { facts: sampleFacts() }), { name: 'twice', subnets: [{ name: 'x', hosts: 1 }, { name: 'x', hosts: 1 }] }] },
    ['SUBNET_MISSING body.networks[0].subnets', 'ORDER_INVALID body.networks[1].subnets[0].hosts', 'ORDER_INVALID body.networks[1].subnets[2].hosts', 'PREFIX_LENGTH body.networks[2].subnets[0].hosts', 'PREFIX_LENGTH body.networks[3]', 'SUBNET_DUPLICATE_NAME body.networks[4].subnets[1].name']],
  ['refuses a workload subnet with the name of the gateway subnet', { networks: [{ name: 'a', subnets: [{ name: 'gatewaysubnet', hosts: 1 }], facts: gatewayFacts }] },
    ['GATEWAY_SUBNET_NAME networks[0].subnets[0].name']],
  ['refuses a design nobody could read', { networks: Array.from({ length: 1001 }, (_, index) => wanted(`n${index}`, [1])) }, ['ORDER_INVALID networks']],
  ['designs nothing for no network', { networks: [] }, ['all -']],
]

describe('designNetworks', () => {
  test.each(cases)('%s', (_, input, expected) => {
    expect(lines(input)).toEqual(expected)
  })

  it('deals zones in turn where subnets live in one', () => {
    const design = designNetworks({ networks: [wanted('a', [10, 10, 10], { facts: sampleFacts(), zones: ['z1', 'z2'] })] })
    expect('networks' in design && design.networks[0]?.subnets.map((subnet) => subnet.zone)).toEqual(['z1', 'z2', 'z1'])
  })

  const clouds = fc.constantFrom(undefined, ...sampleClouds)
  const network = fc.tuple(clouds, fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }), fc.boolean())
  const supernets = fc.constantFrom(undefined, Cidr.of('10.0.0.0/14'), Cidr.of('172.16.0.0/15'), Cidr.of('10.9.0.0/20'))

  it('makes designs that every cloud accepts, that do not overlap and that hold all hosts', () => {
    fc.assert(fc.property(fc.array(network, { minLength: 1, maxLength: 8 }), supernets, (networks, supernet) => {
      const asked = networks.map(([rules, hosts, needsGatewaySubnet], index): WantedNetwork => (
        wanted(`n${index}`, hosts, { needsGatewaySubnet, zones: ['north-1a', 'north-1b'], ...(rules ? { facts: sampleFacts(rules) } : {}) })
      ))
      const design = designNetworks({ supernet, networks: asked })
      if ('findings' in design) return
      expect(findOverlaps(design.networks.map((item) => item.cidr))).toEqual([])
      for (const [index, { cidr, subnets }] of design.networks.entries()) {
        const { facts, needsGatewaySubnet = false, subnets: hosts } = asked[index] ?? wanted('', [])
        if (supernet) expect(supernet.contains(cidr)).toBe(true)
        if (design.supernet) expect(design.supernet.contains(cidr)).toBe(true)
        const rules = facts ?? sampleFacts({ network: { min: 0, max: 32 }, subnet: { min: 0, max: 32 }, reservedAddresses: 2, reserved: [], scope: 'region' })
        expect(validateNetwork({ path: '', facts: rules, region: 'north-1', cidrs: [cidr], subnets, needsGatewaySubnet, cloudTitle: 'Acme' })).toEqual([])
        for (const [position, { hosts: count }] of hosts.entries()) {
          expect(Number(subnets[position]?.cidr.size) - rules.subnet.reservedAddresses.value).toBeGreaterThanOrEqual(count)
        }
      }
    }))
  })

  it('fits whatever the sizes allow', () => {
    // A tree of halves: cut a block at random until the leaves are the networks, then ask for them in any order.
    const cuts = fc.array(fc.nat(30), { maxLength: 12 })
    fc.assert(fc.property(cuts, fc.infiniteStream(fc.nat()), (positions, noise) => {
      const leaves = [16]
      for (const position of positions) {
        const index = position % leaves.length
        const prefix = leaves[index] ?? 16
        if (prefix < 29) leaves.splice(index, 1, prefix + 1, prefix + 1)
      }
      const shuffled = leaves.map((prefix) => ({ prefix, key: noise.next().value })).sort((a, b) => a.key - b.key)
      const design = designNetworks({ supernet: Cidr.of('10.7.0.0/16'), networks: shuffled.map(({ prefix }, index) => wanted(`n${index}`, [2 ** (32 - prefix) - 2])) })
      expect('networks' in design && design.networks.map((item) => item.cidr.prefix)).toEqual(shuffled.map(({ prefix }) => prefix))
    }))
  })
})
