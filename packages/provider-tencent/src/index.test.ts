import { isHub, planOrder } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { sampleSite } from '../test/samples.ts'
import { tencent } from './index.ts'

describe('the provider', () => {
  it('is a hub of this contract', () => {
    expect(tencent).toMatchObject({ id: 'tencent', apiVersion: 1, environment: ['TENCENTCLOUD_'] })
    expect(isHub(tencent)).toBe(true)
  })

  it('configures a site with its region', () => {
    expect(tencent.use(sampleSite())).toEqual({ name: 'tencentcloud', source: 'tencentcloudstack/tencentcloud', version: '~> 1.83.25', configuration: { region: 'ap-seoul' } })
  })

  it('links two of its own, each gateway with one tunnel under BGP', () => {
    const site = (cidr: string) => ({ cloud: 'tencent', region: 'ap-seoul', cidr })
    const plan = planOrder({ name: 'mesh', sites: { north: site('10.1.0.0/16'), south: site('10.2.0.0/16') } }, { providers: [tencent] })
    expect(plan.ok && plan.deals.map(({ routing, tunnels }) => [routing, tunnels.map(({ id }) => id)])).toEqual([['bgp', ['00', '11']]])
  })
})
