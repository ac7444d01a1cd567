import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { lookUp, siteOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { gcp } from './index.ts'
import { existing } from './lookup.ts'

const link = (name: string): string => `https://www.googleapis.com/compute/v1/projects/p/regions/r/subnetworks/${name}`
const state = [
  { address: 'data.google_compute_network.own', type: 'data.google_compute_network', name: 'own', values: { id: 'projects/p/global/networks/old', name: 'old', self_link: 'https://www.googleapis.com/compute/v1/projects/p/global/networks/old' } },
  { address: 'data.google_compute_subnetwork.own["b"]', type: 'data.google_compute_subnetwork', name: 'own', values: { id: 'projects/p/regions/r/subnetworks/b', name: null, self_link: link('b'), ip_cidr_range: '10.1.2.0/24', network: 'https://www.googleapis.com/compute/v1/projects/p/global/networks/old' } },
  { address: 'data.google_compute_subnetwork.own["a"]', type: 'data.google_compute_subnetwork', name: 'own', values: { id: 'projects/p/regions/r/subnetworks/a', name: 'a', self_link: link('a'), ip_cidr_range: '10.1.1.0/24', network: 'https://www.googleapis.com/compute/v1/projects/p/global/networks/old' } },
]

const view: NetworkView = {
  cloud: 'gcp', site: 'own', address: 'data.google_compute_network.own', id: 'projects/p/global/networks/old', name: 'old', cidrs: ['10.1.1.0/24', '10.1.2.0/24'],
  subnets: [{ name: 'a', id: 'projects/p/regions/r/subnetworks/a', cidr: '10.1.1.0/24' }, { name: 'b', id: 'projects/p/regions/r/subnetworks/b', cidr: '10.1.2.0/24' }],
  details: { subnetworks: [link('a'), link('b')] },
}

describe('an id', () => {
  it.each(['my-net', 'projects/p/global/networks/my-net', 'https://www.googleapis.com/compute/v1/projects/p/global/networks/my-net'])('can be %s', (id) => {
    expect(id).toMatch(existing.id.pattern)
  })

  it.each(['', 'My', 'projects/p/regions/r/subnetworks/x'])('cannot be %s', (id) => {
    expect(id).not.toMatch(existing.id.pattern)
  })
})

describe('a look-up', () => {
  const { fragment, stacks, types } = lookUp(gcp, 'asia-northeast3', 'projects/p/global/networks/old')

  it('composes into the stack of a network, with data sources alone', () => {
    expect(stacks).toEqual(['network-own'])
    expect(types).toEqual(['data.google_compute_network', 'data.google_compute_subnetwork'])
  })

  it('is read back from a state', () => {
    expect(gcp.networks(resourceSetOf(state))).toEqual([view])
  })

  it('asks in the project that the id names', () => {
    expect(fragment.resources[0]?.body).toEqual({ name: 'old', project: 'p' })
    expect(existing.lookup({ name: 'own', region: 'r', id: 'old', options: {} }).resources[0]?.body).toEqual({ name: 'old' })
  })
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const result = adopted()
    expect(result).toEqual({ ok: true, site: {
      cidrs: ['10.1.1.0/24', '10.1.2.0/24'],
      subnets: [{ name: 'a', cidr: '10.1.1.0/24', purpose: 'workload' }, { name: 'b', cidr: '10.1.2.0/24', purpose: 'workload' }],
      existing: { network: 'projects/p/global/networks/old', subnetworks: [link('a'), link('b')] },
    } })
    expect(() => siteOf(gcp, 'own', { region: 'asia-northeast3', ...(result.ok ? result.site : {}) })).not.toThrow()
  })

  it('must be there', () => {
    expect(adopted({ id: { token: 'gcp.own.id' } })).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', hint: 'apply its stack first.' }] })
  })

  it('needs a subnetwork', () => {
    expect(adopted({ subnets: [] })).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', title: 'the network old has no subnetwork.' }] })
  })
})
