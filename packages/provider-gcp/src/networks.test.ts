import { resourceSetOf, type NetworkView, type Site } from '@isthmus/core'
import { networksOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { sampleSite } from '../test/samples.ts'
import { gcp, type GcpOptions } from './index.ts'

const site = (change: Partial<Site<GcpOptions>> = {}): Site<GcpOptions> => sampleSite(change)
const read = (from: Site<GcpOptions>): NetworkView[] => networksOf(gcp, from)

describe('networks read back', () => {
  it('are what was written, with tokens for ids before anything is applied', () => {
    const [view, ...more] = read(site())
    expect(more).toEqual([])
    expect(view).toMatchObject({ cloud: 'gcp', site: 'south', address: 'google_compute_network.south', name: 'mesh-south', id: { token: 'google_compute_network.south.id' }, cidrs: ['10.10.1.0/24', '10.10.2.0/24'] })
    expect(view?.subnets.map(({ name, cidr, zone }) => [name, cidr, zone])).toEqual([['apps', '10.10.1.0/24', undefined], ['data', '10.10.2.0/24', undefined]])
  })

  it('are none in a set without any', () => {
    expect(gcp.networks(resourceSetOf([]))).toEqual([])
  })
})
