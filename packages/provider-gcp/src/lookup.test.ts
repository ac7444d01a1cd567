import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { siteOf } from '@isthmus/provider-kit/samples'
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

it.each(['My', 'projects/p/regions/r/subnetworks/x'])('has an id that cannot be %s', (id) => {
  expect(id).not.toMatch(existing.id.pattern)
})

it.each([
  ['old', { name: 'old' }],
  ['projects/p/global/networks/old', { name: 'old', project: 'p' }],
  ['https://www.googleapis.com/compute/v1/projects/p/global/networks/old', { name: 'old', project: 'p' }],
])('is looked up by the id %s in the project that it names', (id, body) => {
  expect(id).toMatch(existing.id.pattern)
  expect(existing.lookup({ name: 'own', region: 'r', id, options: {} }).resources[0]?.body).toEqual(body)
})

it('is read back from the state of a look-up', () => {
  expect(gcp.networks(resourceSetOf(state))).toEqual([view])
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const site = {
      cidrs: ['10.1.1.0/24', '10.1.2.0/24'],
      subnets: [{ name: 'a', cidr: '10.1.1.0/24', purpose: 'workload' }, { name: 'b', cidr: '10.1.2.0/24', purpose: 'workload' }],
      existing: { network: 'projects/p/global/networks/old', subnetworks: [link('a'), link('b')] },
    }
    expect(adopted()).toEqual({ ok: true, site })
    expect(() => siteOf(gcp, 'own', { region: 'asia-northeast3', ...site })).not.toThrow()
  })

  it('needs a subnetwork', () => {
    expect(adopted({ subnets: [] })).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', title: 'the network old has no subnetwork.' }] })
  })
})
