import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, textAt, valueAt } from '../../test/lab/gateway-lab.fixture.ts'
import { messageOf, NetworkClient, patience } from '../testing/network-client.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open({ runsAtATime: 8 })
})
afterAll(() => lab.close())

/** Clouds that want something in a network for its gateway, and the beginning of their types. */
const clouds = [
  ['azure', 'azure-koreacentral', 'azurerm_'],
  ['ibm', 'ibm-jp-tok', 'ibm_'],
  ['alibaba', 'alibaba-ap-northeast-1', 'alicloud_'],
  ['openstack', 'openstack-RegionOne', 'openstack_'],
] as const

const held = (prefix: string): string[] => lab.objects().filter(({ type }) => type.startsWith(prefix)).map(({ type, id }) => `${type} ${id}`).sort()

/** A client with a hub, and a spoke in one of the clouds. */
async function networks(namespace: string, connection: string, second: number): Promise<NetworkClient> {
  const client = await NetworkClient.open(lab, namespace)
  const made = await Promise.all([
    client.makeVnet('hub', { connection: 'aws-ap-northeast-2', cidr: `10.${second}.0.0/16`, subnets: { 'hub-01': `10.${second}.0.0/24` } }),
    client.makeVnet('spoke', { connection, cidr: `10.${second + 1}.0.0/16`, subnets: { 'spoke-01': `10.${second + 1}.0.0/24` } }),
  ])
  for (const { status, body } of made) if (status !== 201) throw new Error(JSON.stringify(body))
  return client
}

describe('a vNet without its last VPN', { timeout: patience }, () => {
  it.concurrent.each(clouds)('is in %s as it was before the first, and has room for another', async (cloud, connection, prefix) => {
    const client = await networks(`own-${cloud}`, connection, 10)
    const before = held(prefix)
    const made = await client.makeVpn('vpn', ['hub', 'spoke'])
    expect(valueAt(made.body, 'status'), JSON.stringify(made.body).slice(0, 300)).toBe('Available')
    const [removed, added] = await Promise.all([client.send('DELETE', '/infra/any/vpn/vpn'), client.send('POST', '/resources/vNet/spoke/subnet', { body: { name: 'late', ipv4_CIDR: '10.11.1.0/24' } })])
    expect([removed.status, added.status], JSON.stringify([removed.body, added.body]).slice(0, 300)).toEqual([200, 201])
    await client.done('DELETE', '/resources/vNet/spoke/subnet/late')
    expect(held(prefix)).toEqual(before)
  })

})

describe('what a VPN added to a vNet', { timeout: patience }, () => {
  it('and its cloud does not give up keeps nobody from deleting the VPN, and is used by the next', async () => {
    const client = await networks('stuck', 'azure-westus2', 30)
    lab.fail({ type: 'azurerm_subnet', op: 'delete', match: { name: 'GatewaySubnet' }, message: 'somebody uses the subnet' })
    await client.makeVpn('vpn', ['hub', 'spoke'])
    await client.done('DELETE', '/infra/any/vpn/vpn')
    const kept = await client.vnet('spoke')
    expect([valueAt(kept.body, 'status'), valueAt(kept.body, 'systemMessage')]).toEqual(['Available', expect.stringMatching(/^What the VPN added to the vNet is still there: .*somebody uses the subnet/)])
    const next = await client.makeVpn('vpn', ['hub', 'spoke'], { azure: { gatewaySubnetCidr: '10.31.8.0/27' } })
    expect([next.status, textAt(next.body, 'message')]).toEqual([409, expect.stringMatching(/^gatewaySubnetCidr: vNet spoke has the gateway subnet/)])
    await client.done('DELETE', '/resources/vNet/spoke', { query: '?action=withsubnets' })
    expect(held('azurerm_subnet').filter((subnet) => subnet.includes('westus2'))).toEqual([])
  })
})

describe('a registered network without its last VPN', { timeout: patience }, () => {
  it.concurrent.each(clouds.filter(([cloud]) => cloud === 'azure' || cloud === 'openstack'))('is in %s as it was', async (cloud, connection, prefix) => {
    const owner = await networks(`owner-${cloud}`, connection, 20)
    const before = held(prefix)
    const guest = await NetworkClient.open(lab, `guest-${cloud}`)
    for (const [name, connectionName] of [['hub', 'aws-ap-northeast-2'], ['spoke', connection]] as const) {
      await guest.done('POST', '/registerCspResource/vNet', { body: { name, connectionName, cspResourceId: textAt((await owner.vnet(name)).body, 'cspResourceId') } })
    }
    const made = await guest.makeVpn('vpn', ['hub', 'spoke'])
    expect(valueAt(made.body, 'status'), JSON.stringify(made.body).slice(0, 300)).toBe('Available')
    await guest.done('DELETE', '/infra/any/vpn/vpn')
    expect(held(prefix)).toEqual(before)
    await guest.done('DELETE', '/resources/vNet/spoke', { query: '?action=withsubnets' })
    expect(held(prefix)).toEqual(before)
  })

  it('gets a subnet more while a VPN uses it, and the next VPN uses what that one added', async () => {
    const owner = await networks('owner-more', 'azure-eastus', 40)
    const guest = await NetworkClient.open(lab, 'guest-more')
    await Promise.all([
      guest.done('POST', '/registerCspResource/vNet', { body: { name: 'spoke', connectionName: 'azure-eastus', cspResourceId: textAt((await owner.vnet('spoke')).body, 'cspResourceId') } }),
      ...['one', 'two'].map((name, index) => guest.makeVnet(name, { connection: 'aws-us-east-1', cidr: `10.${42 + index}.0.0/16`, subnets: { [name]: `10.${42 + index}.0.0/24` } })),
    ])
    await guest.makeVpn('first', ['one', 'spoke'])
    const added = await owner.done('POST', '/resources/vNet/spoke/subnet', { body: { name: 'late', ipv4_CIDR: '10.41.1.0/24' } })
    const elsewhere = await guest.send('POST', '/registerCspResource/vNet/spoke/subnet', { body: { name: 'late', connectionName: 'azure-westus2', cspResourceId: textAt(added, 'cspResourceId') } })
    expect([elsewhere.status, messageOf(elsewhere)]).toEqual([400, 'connectionName: vNet spoke is reached through azure-eastus and not through azure-westus2; give that one, or another vNet'])
    await guest.done('POST', '/registerCspResource/vNet/spoke/subnet', { body: { name: 'late', connectionName: 'azure-eastus', cspResourceId: textAt(added, 'cspResourceId') } })
    const second = await guest.makeVpn('second', ['two', 'spoke'])
    expect([second.status, valueAt(second.body, 'status')], JSON.stringify(second.body).slice(0, 400)).toEqual([200, 'Available'])
  })
})
