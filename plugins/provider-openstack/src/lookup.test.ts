import { resourceSetOf, type NetworkView, type ResourceView } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { adoptedIds } from '../test/adopted.ts'
import { existing } from './lookup.ts'
import { networks } from './networks.ts'
import { openstackOptions } from './options.ts'

const { network, router } = adoptedIds
const [subnet = ''] = adoptedIds.subnets
const lookup = (id: string) => existing.lookup({ name: 'old', region: 'RegionOne', id, options: openstackOptions.parse({}) }).resources
const data = (type: string, name: string, values: Readonly<Record<string, unknown>>, index = ''): ResourceView => ({ address: `data.openstack_networking_${type}_v2.${name}${index}`, type: `data.openstack_networking_${type}_v2`, name, values })

/** Look-ups of the routers of one kind. */
const ofKind = ['port_ids', 'port', 'router'] as const
const ports = [...ofKind, ...ofKind, ...ofKind]

/** Routers by id: their external network, and the subnets that they have an address in. */
type Routers = Readonly<Record<string, readonly [external: string, ...subnets: number[]]>>

/** The network as a look-up by its id found it. */
function found(routers: Routers = { [router]: ['public', 0, 1] }, cidrs: readonly string[] = ['10.72.1.0/24', '10.72.0.0/24', '2001:db8::/64'], id: string | null = network): NetworkView | undefined {
  const ports = Object.entries(routers).flatMap(([device_id, [, ...subnets]]) => subnets.map((index) => data('port', 'old--plain', { device_id, all_fixed_ips: [String(cidrs[index]).replace(/0\/24$/, '1')] }, `["${device_id}-${index}"]`)))
  return networks(resourceSetOf([
    data('subnet', 'old--asked', { id: 'subnet-0', name: 'net-0', cidr: cidrs[0], network_id: network }),
    data('network', 'old', { id, name: 'legacy' }),
    data('network', 'old--external', { id: 'public', name: 'public', external: true }),
    ...cidrs.map((cidr, index) => data('subnet', 'old', { id: `subnet-${index}`, name: `net-${index}`, cidr, network_id: network }, `["subnet-${index}"]`)),
    ...ports,
    ...Object.entries(routers).map(([id, [external]]) => data('router', 'old--plain', { id, external_network_id: external }, `["${id}"]`)),
  ]))[0]
}

/** The network as a look-up of it together with its router found it. */
const foundWith = (external: string): NetworkView | undefined => networks(resourceSetOf([
  data('network', 'old', { id: network, name: 'legacy' }),
  data('subnet', 'old', { id: 'subnet-0', name: 'net-0', cidr: '10.72.0.0/24', network_id: network }, '["subnet-0"]'),
  data('router', 'old', { id: router, external_network_id: external }),
]))[0]

describe('lookup', () => {
  it.each([
    ['by its id', network, ['network', 'subnet', ...ports]],
    ['with the router to use', `${network}/${router}`, ['network', 'subnet', 'router']],
    ['by one of its subnets', `subnet/${subnet}`, ['subnet', 'network', 'subnet', ...ports]],
  ])('finds a network %s, and makes nothing', (_, id, nouns) => {
    expect(lookup(id).map(({ mode, type }) => [mode, type])).toEqual(nouns.map((noun) => ['data', `openstack_networking_${noun}_v2`]))
  })

  it('looks for routers of every kind', () => {
    expect(lookup(network).flatMap(({ body }) => body['device_owner'] ?? [])).toEqual(['network:router_interface', 'network:router_interface_distributed', 'network:ha_router_replicated_interface'])
  })

  it.each([[network, true], [`${network}/${router}`, true], [`subnet/${subnet}`, true], [`subnet/${subnet}/${router}`, false], ['legacy/edge', false], [`${network}/`, false]])('takes %s for an id: %s', (text, expected) => {
    expect(existing.id.pattern.test(text)).toBe(expected)
  })
})

describe('adopt', () => {
  const adopted = (view: NetworkView | undefined) => (view ? existing.adopt(view) : undefined)
  const site = (view: NetworkView | undefined): unknown => {
    const answer = adopted(view)
    return answer?.ok ? answer.site['existing'] : answer
  }

  it('uses the IPv4 subnets, and not the external network that the router has', () => {
    expect(adopted(found())).toEqual({
      ok: true,
      site: {
        cidrs: ['10.72.0.0/24', '10.72.1.0/24'],
        subnets: [{ name: 'net-1', cidr: '10.72.0.0/24', purpose: 'workload' }, { name: 'net-0', cidr: '10.72.1.0/24', purpose: 'workload' }],
        existing: { network, router, subnets: ['subnet-1', 'subnet-0'] },
      },
    })
  })

  it('leaves out subnets that are not attached to the router, and routers that lead nowhere', () => {
    expect(site(found({ inward: ['', 0], [router]: ['public', 1], behind: ['', 1] }))).toEqual({ network, router, subnets: ['subnet-1'] })
  })

  it('leaves the router to the order where the network has none', () => {
    expect(site(found({}))).toEqual({ network, subnets: ['subnet-1', 'subnet-0'] })
  })

  it('takes the router that it was told to', () => {
    expect(site(foundWith('public'))).toEqual({ network, router, subnets: ['subnet-0'] })
  })

  it.each([
    ['a router without an external gateway', found({ [router]: ['', 0] }), /without an external gateway/],
    ['such a router that was named', foundWith(''), /without an external gateway/],
    ['several routers to the outside', found({ one: ['public', 0], two: ['public', 1] }), /2 routers with an external gateway/],
    ['no IPv4 subnet', found({}, ['2001:db8::/64']), /no IPv4 subnet/],
    ['no IPv4 subnet at its router', found({ [router]: ['public'], [`${router}-2`]: ['', 0, 1] }), /no IPv4 subnet/],
    ['no id yet', found({}, ['10.72.0.0/24'], null), /no id yet/],
  ])('refuses a network with %s', (_, view, title) => {
    const answer = adopted(view)
    expect(answer?.ok).toBe(false)
    expect(answer && 'findings' in answer ? answer.findings[0]?.title : '').toMatch(title)
  })
})
