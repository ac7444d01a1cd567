import { resourceSetOf, type NetworkView, type ResourceView } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { adoptedIds } from '../test/adopted.ts'
import { existing } from './lookup.ts'
import { networks } from './networks.ts'
import { openstackOptions } from './options.ts'

const id = `${adoptedIds.network}/${adoptedIds.router}`
const data = (type: string, name: string, values: Readonly<Record<string, unknown>>): ResourceView => ({ address: `data.openstack_networking_${type}_v2.${name}`, type: `data.openstack_networking_${type}_v2`, name, values })

const found = (router: Readonly<Record<string, unknown>> = { external_network_id: 'public' }, cidrs: readonly string[] = ['10.72.1.0/24', '10.72.0.0/24', '2001:db8::/64']): NetworkView | undefined => networks(resourceSetOf([
  data('network', 'old', { id: adoptedIds.network, name: 'legacy' }),
  data('network', 'old--external', { id: 'public', name: 'public', external: true }),
  ...cidrs.map((cidr, index) => data('subnet', `old[${index}]`, { id: `subnet-${index}`, name: `net-${index}`, cidr, network_id: adoptedIds.network })),
  data('router', 'old', { id: adoptedIds.router, ...router }),
]))[0]

describe('lookup', () => {
  it('finds a network, its subnets and its router, and makes nothing', () => {
    const { resources } = existing.lookup({ name: 'old', region: 'RegionOne', id, options: openstackOptions.parse({}) })
    expect(resources.map(({ mode, type, body }) => [mode, type, Object.keys(body)])).toEqual([
      ['data', 'openstack_networking_network_v2', ['network_id']],
      ['data', 'openstack_networking_router_v2', ['router_id']],
      ['data', 'openstack_networking_subnet_v2', ['subnet_id']],
    ])
    expect(resources.map(({ body }) => body['network_id'] ?? body['router_id'])).toEqual([adoptedIds.network, adoptedIds.router, undefined])
  })

  it.each([[id, true], [adoptedIds.network, false], ['legacy/edge', false]])('takes %s for an id: %s', (text, expected) => {
    expect(existing.id.pattern.test(text)).toBe(expected)
  })
})

describe('adopt', () => {
  const adopted = (view: NetworkView | undefined) => (view ? existing.adopt(view) : undefined)

  it('uses the IPv4 subnets, and not the external network that the router has', () => {
    expect(adopted(found())).toEqual({
      ok: true,
      site: {
        cidrs: ['10.72.0.0/24', '10.72.1.0/24'],
        subnets: [{ name: 'net-1', cidr: '10.72.0.0/24', purpose: 'workload' }, { name: 'net-0', cidr: '10.72.1.0/24', purpose: 'workload' }],
        existing: { network: adoptedIds.network, router: adoptedIds.router, subnets: ['subnet-1', 'subnet-0'] },
      },
    })
  })

  it.each([
    ['a router without an external gateway', found({ external_network_id: '' }), /without an external gateway/],
    ['no IPv4 subnet', found({ external_network_id: 'public' }, ['2001:db8::/64']), /no IPv4 subnet/],
    ['an unknown router', found({ id: null }), /no id yet/],
  ])('refuses a network with %s', (_, view, title) => {
    const answer = adopted(view)
    expect(answer?.ok).toBe(false)
    expect(answer && 'findings' in answer ? answer.findings[0]?.title : '').toMatch(title)
  })
})
