import { ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { adoptedIds } from '../test/adopted.ts'
import { siteWith } from '../test/samples.ts'
import { network } from './network.ts'

const addresses = (site: ReturnType<typeof siteWith>): string[] => network(site).resources.map(({ mode, type, name }) => `${mode === 'data' ? 'data.' : ''}${type}.${name}`)
const router = (site: ReturnType<typeof siteWith>): unknown => network(site).resources.find(({ type }) => type === 'openstack_networking_router_v2')?.body

describe('network', () => {
  it('makes a network, its subnets, and a router that all of them are attached to', () => {
    expect(addresses(siteWith())).toEqual([
      'openstack_networking_network_v2.north',
      'openstack_networking_subnet_v2.north--data',
      'openstack_networking_subnet_v2.north--apps',
      'data.openstack_networking_network_v2.north--external',
      'openstack_networking_router_v2.north',
      'openstack_networking_router_interface_v2.north--data',
      'openstack_networking_router_interface_v2.north--apps',
    ])
  })

  it('exports subnets by way of their interfaces, so that nobody uses one before it is attached', () => {
    expect(network(siteWith()).exports).toEqual({
      network_id: ref('openstack_networking_network_v2.north', 'id'),
      router_id: ref('openstack_networking_router_v2.north', 'id'),
      subnet_ids: ['apps', 'data'].map((name) => ref(`openstack_networking_router_interface_v2.north--${name}`, 'subnet_id')),
    })
  })

  it('makes no router for a site that nobody links', () => {
    const { resources, exports } = network(siteWith({}, { unlinked: true }))
    expect(resources).toHaveLength(3)
    expect(exports).not.toHaveProperty('router_id')
  })

  it.each([
    ['the only external network there is', {}, { external: true }],
    ['the external network of a name', { externalNetwork: 'public' }, { external: true, name: 'public' }],
  ])('looks up %s', (_, options, body) => {
    const site = siteWith(options)
    expect(network(site).resources.find(({ mode }) => mode === 'data')?.body).toEqual(body)
    expect(router(site)).toMatchObject({ external_network_id: ref('data.openstack_networking_network_v2.north--external', 'id') })
  })

  it('takes an id of an external network as it is', () => {
    const site = siteWith({ externalNetwork: adoptedIds.network })
    expect(network(site).resources.filter(({ mode }) => mode === 'data')).toEqual([])
    expect(router(site)).toMatchObject({ external_network_id: adoptedIds.network })
  })

  it('makes nothing where a network exists', () => {
    expect(network(siteWith({ existing: adoptedIds }))).toEqual({
      resources: [], exports: { network_id: adoptedIds.network, router_id: adoptedIds.router, subnet_ids: adoptedIds.subnets },
    })
  })

  it('makes a router where the network that exists has none, and attaches the subnets', () => {
    const { network: id, subnets } = adoptedIds
    const site = siteWith({ existing: { network: id, subnets }, externalNetwork: 'public' })
    const attached = `openstack_networking_router_interface_v2.north--${subnets[0]}`
    expect(addresses(site)).toEqual(['data.openstack_networking_network_v2.north--external', 'openstack_networking_router_v2.north', attached])
    expect(network(site).exports).toEqual({ network_id: id, router_id: ref('openstack_networking_router_v2.north', 'id'), subnet_ids: [ref(attached, 'subnet_id')] })
    expect(network(siteWith({ existing: { network: id, subnets } }, { unlinked: true }))).toEqual({ resources: [], exports: { network_id: id, subnet_ids: subnets } })
  })

  it('tags what can be tagged', () => {
    const tagged = network(siteWith({ tags: ['team:network'] })).resources.filter(({ body }) => 'tags' in body).map(({ type }) => type)
    expect(new Set(tagged)).toEqual(new Set(['openstack_networking_network_v2', 'openstack_networking_subnet_v2', 'openstack_networking_router_v2']))
  })
})
