import { ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { network } from './network.ts'
import { sampleSite } from '../test/samples.ts'

describe('the network of a site in Google Cloud', () => {
  it('is a custom network with one regional subnetwork per workload subnet', () => {
    const made = network(sampleSite())
    expect(made.resources.map(({ type, name }) => `${type}.${name}`)).toEqual([
      'google_compute_network.south',
      'google_compute_subnetwork.south--apps',
      'google_compute_subnetwork.south--data',
    ])
    expect(made.resources[0]?.body).toEqual({ name: 'mesh-south', auto_create_subnetworks: false, routing_mode: 'GLOBAL' })
    expect(made.resources[2]?.body).toEqual({
      name: 'mesh-south--data',
      network: ref('google_compute_network.south', 'id'),
      region: 'asia-northeast3',
      ip_cidr_range: '10.10.2.0/24',
    })
  })

  it('stands for an existing network without making one', () => {
    const made = network(sampleSite({ options: { existing: { network: 'projects/host/global/networks/shared' } } }))
    expect(made).toEqual({ resources: [], exports: { network_id: 'projects/host/global/networks/shared', network_name: 'shared' } })
  })

  it('looks existing subnetworks up', () => {
    const link = 'projects/host/regions/asia-northeast3/subnetworks/data'
    const made = network(sampleSite({ options: { existing: { network: 'shared', subnetworks: ['apps', link] } } }))
    expect(made.resources).toEqual([
      { type: 'google_compute_subnetwork', name: 'south--apps', mode: 'data', body: { name: 'apps', region: 'asia-northeast3' } },
      { type: 'google_compute_subnetwork', name: 'south--data', mode: 'data', body: { self_link: link } },
    ])
  })
})
