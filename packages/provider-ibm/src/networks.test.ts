import { resourceSetOf, type NetworkView, type Site } from '@isthmus/core'
import { networksOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { ibm, type IbmOptions } from './index.ts'

const site = (change: Partial<Site<IbmOptions>> = {}): Site<IbmOptions> => siteWith({}, change)
const read = (from: Site<IbmOptions>): NetworkView[] => networksOf(ibm, from)

describe('networks read back', () => {
  it('are what was written, with tokens for ids before anything is applied', () => {
    const [view, ...more] = read(site())
    expect(more).toEqual([])
    expect(view).toMatchObject({ cloud: 'ibm', site: 'north', address: 'ibm_is_vpc.north', name: 'mesh-north', id: { token: 'ibm_is_vpc.north.id' }, cidrs: ['10.1.0.0/24', '10.1.1.0/24', '10.1.255.0/27'] })
    expect(view?.subnets.map(({ name, cidr, zone }) => [name, cidr, zone])).toEqual([['apps', '10.1.0.0/24', 'jp-tok-1'], ['data', '10.1.1.0/24', 'jp-tok-2'], ['gateway', '10.1.255.0/27', 'jp-tok-1']])
  })

  it('need no subnet for a gateway where no link ends', () => {
    const subnets = site().subnets.filter(({ purpose }) => purpose === 'workload')
    expect(read(site({ subnets, unlinked: true }))[0]?.subnets.map(({ name }) => name)).toEqual(['apps', 'data'])
    expect(() => read(site({ subnets }))).toThrow(expect.objectContaining({ code: 'CONTRACT_BROKEN' }))
  })

  it('are none in a set without any', () => {
    expect(ibm.networks(resourceSetOf([]))).toEqual([])
  })
})
