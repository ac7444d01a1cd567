import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt, valueAt } from '../lab/gateway-lab.fixture.ts'

/** What the command line says of each cloud: region and spec of its node, and its end of a VPN. */
const ends = {
  aws: { spec: 'aws+ap-northeast-2+t3a.nano', property: { aws: { bgpAsn: '64512' } } },
  azure: { spec: 'azure+koreacentral+Standard_B1s', property: { azure: { bgpAsn: '65531', gatewaySubnetCidr: '', vpnSku: 'VpnGw1AZ' } } },
  gcp: { spec: 'gcp+asia-northeast3+g1-small', property: { gcp: { bgpAsn: '65530' } } },
  alibaba: { spec: 'alibaba+ap-northeast-2+ecs.t6', property: { alibaba: { bgpAsn: '65532' } } },
  tencent: { spec: 'tencent+ap-seoul+S5.SMALL1', property: undefined },
  ibm: { spec: 'ibm+au-syd+bx2-2x8', property: undefined },
  openstack: { spec: 'openstack+RegionOne+m1.small', property: undefined },
} as const
type Cloud = keyof typeof ends

/** The pairs of the command line, and five that it could not ask for. */
const pairs: readonly (readonly [Cloud, Cloud])[] = [
  ['aws', 'azure'], ['aws', 'gcp'], ['aws', 'alibaba'], ['aws', 'tencent'], ['aws', 'ibm'], ['aws', 'openstack'],
  ['gcp', 'azure'], ['alibaba', 'azure'], ['tencent', 'ibm'], ['ibm', 'gcp'], ['tencent', 'alibaba'],
]

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open({ runsAtATime: 5 })
})
afterAll(() => lab.close())

/** The body of the command line, from the nodes that it made before. */
function vpnBody(name: string, nodes: readonly unknown[], [one, other]: readonly [Cloud, Cloud]): object {
  const site = (cloud: Cloud): object => {
    const node = nodes.find((item) => textAt(item, 'connectionConfig', 'providerName') === cloud)
    const { property } = ends[cloud]
    return { vNetId: textAt(node, 'vNetId'), ...(property ? { cspSpecificProperty: property } : {}) }
  }
  return { name, site1: site(one), site2: site(other) }
}

/** Whether an answer looks as the command line wants to see it of something that is gone. */
function looksDeleted({ status, body }: { readonly status: number; readonly body: unknown }): boolean {
  return status === 404 || /does not exist|not found/.test(JSON.stringify(body))
}

describe.concurrent('`test vpn` of the command line', () => {
  it.each(pairs)('makes a VPN between %s and %s, reads it every way it knows, and ends without a trace', async (one, other) => {
    const ns = `/tumblebug/ns/${one}-${other}`
    const infra = `${ns}/infra/infra01`
    const vpn = `${infra}/vpn/vpn-${one}-${other}`
    await lab.done('POST', '/tumblebug/ns', { body: { name: `${one}-${other}` } })

    expect(textAt(await lab.done('GET', '/tumblebug/readyz'), 'message')).toBe('CB-Tumblebug is ready and initialized')
    const made = await lab.done('POST', `${ns}/infraDynamic`, { body: { name: 'infra01', description: 'made by the test', installMonAgent: 'no', nodeGroups: [one, other].map((cloud) => ({ imageId: 'any', specId: ends[cloud].spec })) } })
    const nodes = listAt(made, 'node')
    expect(nodes).toHaveLength(2)
    for (const node of nodes) {
      expect(textAt(node, 'status').toLowerCase()).toBe('running')
      for (const field of ['id', 'privateIP', 'vNetId', 'subnetId', 'cspVNetId', 'cspSubnetId']) expect(textAt(node, field), field).not.toBe('')
      expect(textAt(node, 'region', 'region')).not.toBe('')
    }

    const created = await lab.done('POST', `${infra}/vpn`, { body: vpnBody(`vpn-${one}-${other}`, nodes, [one, other]) })
    expect(created).toMatchObject({ id: `vpn-${one}-${other}`, status: 'Available', vpnSites: [{ connectionConfig: { providerName: one } }, { connectionConfig: { providerName: other } }] })
    expect(await lab.done('GET', vpn)).toMatchObject({ status: 'Available', systemMessage: '' })
    for (const site of [0, 1]) expect(listAt(created, 'vpnSites', site, 'resourceDetails').map((detail) => textAt(detail, 'cspResourceId'))).not.toContain('')
    expect(await lab.done('GET', `${infra}/vpn`, { query: '?option=IdList' })).toEqual({ vpnIdList: [`vpn-${one}-${other}`] })
    expect(listAt(await lab.done('GET', `${infra}/vpn`, { query: '?option=InfoList' }), 'vpnInfoList').map((item) => textAt(item, 'id'))).toEqual([`vpn-${one}-${other}`])

    const health = await lab.done('POST', `${vpn}/health`, { body: { userName: 'cb-user', pingCount: 4, intervalSec: 15, maxAttempts: 20 } })
    expect(health).toMatchObject({ vpnId: `vpn-${one}-${other}`, reachable: true, results: [{ direction: 'site1→site2', reachable: true, attempts: 1, pingStats: { packetLoss: '0%' } }, { direction: 'site2→site1', reachable: true }] })
    expect(textAt(health, 'message')).toMatch(/^([1-9]\d*) of \1 tunnels are up/)

    await lab.done('DELETE', vpn)
    expect(looksDeleted(await lab.send('GET', vpn))).toBe(true)
    expect(valueAt(await lab.done('GET', `${infra}/vpn`, { query: '?option=IdList' }), 'vpnIdList')).toEqual([])
    await lab.done('DELETE', infra, { query: '?option=terminate' })
    expect(looksDeleted(await lab.send('GET', infra))).toBe(true)
    expect(await lab.done('DELETE', `${ns}/sharedResources`)).toMatchObject({ total: 2, successCount: 2, failedCount: 0 })
    expect(await lab.done('GET', `${ns}/resources/vNet`)).toEqual({ vNet: [] })
  }, 240_000)
})

describe('after all of them', () => {
  it('nothing is left in any cloud', () => {
    expect(lab.objects().map(({ type, id }) => `${type} ${id}`)).toEqual([])
  })
})
