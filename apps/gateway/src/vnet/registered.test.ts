import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt, valueAt, type Reply } from '../../test/lab/gateway-lab.fixture.ts'
import { messageOf, NetworkClient, patience, reasonOf } from '../testing/network-client.fixture.ts'

let lab: GatewayLab
let client: NetworkClient
beforeAll(async () => {
  lab = await GatewayLab.open({ runsAtATime: 8 })
  client = await NetworkClient.open(lab, 'registered')
})
afterAll(() => lab.close())

/** Each cloud: a connection, the type of its networks, and the beginning of all its types. */
const clouds = [
  ['aws', 'aws-ap-northeast-1', 'aws_vpc', 'aws_'],
  ['azure', 'azure-japaneast', 'azurerm_virtual_network', 'azurerm_'],
  ['gcp', 'gcp-asia-northeast1', 'google_compute_network', 'google_'],
  ['alibaba', 'alibaba-ap-northeast-1', 'alicloud_vpc', 'alicloud_'],
  ['tencent', 'tencent-ap-tokyo', 'tencentcloud_vpc', 'tencentcloud_'],
  ['ibm', 'ibm-jp-tok', 'ibm_is_vpc', 'ibm_'],
  ['openstack', 'openstack-RegionOne', 'openstack_networking_network_v2', 'openstack_'],
] as const

const subnetsOf = ({ body }: Reply): string[] => listAt(body, 'subnetInfoList').map((subnet) => `${textAt(subnet, 'ipv4_CIDR')} ${textAt(subnet, 'cspResourceId')}`).sort()
const held = (prefix: string): string[] => lab.objects().filter(({ type }) => type.startsWith(prefix)).map(({ type, id }) => `${type} ${id}`).sort()
const register = (name: string, connectionName: string, cspResourceId: string) => client.send('POST', '/registerCspResource/vNet', { body: { name, connectionName, cspResourceId } })

describe('a vNet', { timeout: patience }, () => {
  it.concurrent.each(clouds)('of %s is registered again with the id that was shown, stays when it is forgotten, and is missed when it is gone', async (cloud, connection, type, prefix) => {
    const made = await client.makeVnet(cloud, { connection, cidr: '10.7.0.0/16', subnets: { one: '10.7.0.0/24' } })
    expect(made.status, JSON.stringify(made.body).slice(0, 400)).toBe(201)
    const [shown, before] = [textAt(made.body, 'cspResourceId'), held(prefix)]
    await client.done('DELETE', `/deregisterResource/vNet/${cloud}`, { query: '?withSubnets=true' })
    expect((await client.vnet(cloud)).status).toBe(404)

    const registered = await register(cloud, connection, shown)
    expect([registered.status, valueAt(registered.body, 'status'), valueAt(registered.body, 'cspResourceId'), valueAt(registered.body, 'systemLabel')], JSON.stringify(registered.body).slice(0, 400)).toEqual([201, 'Available', shown, 'Registered from CSP resource'])
    expect(subnetsOf(registered)).toEqual(subnetsOf(made))
    expect(['10.7.0.0/16', '10.7.0.0/24']).toContain(textAt(registered.body, 'cidrBlock'))
    await client.done('PUT', `/resources/vNet/${cloud}/reconcile`)
    expect(subnetsOf(await client.vnet(cloud))).toEqual(subnetsOf(made))
    expect(valueAt((await client.vnet(cloud)).body, 'status')).toBe('Available')

    await client.done('DELETE', `/resources/vNet/${cloud}`, { query: '?action=withsubnets' })
    expect(held(prefix)).toEqual(before)

    await register(cloud, connection, shown)
    expect(lab.lose(type, ({ id }) => before.includes(`${type} ${id}`))).toBe(1)
    await client.done('PUT', `/resources/vNet/${cloud}/reconcile`)
    const lost = await client.vnet(cloud)
    expect([valueAt(lost.body, 'status'), ...['Ready', 'Synced', 'ChildrenReady'].map((condition) => reasonOf(lost, condition))]).toEqual(['Failed', 'CspResourceMissing', 'CspResourceMissing', 'SubnetFailed'])
    expect(listAt(lost.body, 'subnetInfoList').map((subnet) => valueAt(subnet, 'status'))).toEqual(['Failed'])
    const pruned = await client.done('DELETE', `/resources/vNet/${cloud}`, { query: '?action=refine' })
    expect(pruned).toEqual({ message: `the vNet info (${cloud}) has been refined` })
    expect((await client.vnet(cloud)).status).toBe(404)
    expect(lab.stackFolders().filter((folder) => folder.includes(textAt(lost.body, 'uid')))).toEqual([])
    const gone = await register(cloud, connection, shown)
    expect([gone.status, messageOf(gone)]).toEqual([404, `${shown} does not exist in ${connection}`])
  })
})

describe('a network', { timeout: patience }, () => {
  it.concurrent('with a router is found by one of its subnets, and used with that router', async () => {
    const guest = await NetworkClient.open(lab, 'guest')
    const made = await Promise.all([
      client.makeVnet('hub', { connection: 'aws-us-east-1', cidr: '10.1.0.0/16', subnets: { 'hub-01': '10.1.0.0/24' } }),
      client.makeVnet('spoke', { connection: 'openstack-RegionOne', cidr: '10.2.0.0/16', subnets: { 'spoke-01': '10.2.0.0/24' } }),
      guest.makeVnet('hub', { connection: 'aws-us-east-1', cidr: '10.3.0.0/16', subnets: { 'hub-01': '10.3.0.0/24' } }),
    ])
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(valueAt((await client.makeVpn('vpn', ['hub', 'spoke'])).body, 'status')).toBe('Available')
    const [router, ...others] = held('openstack_networking_router_v2')
    expect([router === undefined, others]).toEqual([false, []])
    const subnet = textAt(made[1].body, 'subnetInfoList', 0, 'cspResourceId')
    const found = await guest.done('POST', '/registerCspResource/vNet', { body: { name: 'spoke', connectionName: 'openstack-RegionOne', cspResourceId: `subnet/${subnet}` } })
    expect([valueAt(found, 'cspResourceId'), valueAt(found, 'systemMessage')]).toEqual([textAt(made[1].body, 'cspResourceId'), ''])
    const again = await guest.send('POST', '/registerCspResource/vNet', { body: { name: 'again', connectionName: 'openstack-RegionOne', cspResourceId: `subnet/${subnet}` } })
    expect([again.status, messageOf(again), (await guest.vnet('again')).status]).toEqual([409, expect.stringContaining('is vNet spoke already'), 404])
    const second = await guest.makeVpn('vpn', ['hub', 'spoke'])
    expect(valueAt(second.body, 'status'), JSON.stringify(second.body).slice(0, 300)).toBe('Available')
    expect(held('openstack_networking_router_v2')).toEqual([router])
  })

  it.concurrent('that has no room for a gateway is known all the same, and says what it lacks', async () => {
    const made = await client.makeVnet('full', { connection: 'ibm-us-south', cidr: '10.5.0.0/16', subnets: { half: '10.5.0.0/17' } })
    await client.done('DELETE', '/deregisterResource/vNet/full', { query: '?withSubnets=true' })
    const known = await register('full', 'ibm-us-south', textAt(made.body, 'cspResourceId'))
    expect([known.status, textAt(known.body, 'systemMessage')]).toEqual([201, expect.stringContaining('no subnet that a gateway could have to itself')])
    await client.makeVnet('any', { connection: 'aws-us-west-2', cidr: '10.6.0.0/16', subnets: { any: '10.6.0.0/24' } })
    const refused = await client.makeVpn('none', ['any', 'full'])
    expect([refused.status, messageOf(refused)]).toEqual([400, expect.stringMatching(/^vNet full cannot have a VPN: .*no subnet that a gateway could have to itself/)])
  })
})
