import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from '../contract/operations.fixture.ts'
import { GatewayLab, listAt, textAt, valueAt } from '../lab/gateway-lab.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
})
afterAll(() => lab.close())

/** Namespaces of their own, with one vNet on each connection, named after the cloud. */
async function vnetsOf(ns: string, ...connections: readonly string[]): Promise<void> {
  await lab.done('POST', '/tumblebug/ns', { body: { name: ns } })
  await Promise.all(connections.map((connectionName, index) => {
    const name = connectionName.split('-')[0] ?? ''
    return lab.done('POST', `/tumblebug/ns/${ns}/resources/vNet`, { body: { name, connectionName, cidrBlock: `10.${index + 1}.0.0/16`, subnetInfoList: [{ name: `${name}-01`, ipv4_CIDR: `10.${index + 1}.0.0/24` }] } })
  }))
}

/** Deletes every VPN and vNet of a namespace. */
async function end(ns: string): Promise<void> {
  const vpns = `/tumblebug/ns/${ns}/infra/any/vpn`
  for (const id of listAt(await lab.done('GET', vpns), 'vpnIdList')) await lab.done('DELETE', `${vpns}/${String(id)}`)
  expect(await lab.done('DELETE', `/tumblebug/ns/${ns}/resources/vNet`)).toMatchObject({ failedCount: 0 })
}

/** A VPN as its site and its tunnels are read back from the clouds. */
async function up(ns: string, vpn: string): Promise<string> {
  return textAt(await lab.done('POST', `/tumblebug/ns/${ns}/infra/any/vpn/${vpn}/health`, { body: {} }), 'message')
}
const allUp = /^([1-9]\d*) of \1 tunnels are up/

describe.concurrent('a VPN', () => {
  it('of 2026 names vNets, with AWS as the second', async () => {
    await vnetsOf('g2', 'openstack-RegionOne', 'aws-ap-northeast-2')
    const body = { name: 'vpn01', site1: { vNetId: 'openstack', cspSpecificProperty: { openstack: { bgpAsn: '65000' } } }, site2: { vNetId: 'aws', cspSpecificProperty: { aws: { bgpAsn: '64512' } } } }
    expect(faultsOf('tumblebug.schema.json#/$defs/model.RestPostVpnRequest', body)).toEqual([])
    expect(await lab.done('POST', '/tumblebug/ns/g2/infra/any/vpn', { body })).toMatchObject({ status: 'Available', description: 'VPN between openstack and aws', vpnSites: [{ connectionName: 'openstack-RegionOne' }, { connectionName: 'aws-ap-northeast-2' }] })
    expect(await up('g2', 'vpn01')).toMatch(allUp)
    await end('g2')
  }, 120_000)

  it('of 2025 names vNets under mci, and leaves out what it has no wish for', async () => {
    await vnetsOf('g1', 'aws-ap-northeast-1', 'alibaba-ap-northeast-1')
    const body = { name: 'vpn01', site1: { vNetId: 'aws' }, site2: { vNetId: 'alibaba', cspSpecificProperty: { alibaba: { bgpAsn: '' } } } }
    expect(faultsOf('tumblebug.schema.json#/$defs/v0_10_7.model.RestPostVpnRequest', body)).toEqual([])
    const made = await lab.done('POST', '/tumblebug/ns/g1/mci/any/vpn', { body })
    expect(faultsOf('tumblebug.schema.json#/$defs/v0_10_7.model.VpnInfo', made)).toEqual([])
    const [older, newer] = [await lab.done('GET', '/tumblebug/ns/g1/mci/any/vpn/vpn01', { query: '?refresh=false' }), await lab.done('GET', '/tumblebug/ns/g1/infra/any/vpn/vpn01', { query: '?refresh=false' })]
    expect(older).toEqual(newer)
    await end('g1')
  }, 120_000)

  it('of before May 2025 sends two entries of the site list back, and reads gateways', async () => {
    await lab.done('POST', '/tumblebug/ns', { body: { name: 'g0' } })
    await lab.done('POST', '/tumblebug/ns/g0/mciDynamic', { body: { name: 'mci01', vm: ['gcp+us-east1+small', 'azure+koreacentral+small'].map((commonSpec) => ({ commonSpec, commonImage: 'ubuntu22.04', subGroupSize: '1' })) } })
    const sites = valueAt(await lab.done('GET', '/tumblebug/ns/g0/mci/mci01/site'), 'sites')
    const body = { name: 'vpn01', site1: valueAt(sites, 'gcp', 0), site2: valueAt(sites, 'azure', 0) }
    expect(faultsOf('tumblebug.schema.json#/$defs/v0_10_6.model.RestPostVpnRequest', body)).toEqual([])
    const made = await lab.done('POST', '/tumblebug/ns/g0/mci/mci01/vpn', { body })
    expect(faultsOf('tumblebug.schema.json#/$defs/v0_10_6.model.VPNInfo', made)).toEqual([])
    expect(made).toMatchObject({ status: 'Available', vpnGatewayInfo: [{ connectionName: 'gcp-us-east1', status: 'Available' }, { connectionName: 'azure-koreacentral', status: 'Available' }] })
    for (const gateway of listAt(made, 'vpnGatewayInfo')) expect(textAt(gateway, 'cspResourceId')).not.toBe('')
    await lab.done('DELETE', '/tumblebug/ns/g0/mci/mci01', { query: '?option=terminate' })
    await end('g0')
  }, 120_000)
})

describe('two VPNs from one vNet', () => {
  it('are made at once, share its gateway, and one goes while the tunnels of the other stay up', async () => {
    await vnetsOf('two', 'aws-us-east-1', 'gcp-asia-east1', 'tencent-ap-tokyo')
    const vpns = '/tumblebug/ns/two/infra/any/vpn'
    const order = (name: string, other: string): Promise<unknown> => lab.done('POST', vpns, { body: { name, site1: { vNetId: 'aws', cspSpecificProperty: { aws: { bgpAsn: '64512' } } }, site2: { vNetId: other } } })
    expect(await Promise.all([order('to-gcp', 'gcp'), order('to-tencent', 'tencent')])).toMatchObject([{ status: 'Available' }, { status: 'Available' }])
    const gateways = () => lab.objects().filter(({ type }) => type === 'aws_vpn_gateway')
    const inUse = gateways().filter(({ attributes }) => attributes['vpc_id'] === vpcOf('two'))
    expect(inUse).toHaveLength(1)
    expect([await up('two', 'to-gcp'), await up('two', 'to-tencent')]).toEqual([expect.stringMatching(allUp), expect.stringMatching(allUp)])

    await lab.done('DELETE', `${vpns}/to-gcp`)
    expect(await up('two', 'to-tencent')).toMatch(allUp)
    expect(await lab.done('GET', `${vpns}/to-tencent`)).toMatchObject({ status: 'Available', systemMessage: '' })
    expect(gateways().map(({ id }) => id)).toContain(inUse[0]?.id)
    await end('two')
    expect(gateways().map(({ id }) => id)).not.toContain(inUse[0]?.id)
  }, 180_000)

  it('of one name are one: the second is told so, while the first goes on', async () => {
    await vnetsOf('same', 'ibm-us-south', 'gcp-europe-west1')
    const vpns = '/tumblebug/ns/same/infra/any/vpn'
    const order = () => lab.send('POST', vpns, { body: { name: 'vpn01', site1: { vNetId: 'ibm' }, site2: { vNetId: 'gcp' } } })
    const answers = await Promise.all([order(), order()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toEqual({ message: 'already exists, vpn: vpn01' })
    expect(await lab.done('GET', vpns)).toEqual({ vpnIdList: ['vpn01'] })
    await end('same')
  }, 180_000)
})

/** The VPC of the vNet `aws` of a namespace; it is the only one with that block in its region. */
function vpcOf(ns: string): string {
  const found = lab.objects().filter(({ type }) => type === 'aws_vpc')
  if (found.length !== 1) throw new Error(`${ns} should have the only VPC, and there are ${found.length}`)
  return found[0]?.id ?? ''
}

it('nothing is left of any of them', () => {
  expect(lab.objects().map(({ type, id }) => `${type} ${id}`)).toEqual([])
})
