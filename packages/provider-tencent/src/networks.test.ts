import { Cidr, resourceSetOf, type NetworkView, type Site } from '@isthmus/core'
import { networksOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { sampleSite } from '../test/samples.ts'
import { tencent, type TencentOptions } from './index.ts'

const site = (change: Partial<Site<TencentOptions>> = {}): Site<TencentOptions> => sampleSite({}, { cidrs: [Cidr.of('10.10.0.0/16'), Cidr.of('10.9.0.0/16')], ...change })
const read = (from: Site<TencentOptions>): NetworkView[] => networksOf(tencent, from)

describe('networks read back', () => {
  it('are what was written, with tokens for ids before anything is applied', () => {
    const [view, ...more] = read(site())
    expect(more).toEqual([])
    expect(view).toMatchObject({ cloud: 'tencent', site: 'south', address: 'tencentcloud_vpc.south', name: 'mesh-south', id: { token: 'tencentcloud_vpc.south.id' }, cidrs: ['10.10.0.0/16', '10.9.0.0/16'] })
    expect(view?.subnets.map(({ name, cidr, zone }) => [name, cidr, zone])).toEqual([['apps', '10.10.1.0/24', 'ap-seoul-2'], ['data', '10.10.2.0/24', 'ap-seoul-1']])
  })

  it('are none in a set without any', () => {
    expect(tencent.networks(resourceSetOf([]))).toEqual([])
  })
})
