import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt, valueAt } from '../lab/gateway-lab.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
  await lab.done('POST', '/tumblebug/ns/default/infraDynamic', { body: { name: 'infra01', nodeGroups: [{ specId: 'aws+ap-northeast-2+small', imageId: 'any' }, { specId: 'azure+koreacentral+small', imageId: 'any' }, { specId: 'tencent+ap-seoul+small', imageId: 'any' }] } })
}, 120_000)
afterAll(() => lab.close())

const ns = '/tumblebug/ns/default'
const infra = `${ns}/infra/infra01`
const vnets = `${ns}/resources/vNet`
const [onAws, onAzure, onTencent] = ['default-shared-aws-ap-northeast-2', 'default-shared-azure-koreacentral', 'default-shared-tencent-ap-seoul']
/** The list gives up after this long. */
const patience = 8000

/** Fails where the map would: it reads the place of every connection without asking whether it is there. */
function drawn(connectionConfig: unknown): void {
  const location = valueAt(connectionConfig, 'regionDetail', 'location')
  expect([typeof valueAt(location, 'latitude'), typeof valueAt(location, 'longitude'), typeof valueAt(location, 'display')]).toEqual(['number', 'number', 'string'])
}

describe('cb-mapui connects', () => {
  it('from a browser on another origin, which asks before it sends its headers', async () => {
    const response = await fetch(`${lab.url}${vnets}`, { method: 'OPTIONS', headers: { origin: 'http://localhost:1324', 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'authorization,content-type,x-credential-holder,x-request-id' } })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toContain('DELETE')
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type,x-credential-holder,x-request-id')
    expect((await lab.send('GET', vnets, { headers: { origin: 'http://localhost:1324' } })).headers.get('access-control-expose-headers')).toContain('x-request-id')
  })

  it('when the gateway is ready and initialised', async () => {
    expect(await lab.done('GET', '/tumblebug/readyz')).toMatchObject({ ready: true, initialized: true })
  })

  it('and gets connections that it can put on the map', async () => {
    const list = listAt(await lab.done('GET', '/tumblebug/connConfig', { query: '?filterVerified=true&filterRegionRepresentative=true&filterCredentialHolder=admin', headers: { 'x-credential-holder': 'Admin' } }), 'connectionconfig')
    expect(list.length).toBeGreaterThan(20)
    for (const connection of list) {
      drawn(connection)
      for (const path of [['providerName'], ['configName'], ['regionZoneInfo', 'assignedRegion'], ['regionDetail', 'regionName']]) expect(textAt(connection, ...path), path.join('.')).not.toBe('')
    }
    expect(listAt(await lab.done('GET', '/tumblebug/provider/gcp/region'), 'regions').map((region) => textAt(region, 'location', 'display'))).not.toContain('')
  })

  it('and polls namespaces, infras and vNets', async () => {
    expect(listAt(await lab.done('GET', '/tumblebug/ns', { query: '?option=id' }), 'output')).toContain('default')
    expect(listAt(await lab.done('GET', `${ns}/infra`), 'infra')).toHaveLength(1)
    expect(await lab.done('GET', `${ns}/infra`, { query: '?option=id' })).toEqual({ output: ['infra01'] })
    for (const vnet of listAt(await lab.done('GET', vnets), 'vNet')) drawn(valueAt(vnet, 'connectionConfig'))
    expect(await lab.done('GET', vnets, { query: '?option=id' })).toEqual({ output: [onAws, onAzure, onTencent] })
  })
})

describe('the VPN manager of cb-mapui', () => {
  it('makes a VPN from the site list, gateway subnet and all, while the list answers in time', async () => {
    const sites = valueAt(await lab.done('GET', `${infra}/site`), 'sites')
    expect(sites).toMatchObject({ aws: [{ vnet: onAws, region: 'ap-northeast-2' }], azure: [{ vnet: onAzure }], tencent: [{ vnet: onTencent }] })
    const gatewaySubnetCidr = textAt(sites, 'azure', 0, 'gatewaySubnetCidr')
    lab.fail({ type: 'azurerm_virtual_network_gateway', op: 'create', latency: 3 })
    const creating = lab.done('POST', `${infra}/vpn`, { body: { name: 'vpn01', site1: { vNetId: onAws, cspSpecificProperty: { aws: {} } }, site2: { vNetId: onAzure, cspSpecificProperty: { azure: { bgpAsn: '65531', gatewaySubnetCidr, vpnSku: 'VpnGw1' } } } } })
    for (let listed = 0; listed < 5; listed += 1) {
      const start = performance.now()
      const list = listAt(await lab.done('GET', `${infra}/vpn`, { query: '?option=InfoList' }), 'vpnInfoList')
      expect(performance.now() - start).toBeLessThan(patience)
      for (const vpn of list) for (const site of listAt(vpn, 'vpnSites')) drawn(valueAt(site, 'connectionConfig'))
      if (list.length > 0) expect(textAt(list[0], 'status').toLowerCase()).toMatch(/creat|available/)
      await pause(200)
    }
    const made = await creating
    expect(made).toMatchObject({ name: 'vpn01', status: 'Available' })
    const subnet = lab.objects().find(({ type, attributes }) => type === 'azurerm_subnet' && attributes['name'] === 'GatewaySubnet')
    expect(subnet?.attributes['address_prefixes']).toEqual([gatewaySubnetCidr])
    expect(lab.objects().find(({ type }) => type === 'azurerm_virtual_network_gateway')?.attributes).toMatchObject({ sku: 'VpnGw1AZ' })
  }, 120_000)

  it('shows addresses of gateways, which it finds by looking for ip in names', async () => {
    const vpn = await lab.done('GET', `${infra}/vpn/vpn01`, { query: '?refresh=true' })
    const addresses = (site: number): string[] => [...JSON.stringify(listAt(vpn, 'vpnSites', site, 'resourceDetails').map((detail) => valueAt(detail, 'cspResourceDetail'))).matchAll(/"\w*ip\w*":"(\d+\.\d+\.\d+\.\d+)"/gi)].map(([, address = '']) => address)
    expect(addresses(0).length).toBeGreaterThan(0)
    expect(addresses(1).length).toBeGreaterThan(0)
  }, 60_000)

  it('asks for health with nothing, and for a comparison of record and clouds', async () => {
    expect(await lab.done('POST', `${infra}/vpn/vpn01/health`, { body: {} })).toMatchObject({ reachable: true, results: [{ direction: 'site1→site2', reachable: true }, { direction: 'site2→site1', reachable: true }] })
    expect(await lab.done('DELETE', `${infra}/vpn/vpn01`, { query: '?option=reconcile' })).toMatchObject({ vpnId: 'vpn01', metadataStatus: 'Found', cspResourceStatus: 'Exists', action: 'NoActionNeeded' })
  }, 60_000)

  it('adds a subnet to a vNet that has a VPN, and the VPN stays up', async () => {
    await lab.done('POST', `${vnets}/${onAzure}/subnet`, { body: { name: 'more', ipv4_CIDR: textAt(await lab.done('GET', `${vnets}/${onAzure}`), 'cidrBlock').replace('.0.0/16', '.240.0/24') } })
    expect(await lab.done('GET', `${infra}/vpn/vpn01`)).toMatchObject({ status: 'Available' })
    expect(lab.objects().filter(({ type, attributes }) => type === 'azurerm_subnet' && attributes['name'] === 'GatewaySubnet')).toHaveLength(1)
  }, 120_000)

  it('cannot take a vNet away from under a VPN, and says which', async () => {
    for (const [method, path] of [['DELETE', `${vnets}/${onAws}?action=withsubnets`], ['DELETE', `${ns}/deregisterResource/vNet/${onAws}?withSubnets=true`]] as const) expect(await lab.send(method, path)).toMatchObject({ status: 409, body: { message: expect.stringContaining('vpn01') } })
  })

  it('gets the reason when a VPN cannot be made', async () => {
    const send = (body: object) => lab.send('POST', `${infra}/vpn`, { body })
    const site = (vNetId: string, property: object = {}) => ({ vNetId, cspSpecificProperty: property })
    expect(await send({ name: 'vpn01', site1: site(onAws), site2: site(onTencent, { tencent: {} }) })).toMatchObject({ status: 409, body: { message: 'already exists, vpn: vpn01' } })
    expect(await send({ name: 'vpn02', site1: site(onAws), site2: site('nowhere') })).toMatchObject({ status: 404, body: { message: expect.stringContaining('does not exist') } })
    expect(await send({ name: 'vpn02', site1: site(onAws), site2: site(onAws) })).toMatchObject({ status: 400, body: { message: expect.stringContaining('itself') } })
    expect(await send({ name: 'vpn02', site1: site(onAzure, { azure: { bgpAsn: '65531' } }), site2: site(onTencent, { tencent: { bgpAsn: '65531' } }) })).toMatchObject({ status: 400, body: { message: expect.stringContaining('65531') } })
    expect(await send({ name: 'vpn02', site1: site(onAzure, { azure: { bgpAsn: '65000' } }), site2: site(onTencent) })).toMatchObject({ status: 409, body: { message: expect.stringContaining('65531') } })
    expect(await lab.done('GET', `${infra}/vpn`)).toEqual({ vpnIdList: ['vpn01'] })
  })

  it('deletes the VPN, and lists none', async () => {
    expect(await lab.done('DELETE', `${infra}/vpn/vpn01`)).toEqual({ message: 'successfully deleted the site-to-site VPN (vpn01)' })
    expect(await lab.done('GET', `${infra}/vpn`, { query: '?option=InfoList' })).toEqual({ vpnInfoList: [] })
    expect(await lab.send('GET', `${infra}/vpn/vpn01`)).toMatchObject({ status: 404, body: { message: 'does not exist, vpn: vpn01' } })
    expect(await lab.done('DELETE', `${infra}/vpn/vpn01`, { query: '?option=reconcile' })).toEqual({ vpnId: 'vpn01', metadataStatus: 'NotFound', cspResourceStatus: 'Skipped', action: 'NoActionNeeded', message: 'does not exist, vpn: vpn01' })
  }, 60_000)
})

describe('menus of cb-mapui', () => {
  it('deregister a vNet that was made here: the cloud keeps it, and it can be registered again', async () => {
    const before = lab.objects().length
    const id = textAt(await lab.done('GET', `${vnets}/${onTencent}`), 'cspResourceId')
    expect(await lab.send('DELETE', `${ns}/deregisterResource/vNet/${onTencent}`)).toMatchObject({ status: 409, body: { message: expect.stringContaining('subnet') } })
    expect(await lab.done('DELETE', `${ns}/deregisterResource/vNet/${onTencent}`, { query: '?withSubnets=true' })).toEqual({ message: `the vnet (${onTencent}) has been deregistered` })
    expect((await lab.send('GET', `${vnets}/${onTencent}`)).status).toBe(404)
    expect(lab.objects()).toHaveLength(before)
    expect(await lab.done('POST', `${ns}/registerCspResource/vNet`, { body: { name: 'again', connectionName: 'tencent-ap-seoul', cspResourceId: id } })).toMatchObject({ id: 'again', cspResourceId: id, status: 'Available' })
    await lab.done('DELETE', `${ns}/deregisterResource/vNet/again`, { query: '?withSubnets=true' })
    expect(lab.objects()).toHaveLength(before)
  }, 60_000)

  it('keep templates, and make vNets of them here and in another namespace', async () => {
    const vNetReq = { name: 'any', connectionName: 'gcp-asia-northeast3', cidrBlock: '10.50.0.0/16', subnetInfoList: [{ name: 'any-01', ipv4_CIDR: '10.50.0.0/24', zone: '' }] }
    await lab.done('POST', `${ns}/template/vNet`, { body: { name: 'mine', vNetReq } })
    expect(listAt(await lab.done('GET', `${ns}/template/vNet`), 'templates').map((template) => textAt(template, 'id'))).toEqual(['mine'])
    expect(listAt(await lab.done('GET', '/tumblebug/ns/system/template/vNet'), 'templates').map((template) => textAt(template, 'id'))).toContain('vnet-default')
    expect(await lab.done('POST', `${vnets}/template/mine`, { body: { name: 'made', description: 'from mine' } })).toMatchObject({ id: 'made', cidrBlock: '10.50.0.0/16' })
    await lab.done('POST', '/tumblebug/ns', { body: { name: 'other' } })
    const template = await lab.done('GET', `${ns}/template/vNet/mine`)
    expect(await lab.done('POST', '/tumblebug/ns/other/resources/vNet', { body: { ...Object(valueAt(template, 'vNetReq')), name: 'there' } })).toMatchObject({ id: 'there', subnetInfoList: [{ name: 'any-01' }] })
    await lab.done('DELETE', '/tumblebug/ns/other/resources/vNet/there', { query: '?action=withsubnets' })
    await lab.done('DELETE', `${ns}/template/vNet/mine`)
  }, 60_000)

  it('release what nodes shared', async () => {
    await lab.done('DELETE', infra, { query: '?option=terminate' })
    expect(await lab.done('DELETE', `${ns}/sharedResources`)).toMatchObject({ total: 2, successCount: 2, failedCount: 0 })
  }, 60_000)
})
