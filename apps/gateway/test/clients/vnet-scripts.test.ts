import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt } from '../lab/gateway-lab.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
  await lab.done('POST', '/tumblebug/ns', { body: { name: 'ns01' } })
})
afterAll(() => lab.close())

const vnets = '/tumblebug/ns/ns01/resources/vNet'

/** The body that create-vNet.sh writes: keys in a case of its own, and a first subnet with the name of the vNet. */
function createVnet(connection: string, index: number, zones: readonly [string, string]): object {
  const name = `${connection}-dev`
  return {
    name,
    connectionName: connection,
    cidrBlock: `10.${index}.0.0/16`,
    subnetInfoList: [
      { Name: name, IPv4_CIDR: `10.${index}.0.0/18`, Zone: zones[0] },
      { Name: `${name}-01`, IPv4_CIDR: `10.${index}.64.0/18`, Zone: zones[1] },
    ],
  }
}

describe('the shell scripts for vNets', () => {
  it('find the gateway ready by the status alone', async () => {
    expect((await lab.send('GET', '/tumblebug/readyz')).status).toBe(200)
  })

  it('create, list, get, add a subnet, and delete with all subnets', async () => {
    const [one] = await Promise.all([
      lab.done('POST', vnets, { body: createVnet('aws-ap-northeast-2', 3, ['ap-northeast-2a', 'ap-northeast-2b']) }),
      // Two regions may get the same block: only a VPN between them would mind.
      lab.done('POST', vnets, { body: createVnet('alibaba-ap-northeast-1', 3, ['ap-northeast-1a', 'ap-northeast-1b']) }),
    ])
    expect(one).toMatchObject({ id: 'aws-ap-northeast-2-dev', cidrBlock: '10.3.0.0/16', subnetInfoList: [{ name: 'aws-ap-northeast-2-dev', ipv4_CIDR: '10.3.0.0/18', zone: 'ap-northeast-2a' }, { name: 'aws-ap-northeast-2-dev-01', zone: 'ap-northeast-2b' }] })
    expect(listAt(await lab.done('GET', vnets), 'vNet').map((vnet) => textAt(vnet, 'id'))).toEqual(['alibaba-ap-northeast-1-dev', 'aws-ap-northeast-2-dev'])
    expect(await lab.done('GET', vnets, { query: '?option=id' })).toEqual({ output: ['alibaba-ap-northeast-1-dev', 'aws-ap-northeast-2-dev'] })

    const path = `${vnets}/aws-ap-northeast-2-dev`
    const added = await lab.done('POST', `${path}/subnet`, { body: { name: 'aws-ap-northeast-2-dev-02', connectionName: 'aws-ap-northeast-2', IPv4_CIDR: '10.3.128.0/18' } })
    expect(added).toMatchObject({ id: 'aws-ap-northeast-2-dev-02', ipv4_CIDR: '10.3.128.0/18' })
    expect(listAt(await lab.done('GET', path), 'subnetInfoList')).toHaveLength(3)
    // remove-subnet.sh makes another suffix than add-subnet.sh, and so misses.
    expect(await lab.send('DELETE', `${path}/subnet/aws-ap-northeast-2-dev-2`)).toMatchObject({ status: 404, body: { message: expect.stringContaining('does not exist') } })

    expect(await lab.done('DELETE', path, { query: '?action=withsubnets' })).toEqual({ message: 'the vNet (aws-ap-northeast-2-dev) has been deleted' })
    // force-delete.sh does not quote its URL, so that the shell cuts it at the ampersand.
    expect(await lab.done('DELETE', `${vnets}/alibaba-ap-northeast-1-dev`, { query: '?force=true' })).toEqual({ message: 'the vNet (alibaba-ap-northeast-1-dev) has been deleted' })
    expect(lab.objects().filter(({ type }) => /vpc/.test(type))).toEqual([])
  }, 60_000)

  it('delete everything at once, and are told when there is nothing', async () => {
    await lab.done('POST', '/tumblebug/ns', { body: { name: 'ns02' } })
    const all = '/tumblebug/ns/ns02/resources/vNet'
    await lab.done('POST', all, { body: createVnet('gcp-asia-northeast3', 5, ['', '']) })
    expect(await lab.done('DELETE', all)).toEqual({
      total: 1, successCount: 1, failedCount: 0,
      results: [{ resourceType: 'vNet', resourceId: 'gcp-asia-northeast3-dev', success: true, message: 'the vNet (gcp-asia-northeast3-dev) has been deleted' }],
      output: ['[Done] vNet: gcp-asia-northeast3-dev'],
    })
    expect(await lab.send('DELETE', all)).toMatchObject({ status: 400, body: { message: expect.stringContaining('There is no vNet resource in ns') } })
  }, 60_000)

  it('register by way of the vNet route, as two old ones do', async () => {
    await lab.done('POST', '/tumblebug/ns', { body: { name: 'ns03' } })
    const made = await lab.done('POST', '/tumblebug/ns/ns03/resources/vNet', { body: createVnet('tencent-ap-seoul', 6, ['ap-seoul-1', 'ap-seoul-2']) })
    const registered = await lab.done('POST', vnets, { query: '?option=register', body: { name: 'old', connectionName: 'tencent-ap-seoul', cspResourceId: textAt(made, 'cspResourceId') } })
    expect(registered).toMatchObject({ id: 'old', cidrBlock: '10.6.0.0/16', systemLabel: 'Registered from CSP resource' })
    await lab.done('DELETE', `${vnets}/old`, { query: '?action=withsubnets' })
    expect((await lab.send('GET', '/tumblebug/ns/ns03/resources/vNet/tencent-ap-seoul-dev')).status).toBe(200)
    await lab.done('DELETE', '/tumblebug/ns/ns03/resources/vNet')
  }, 60_000)

  it('get JSON for what nobody serves', async () => {
    expect(await lab.send('POST', '/tumblebug/inspectResources', { body: { connectionName: 'aws-ap-northeast-2', resourceType: 'vNet' } })).toMatchObject({ status: 404, body: { message: expect.any(String) } })
  })
})

describe('the last subnet of a vNet', () => {
  const clouds = ['aws-ap-northeast-1', 'gcp-asia-northeast1', 'azure-koreacentral', 'alibaba-ap-northeast-1', 'tencent-ap-tokyo', 'ibm-jp-tok', 'openstack-RegionOne']

  it.concurrent.each(clouds)('goes, and leaves an empty vNet that can have one again (%s)', async (connection) => {
    const [name, body] = [connection.toLowerCase(), { connectionName: connection, cidrBlock: '10.9.0.0/16', subnetInfoList: [{ name: 'one', ipv4_CIDR: '10.9.0.0/24' }] }]
    await lab.done('POST', vnets, { body: { name, ...body } })
    await lab.done('DELETE', `${vnets}/${name}/subnet/one`)
    expect(await lab.done('GET', `${vnets}/${name}`)).toMatchObject({ status: 'Available', subnetInfoList: [] })
    expect(await lab.done('POST', `${vnets}/${name}/subnet`, { body: { name: 'two', ipv4_CIDR: '10.9.1.0/24' } })).toMatchObject({ status: 'Available', cspResourceId: expect.stringMatching(/./) })
    await lab.done('DELETE', `${vnets}/${name}/subnet/two`)
    expect(await lab.done('DELETE', `${vnets}/${name}`)).toEqual({ message: `the vNet (${name}) has been deleted` })
  }, 120_000)

  it('that its cloud does not let go stays on record, and says why', async () => {
    await lab.done('POST', '/tumblebug/ns', { body: { name: 'ns04' } })
    const path = '/tumblebug/ns/ns04/resources/vNet'
    await lab.done('POST', path, { body: createVnet('ibm-us-south', 7, ['us-south-1', 'us-south-2']) })
    lab.fail({ type: 'ibm_is_subnet', op: 'delete', message: 'the subnet has instances' })
    expect(await lab.send('DELETE', `${path}/ibm-us-south-dev/subnet/ibm-us-south-dev-01`)).toMatchObject({ status: 500, body: { message: expect.stringContaining('the subnet has instances') } })
    expect(await lab.done('GET', `${path}/ibm-us-south-dev`)).toMatchObject({ status: 'Available', systemMessage: expect.stringContaining('instances'), subnetInfoList: [{ status: 'Available' }, { status: 'Failed', conditions: [{ type: 'Ready', reason: 'DeletionFailed' }, {}] }] })
    await lab.done('DELETE', path)
    expect(lab.objects().filter(({ type }) => type.startsWith('ibm_'))).toEqual([])
  }, 60_000)
})
