import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from '../contract/operations.fixture.ts'
import { GatewayLab, listAt, textAt, valueAt } from '../lab/gateway-lab.fixture.ts'

/** An end as the clouds know it: what Tumblebug asks its cloud driver for, and passes on. */
interface Held {
  readonly id: string
  readonly name: string
  readonly subnets: readonly string[]
}

/** What Tumblebug sends for each cloud opposite, and how many entries each list of the answer has there: as many as at the peer, but under BGP one connection of tencent's gateways per address. */
const targets: readonly { readonly key: string; readonly connection: string; readonly request: (held: Held) => object; readonly lists: Readonly<Record<string, number>> }[] = [
  { key: 'azure', connection: 'azure-koreacentral', lists: { public_ips: 2, connections: 4, local_gateways: 4 }, request: ({ id, name }) => ({ region: 'koreacentral', resource_group_name: /resourceGroups\/([^/]+)/.exec(id)?.[1] ?? '', virtual_network_name: name, gateway_subnet_cidr: '10.2.255.0/27', bgp_asn: '65531', vpn_sku: 'VpnGw1AZ' }) },
  { key: 'gcp', connection: 'gcp-asia-northeast3', lists: { tunnels: 4, interfaces: 4, peers: 4 }, request: ({ name }) => ({ region: 'asia-northeast3', vpc_network_name: name, bgp_asn: '65530' }) },
  { key: 'alibaba', connection: 'alibaba-ap-northeast-1', lists: { customer_gateways: 4, vpn_connections: 2 }, request: ({ id, subnets: [one, other = one] }) => ({ region: 'ap-northeast-1', vpc_id: id, vswitch_id_1: one, vswitch_id_2: other, bgp_asn: '65532' }) },
  { key: 'tencent', connection: 'tencent-ap-seoul', lists: { vpn_gateways: 2, customer_gateways: 2, vpn_connections: 2 }, request: ({ id, subnets: [one] }) => ({ region: 'ap-seoul', vpc_id: id, subnet_id: one }) },
  { key: 'ibm', connection: 'ibm-au-syd', lists: { vpn_connections: 4 }, request: ({ id, subnets: [one] }) => ({ region: 'au-syd', vpc_id: id, vpc_cidr: '10.2.0.0/16', subnet_id: one }) },
  { key: 'dcs', connection: 'openstack-RegionOne', lists: { site_connections: 2 }, request: ({ subnets: [one] }) => ({ region: 'RegionOne', subnet_id: one, bgp_asn: '65000' }) },
]

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
})
afterAll(() => lab.close())

async function held(ns: string, name: string, connectionName: string, index: number): Promise<Held> {
  const zones = connectionName.startsWith('alibaba') ? ['ap-northeast-1a', 'ap-northeast-1b'] : ['', '']
  const made = await lab.done('POST', `/tumblebug/ns/${ns}/resources/vNet`, { body: { name, connectionName, cidrBlock: `10.${index}.0.0/16`, subnetInfoList: zones.map((zone, n) => ({ name: `${name}-${n}`, ipv4_CIDR: `10.${index}.${n}.0/24`, zone })) } })
  return { id: textAt(made, 'cspResourceId'), name: textAt(made, 'cspResourceName'), subnets: listAt(made, 'subnetInfoList').map((subnet) => textAt(subnet, 'cspResourceId')) }
}

describe.concurrent('an original Tumblebug that is pointed at the gateway', () => {
  it.each(targets)('makes a VPN between aws and $key, parses what it reads, and removes it', async ({ key, connection, request, lists }) => {
    await lab.done('POST', '/tumblebug/ns', { body: { name: `ns-${key}` } })
    const [aws, target] = await Promise.all([held(`ns-${key}`, 'one', 'aws-ap-northeast-2', 1), held(`ns-${key}`, 'other', connection, 2)])
    const tr = `/terrarium/tr/tr-${key}`
    const headers = { 'x-credential-holder': 'admin' }

    expect(await lab.done('GET', '/terrarium/readyz')).toMatchObject({ success: true })
    expect(await lab.done('POST', '/terrarium/tr', { headers, body: { name: `tr-${key}`, description: 'VPN of the test' } })).toMatchObject({ id: `tr-${key}`, credentialProfile: 'admin' })
    const body = { vpn_config: { terrarium_id: `tr-${key}`, aws: { region: 'ap-northeast-2', vpc_id: aws.id, subnet_id: aws.subnets[0], bgp_asn: '64512' }, target_csp: { type: key, [key]: request(target) } } }
    expect(faultsOf('terrarium.schema.json#/$defs/check.AwsToSiteRequest', body)).toEqual([])
    const made = await lab.send('POST', `${tr}/vpn/aws-to-site`, { headers, body })
    expect(made).toMatchObject({ status: 201, body: { success: true } })
    if (key === 'azure') expect(lab.objects().flatMap(({ type, attributes }) => (type === 'azurerm_subnet' && attributes['name'] === 'GatewaySubnet' ? [attributes['address_prefixes']] : []))).toEqual([['10.2.255.0/27']])
    expect(await lab.done('GET', tr, { headers })).toMatchObject({ enrichments: 'vpn/aws-to-site', providers: ['aws', key] })

    const read = await lab.done('GET', `${tr}/vpn/aws-to-site`, { headers, query: '?detail=refined' })
    expect(faultsOf('terrarium.schema.json#/$defs/op.GetAwsToSiteRefined', read)).toEqual([])
    for (const cloud of ['aws', key]) expect(flattened(valueAt(read, 'object', cloud)).filter(({ cspResourceId }) => cspResourceId === ''), cloud).toEqual([])
    expect(lengths(valueAt(read, 'object', key))).toMatchObject(lists)
    expect(JSON.stringify(read)).not.toMatch(/pre_?shared|psk/i)

    expect(await lab.send('DELETE', `${tr}/vpn/aws-to-site`, { headers })).toMatchObject({ status: 200, body: { success: true } })
    expect(valueAt(await lab.done('GET', tr, { headers }), 'enrichments')).toBeUndefined()
    await lab.done('DELETE', tr, { headers })
    await lab.done('DELETE', `/tumblebug/ns/ns-${key}/resources/vNet`)
  }, 240_000)
})

/** Resources as Tumblebug makes them of a cloud's section: one entry for each object and each element of a list, single values dropped. */
function flattened(section: unknown): { readonly cspResourceName: string; readonly cspResourceId: string }[] {
  return Object.values(Object(section)).flatMap((member) => (Array.isArray(member) ? member : [member])).flatMap((entry) => (typeof entry === 'object' && entry !== null ? [{ cspResourceName: String(valueAt(entry, 'name') ?? ''), cspResourceId: String(valueAt(entry, 'id') ?? '') }] : []))
}

function lengths(section: unknown): Record<string, number> {
  return Object.fromEntries(Object.entries(Object(section)).flatMap(([name, member]) => (Array.isArray(member) ? [[name, member.length]] : [])))
}

describe('what an original Tumblebug looks at when something is wrong', () => {
  it('is always there: success is false, and the message says why', async () => {
    await lab.done('POST', '/terrarium/tr', { body: { name: 'tr-wrong' } })
    expect(await lab.send('POST', '/terrarium/tr', { body: { name: 'tr-wrong' } })).toMatchObject({ status: 409, body: { success: false, message: expect.stringContaining('already exists') } })
    expect(await lab.send('GET', '/terrarium/tr/nobody')).toMatchObject({ status: 400, body: { success: false, message: expect.stringMatching(/no terrarium with the given ID.*not found/) } })
    expect(await lab.send('GET', '/terrarium/tr/nobody/vpn/aws-to-site')).toMatchObject({ status: 403, body: { success: false } })
    expect(await lab.send('GET', '/terrarium/tr/tr-wrong/vpn/aws-to-site', { headers: { 'x-credential-holder': 'alice' } })).toMatchObject({ status: 403, body: { success: false, message: expect.stringContaining('holder') } })
    expect(await lab.send('POST', '/terrarium/tr/tr-wrong/vpn/aws-to-site', { body: { vpn_config: { aws: { vpc_id: 'vpc-1' }, target_csp: { type: 'gcp', gcp: {} } } } })).toMatchObject({ status: 400, body: { success: false, message: expect.stringContaining('subnet_id is missing') } })
    const gone = { vpn_config: { aws: { vpc_id: 'vpc-0aaaaaaaaaaaaaaaa', subnet_id: 'subnet-0aaaaaaaaaaaaaaaa' }, target_csp: { type: 'gcp', gcp: { vpc_network_name: 'nobody' } } } }
    expect(await lab.send('POST', '/terrarium/tr/tr-wrong/vpn/aws-to-site', { body: gone })).toMatchObject({ body: { success: false, message: expect.stringContaining('vpc-0aaaaaaaaaaaaaaaa') } })
    expect(await lab.done('GET', '/terrarium/tr/tr-wrong/vpn/aws-to-site')).toEqual({ success: true, message: 'refined read resource info (map)', object: { terrarium_id: 'tr-wrong' } })
  }, 60_000)
})
