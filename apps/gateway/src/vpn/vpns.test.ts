import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, textAt, valueAt, type Reply } from '../../test/lab/gateway-lab.fixture.ts'
import { messageOf, NetworkClient, patience, reasonOf } from '../testing/network-client.fixture.ts'

let lab: GatewayLab
let mixed: NetworkClient

beforeAll(async () => {
  lab = await GatewayLab.open({ runsAtATime: 10 })
  lab.fail({ type: 'google_compute_vpn_tunnel', op: 'create', match: { region: 'asia-northeast1' }, message: 'no tunnel can be made' })
  mixed = await networks('mixed', ['east', 'middle', 'west'], 160)
})
afterAll(() => lab.close())

/** Connections whose VPNs differ most: a hub per connection, zonal subnets, and a gateway subnet. */
const connections = { east: 'aws-ap-northeast-2', middle: 'gcp-asia-northeast3', west: 'azure-koreacentral', south: 'gcp-asia-northeast1', north: 'tencent-ap-seoul' } as const

/** A namespace with some of those networks, each in a block of its own. */
async function networks(namespace: string, names: readonly (keyof typeof connections)[], first = 10): Promise<NetworkClient> {
  const client = await NetworkClient.open(lab, namespace)
  const made = await Promise.all(names.map((name, index) => client.makeVnet(name, { connection: connections[name], cidr: `10.${first + index}.0.0/16`, subnets: { [`${name}-01`]: `10.${first + index}.1.0/24` } })))
  for (const reply of made) if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
  return client
}


/** Ids of the resources of a VPN, of all types or of one. */
function resourcesOf({ body }: Reply, type?: string): string[] {
  const all = listAt(body, 'vpnSites').flatMap((site) => listAt(site, 'resourceDetails'))
  return all.filter((resource) => type === undefined || valueAt(resource, 'cspResourceDetail', 'resource_type') === type).map((resource) => textAt(resource, 'cspResourceId')).sort()
}

describe.concurrent('VPNs of a namespace', { timeout: patience }, () => {
  it('are ordered two at once on one vNet, share its gateway, and leave each other alone', async () => {
    const client = await networks('shared', ['east', 'middle', 'west'])
    const [one, other] = await Promise.all([client.makeVpn('one', ['east', 'middle']), client.makeVpn('other', ['west', 'east'])])
    expect([one.status, other.status, valueAt(one.body, 'status'), valueAt(other.body, 'status')], JSON.stringify([one.body, other.body]).slice(0, 500)).toEqual([200, 200, 'Available', 'Available'])
    const gateways = [one, other].map((vpn) => resourcesOf(vpn, 'aws_vpn_gateway'))
    expect(gateways[0]).toHaveLength(1)
    expect(gateways[0]).toEqual(gateways[1])
    const before = resourcesOf(await client.vpn('other'))
    const refused = await client.send('DELETE', '/resources/vNet/east', { query: '?action=force' })
    expect([refused.status, messageOf(refused)]).toEqual([409, 'cannot delete vNet (east): in use by VPN one, other; delete the VPN first'])
    const kept = await client.send('DELETE', '/deregisterResource/vNet/east', { query: '?withSubnets=true' })
    expect([kept.status, messageOf(kept)]).toEqual([409, 'cannot deregister vNet (east): in use by VPN one, other; delete the VPN first'])
    const last = await client.send('DELETE', '/resources/vNet/east/subnet/east-01')
    expect([last.status, messageOf(last)]).toEqual([409, 'cannot delete subnet (east-01), the last of vNet (east): in use by VPN one, other; delete the VPN first'])
    await client.done('DELETE', '/infra/any/vpn/one')
    expect((await client.vpn('one')).status).toBe(404)
    const left = await client.vpn('other')
    expect([valueAt(left.body, 'status'), resourcesOf(left)]).toEqual(['Available', before])
    await client.done('DELETE', '/infra/any/vpn/other')
    expect(lab.objects().some(({ id }) => id === gateways[0]?.[0])).toBe(false)
    await client.done('DELETE', '/resources/vNet/east', { query: '?action=force' })
  })

  it('that have nothing to do with each other stay as they are when a third one joins them', async () => {
    const client = await networks('joined', ['east', 'west', 'middle', 'north'], 40)
    const first = await Promise.all([client.makeVpn('one', ['east', 'west']), client.makeVpn('two', ['middle', 'north'])])
    expect(first.map(({ status }) => status)).toEqual([200, 200])
    const joining = await client.makeVpn('three', ['east', 'middle'])
    expect([joining.status, valueAt(joining.body, 'status')], JSON.stringify(joining.body).slice(0, 300)).toEqual([200, 'Available'])
    for (const made of first) {
      const now = await client.vpn(textAt(made.body, 'id'))
      expect([valueAt(now.body, 'status'), resourcesOf(now)]).toEqual(['Available', resourcesOf(made)])
    }
  })

  it('say that their ends differ, to many who ask at once, who keep nobody from deleting them', async () => {
    const client = await networks('broken', ['east', 'middle'], 60)
    const made = await client.makeVpn('vpn', ['east', 'middle'])
    expect(valueAt(made.body, 'status')).toBe('Available')
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.vpn('vpn')))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const ids = new Set(resourcesOf(made))
    expect(lab.tamper('google_compute_vpn_tunnel', ({ id }) => ids.has(id), { shared_secret: 'another' })).toBeGreaterThan(0)
    const broken = await client.vpn('vpn')
    expect([valueAt(broken.body, 'status'), reasonOf(broken, 'Ready')]).toEqual(['Failed', 'TunnelsDiffer'])
    const health = await client.done('POST', '/infra/any/vpn/vpn/health', { body: {} })
    expect(valueAt(health, 'reachable')).toBe(false)
    const [reads, removed] = await Promise.all([Promise.all(Array.from({ length: 3 }, () => client.vpn('vpn'))), client.send('DELETE', '/infra/any/vpn/vpn')])
    expect(removed.status, JSON.stringify(removed.body)).toBe(200)
    for (const { status } of reads) expect([200, 404]).toContain(status)
    expect((await client.vpn('vpn')).status).toBe(404)
    expect(JSON.stringify([made.body, broken.body])).not.toMatch(/"(?:[a-z0-9_]*(?:shared_key|shared_secret|preshared_key|psk)[a-z0-9_]*|customer_gateway_configuration)":"[^"]/)
  })

  it('whose creation failed keep saying why, and are gone on with', async () => {
    const client = await networks('retried', ['east', 'south'], 110)
    const failed = await client.makeVpn('vpn', ['east', 'south'])
    expect([failed.status, messageOf(failed)]).toEqual([500, expect.stringContaining('no tunnel can be made')])
    expect(messageOf(failed)).not.toMatch(/\btb[0-9a-v]{18}\b/)
    for (const query of ['?refresh=false', '']) {
      const kept = await client.vpn('vpn', query)
      expect([valueAt(kept.body, 'status'), reasonOf(kept, 'Ready'), valueAt(kept.body, 'systemMessage')]).toEqual(['Failed', 'CreationFailed', expect.stringContaining('no tunnel can be made')])
    }
    const retried = await client.makeVpn('vpn', ['east', 'south'], {}, '?action=retry')
    expect([retried.status, valueAt(retried.body, 'status'), valueAt(retried.body, 'systemMessage')]).toEqual([200, 'Available', ''])
    const again = await client.makeVpn('vpn', ['east', 'south'], {}, '?action=retry')
    expect([again.status, messageOf(again)]).toEqual([409, expect.stringContaining('nothing to retry')])
  })

  it('keep the gateway subnet and the number of the gateway that is there', async () => {
    const client = mixed
    const made = await client.makeVpn('one', ['east', 'west'], { aws: { bgpAsn: '64600' }, azure: { vpnSku: 'VpnGw2AZ', gatewaySubnetCidr: '10.162.8.0/27', bgpPeeringCidrs: { toAws: ['169.254.21.40/30', '169.254.21.44/30', '169.254.22.40/30', '169.254.22.44/30', 'nonsense'], toGcp: ['nonsense'] } } })
    expect([made.status, valueAt(made.body, 'status')], JSON.stringify(made.body).slice(0, 300)).toEqual([200, 'Available'])
    const insides = lab.objects().filter(({ type }) => type === 'aws_vpn_connection').flatMap(({ attributes }) => ['tunnel1_inside_cidr', 'tunnel2_inside_cidr'].map((tunnel) => attributes[tunnel]))
    expect(insides).toEqual(expect.arrayContaining(['169.254.21.40/30', '169.254.21.44/30', '169.254.22.40/30', '169.254.22.44/30']))
    expect(textAt((await client.vpn('one')).body, 'systemMessage')).toMatch(/^site2\.cspSpecificProperty\.azure\.bgpPeeringCidrs\.toAws\[4\]: "nonsense" is not used: .+\.$/)
    expect(lab.objects().some(({ type, attributes }) => type === 'azurerm_subnet' && attributes['name'] === 'GatewaySubnet' && JSON.stringify(attributes['address_prefixes']) === '["10.162.8.0/27"]')).toBe(true)
    const otherSubnet = await client.makeVpn('two', ['middle', 'west'], { azure: { gatewaySubnetCidr: '10.162.9.0/27' } })
    expect([otherSubnet.status, messageOf(otherSubnet)]).toEqual([409, 'gatewaySubnetCidr: vNet west has the gateway subnet 10.162.8.0/27 already; leave it out, or give that one'])
    const otherNumber = await client.makeVpn('two', ['east', 'middle'], { aws: { bgpAsn: '64601' } })
    expect([otherNumber.status, messageOf(otherNumber)]).toEqual([409, expect.stringContaining('64600 from VPN one')])
    const otherSize = await client.makeVpn('two', ['middle', 'west'], { azure: { vpnSku: 'VpnGw3AZ' } })
    expect([otherSize.status, messageOf(otherSize)]).toEqual([409, 'vpnSku: the gateway of vNet west has the size VpnGw2AZ from VPN one, and cannot have VpnGw3AZ as well; give that one, or leave it out'])
    const again = await client.makeVpn('two', ['west', 'east'])
    expect([again.status, messageOf(again)]).toEqual([409, 'site2: vNets west and east have VPN one already, and need no other; use that one, or delete it first'])
    expect((await client.vpn('two')).status).toBe(404)
    const into = await client.send('POST', '/resources/vNet/west/subnet', { body: { name: 'wrong', ipv4_CIDR: '10.162.8.0/26' } })
    expect(into.status).toBe(400)
  })

  it('are refused in the names that users know', async () => {
    const client = mixed
    const twin = await client.makeVnet('twin', { connection: connections.west, cidr: '10.161.0.0/17', subnets: { a: '10.161.1.0/24' } })
    expect(twin.status).toBe(201)
    const overlapping = await client.makeVpn('vpn', ['middle', 'twin'])
    expect([overlapping.status, messageOf(overlapping)]).toEqual([400, expect.stringMatching(/middle.*twin|twin.*middle/)])
    expect(messageOf(overlapping)).not.toMatch(/\btb[0-9a-v]{18}\b/)
    const itself = await client.makeVpn('vpn', ['east', 'east'])
    expect([itself.status, messageOf(itself)]).toEqual([400, 'site2: vNet east cannot be linked to itself; name another vNet'])
    const nowhere = await client.makeVpn('vpn', ['east', 'nowhere'])
    expect([nowhere.status, messageOf(nowhere)]).toEqual([404, 'does not exist, vNet: nowhere'])
    const outside = await client.makeVpn('vpn', ['east', 'twin'], { azure: { gatewaySubnetCidr: '10.99.0.0/27' } })
    expect(outside.status).toBe(400)
    expect(messageOf(outside)).not.toMatch(/\btb[0-9a-v]{18}\b/)
    expect(listAt(await client.done('GET', '/infra/any/vpn'), 'vpnIdList')).not.toContain('vpn')
  })
})
