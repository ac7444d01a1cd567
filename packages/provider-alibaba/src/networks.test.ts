import { Cidr, resourceSetOf, type NetworkView, type Site } from '@isthmus/core'
import { networksOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { alibaba, type AlibabaOptions } from './index.ts'

const site = (change: Partial<Site<AlibabaOptions>> = {}): Site<AlibabaOptions> => siteWith({}, { cidrs: [Cidr.of('10.4.0.0/16'), Cidr.of('10.9.0.0/16')], ...change })
const read = (from: Site<AlibabaOptions>): NetworkView[] => networksOf(alibaba, from)

describe('networks read back', () => {
  it('are what was written, with tokens for ids before anything is applied', () => {
    const [view, ...more] = read(site())
    expect(more).toEqual([])
    expect(view).toMatchObject({ cloud: 'alibaba', site: 'north', address: 'alicloud_vpc.north', name: 'mesh-north', id: { token: 'alicloud_vpc.north.id' }, cidrs: ['10.4.0.0/16', '10.9.0.0/16'] })
    expect(view?.subnets.map(({ name, cidr, zone }) => [name, cidr, zone])).toEqual([['workload-a', '10.4.0.0/18', 'ap-northeast-1a'], ['workload-b', '10.4.64.0/18', 'ap-northeast-1b']])
  })

  const oneZone = [{ name: 'apps', cidr: Cidr.of('10.4.0.0/24'), zone: 'ap-northeast-1a', purpose: 'workload' as const }]

  it('show the vSwitch that only the gateway uses as that', () => {
    expect(read(site({ subnets: oneZone }))[0]?.subnets.map(({ name, purpose }) => [name, purpose])).toEqual([['apps', undefined], ['vpn', 'gateway']])
  })

  it('have no such vSwitch where no link ends', () => {
    expect(read(site({ subnets: oneZone, unlinked: true }))[0]?.subnets.map(({ name }) => name)).toEqual(['apps'])
  })

  it('are none in a set without any', () => {
    expect(alibaba.networks(resourceSetOf([]))).toEqual([])
  })
})
