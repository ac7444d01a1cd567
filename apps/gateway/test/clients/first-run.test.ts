import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt } from '../lab/gateway-lab.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
})
afterAll(() => lab.close())

/** Sends without credentials, as the script does before it has any. */
async function unknown(method: string, path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${lab.url}${path}`, { method })
  return { status: response.status, body: await response.json() }
}

describe('init.py', () => {
  it('waits for 200 without credentials, and is not let in any further', async () => {
    expect(await unknown('GET', '/tumblebug/readyz')).toMatchObject({ status: 200, body: { ready: true } })
    expect(await unknown('GET', '/tumblebug/livez')).toMatchObject({ status: 200 })
    const refused = await fetch(`${lab.url}/tumblebug/ns`)
    expect([refused.status, await refused.json(), refused.headers.get('www-authenticate')]).toEqual([401, { message: 'Unauthorized' }, expect.stringMatching(/^basic realm=/i)])
  })

  it('finds the namespace system, and would be told if it made it again', async () => {
    expect(listAt(await lab.done('GET', '/tumblebug/ns', { query: '?option=id' }), 'output')).toEqual(['default', 'system'])
    expect(await lab.send('POST', '/tumblebug/ns', { body: { name: 'system', description: 'templates' } })).toMatchObject({ status: 409, body: { message: expect.stringContaining('already exists') } })
  })

  it('loads templates, and takes those that are there for loaded', async () => {
    const template = { name: 'vnet-multi', description: 'four subnets', vNetPolicy: { cidrBlock: 'auto', subnetCount: 4, multiZone: true } }
    const path = '/tumblebug/ns/system/template/vNet'
    expect((await lab.send('POST', path, { body: template })).status).toBe(200)
    const again = await lab.send('POST', path, { body: template })
    expect(textAt(again.body, 'message')).toContain('already exists')
    expect(textAt((await lab.send('POST', path, { body: { ...template, name: 'vnet-default' } })).body, 'message')).toContain('already exists')
  })

  it('ends by saying that all is initialised', async () => {
    await unknown('DELETE', '/tumblebug/readyz/init')
    expect(await unknown('PUT', '/tumblebug/readyz/init')).toMatchObject({ status: 200, body: { ready: true, initialized: true } })
    expect(await lab.done('GET', '/tumblebug/readyz')).toMatchObject({ message: 'CB-Tumblebug is ready and initialized', initialized: true })
  })
})

describe('the MCP server', () => {
  it('reads vNets, and makes nodes with a template', async () => {
    const infra = await lab.done('POST', '/tumblebug/ns/default/infraDynamic', { body: { name: 'mcp', vNetTemplateId: 'vnet-multi', nodeGroups: [{ name: 'g1', specId: 'openstack+RegionOne+m1.small', imageId: 'any', nodeGroupSize: 2 }] } })
    expect(listAt(infra, 'node').map((node) => textAt(node, 'id'))).toEqual(['g1-1', 'g1-2'])
    const [vnet] = listAt(await lab.done('GET', '/tumblebug/ns/default/resources/vNet'), 'vNet')
    expect(vnet).toMatchObject({ id: 'default-shared-openstack-RegionOne', name: 'default-shared-openstack-RegionOne', connectionName: 'openstack-RegionOne', cidrBlock: '10.0.0.0/16', status: 'Available' })
    expect(listAt(vnet, 'subnetInfoList')).toHaveLength(4)
    await lab.done('DELETE', '/tumblebug/ns/default/infra/mcp', { query: '?option=force' })
    await lab.done('DELETE', '/tumblebug/ns/default/sharedResources')
  }, 60_000)
})
