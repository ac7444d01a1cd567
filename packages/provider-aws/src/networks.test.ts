import { Cidr, resourceSetOf, type NetworkView, type Site } from '@isthmus/core'
import { networksOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { aws, type AwsOptions } from './index.ts'

const site = (change: Partial<Site<AwsOptions>> = {}): Site<AwsOptions> => siteWith({}, { cidrs: [Cidr.of('10.1.0.0/16'), Cidr.of('10.9.0.0/16')], ...change })
const read = (from: Site<AwsOptions>): NetworkView[] => networksOf(aws, from)

describe('networks read back', () => {
  it('are what was written, with tokens for ids before anything is applied', () => {
    const [view, ...more] = read(site())
    expect(more).toEqual([])
    expect(view).toMatchObject({ cloud: 'aws', site: 'south', address: 'aws_vpc.south', name: 'mesh-south', id: { token: 'aws_vpc.south.id' }, cidrs: ['10.1.0.0/16', '10.9.0.0/16'] })
    expect(view?.subnets.map(({ name, cidr, zone }) => [name, cidr, zone])).toEqual([['apps', '10.1.0.0/24', 'ap-northeast-2a'], ['data', '10.1.1.0/24', 'ap-northeast-2a'], ['more', '10.1.2.0/24', 'ap-northeast-2b']])
  })

  it('are none in a set without any', () => {
    expect(aws.networks(resourceSetOf([]))).toEqual([])
  })
})
