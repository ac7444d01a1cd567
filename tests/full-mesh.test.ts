import { planOrder, type Plan } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { cloudSite, siteOfEachCloud } from './cloud-pairs.ts'
import { planned, proofOf, providers } from './orders.ts'

const sites = siteOfEachCloud()
const connections: Readonly<Record<string, string>> = {
  alibaba: 'alicloud_vpn_connection', aws: 'aws_vpn_connection', azure: 'azurerm_virtual_network_gateway_connection', ibm: 'ibm_is_vpn_gateway_connection',
}

/** Connection objects on the gateway of each cloud that limits them. */
function connectionsOf(plan: Plan): Record<string, number> {
  const types = plan.fragments.flatMap(({ resources }) => resources.map(({ type }) => type))
  return Object.fromEntries(Object.entries(connections).map(([cloud, type]) => [cloud, types.filter((item) => item === type).length]))
}

const tunnelsOf = (plan: Plan, link: string): number | undefined => plan.deals.find((deal) => deal.link === link)?.tunnels.length

describe('a full mesh of all six clouds', () => {
  const plan = planned({ name: 'mesh', sites })

  it('is proven, with BGP wherever both ends can', () => {
    expect(proofOf(plan).findings).toEqual([])
    expect(plan.deals.filter(({ routing }) => routing === 'static').map(({ link }) => link)).toEqual(['azure--tencent'])
  })

  it('fits into every quota, by the one link that can be smaller', () => {
    expect(connectionsOf(plan)).toEqual({ alibaba: 8, aws: 10, azure: 11, ibm: 10 })
    const reasons = plan.deals.flatMap((deal) => deal.reasons.filter(({ because }) => because.includes('has a quota of')).map(({ because }) => `${deal.link}: ${because}`))
    expect(reasons).toEqual([expect.stringMatching(/^aws--ibm: 2 of 4 tunnels because the gateway of ibm has a quota of 10 connections; both ends survive/)])
    expect(tunnelsOf(plan, 'aws--ibm')).toBe(2)
  })

  it('has all its tunnels where the account allows more', () => {
    const raised = planned({ name: 'mesh', sites: { ...sites, ibm: { ...sites['ibm'], limits: { connections: 12 } } } })
    expect(connectionsOf(raised)).toMatchObject({ ibm: 12 })
    expect(tunnelsOf(raised, 'aws--ibm')).toBe(4)
  })

  it('makes a second pair of gateways where one cloud mixes no routing modes', () => {
    const gateways = plan.fragments.filter(({ id }) => id === 'gateway/tencent').flatMap(({ resources }) => resources.map(({ name }) => name))
    expect(gateways.sort()).toEqual(['tencent--0', 'tencent--1', 'tencent--static-0', 'tencent--static-1'])
  })

  it('is refused with one site more, naming the short quota and what to raise it to', () => {
    const refused = planOrder({ name: 'mesh', sites: { ...sites, seventh: cloudSite('gcp', 7, 'far') } }, { providers })
    expect(refused.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'QUOTA_CONNECTIONS', path: 'sites.aws', facts: { needed: 12, limit: 10 }, hint: expect.stringContaining('limits: { connections: 12 }') },
      { code: 'QUOTA_CONNECTIONS', path: 'sites.ibm', facts: { needed: 12, limit: 10 }, hint: expect.stringContaining('limits: { connections: 12 }') },
    ])
  })
})
