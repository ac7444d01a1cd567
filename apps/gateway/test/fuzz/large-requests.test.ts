import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, listAt, valueAt } from '../lab/gateway-lab.fixture.ts'

let lab: GatewayLab
beforeAll(async () => {
  lab = await GatewayLab.open()
}, 60_000)
afterAll(() => lab.close())

const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))
const sites = (count: number) => Object.fromEntries(many(count, (index) => [`s${index}`, { cloud: 'acme', region: 'r', cidr: `10.${index >> 8}.${index & 255}.0/24` }]))
const design = (vnets: number, subnetCount: number) => ({ mcNetConfigurations: [{ csp: 'acme', regions: [{ name: 'r', vNets: many(vnets, () => ({ subnetCount, hostsPerSubnet: 1 })) }] }] })

describe('a small body that asks for very much', () => {
  it.each<[what: string, path: string, body: unknown, status: number, said: RegExp]>([
    ['millions of subnets', '/tumblebug/util/vNet/design', design(500, 16_000), 400, /8000000 subnets are more than one design holds/],
    ['one vNet of a billion subnets', '/tumblebug/util/vNet/design', design(1, 999_999_999), 400, /999999999 subnets are more/],
    ['thousands of vNets', '/tumblebug/util/vNet/design', design(1_001, 1), 400, /1001 vNets/],
    ['as many parts as there are stars', '/tumblebug/util/net/design', { cidrBlock: '::/0', subnettingRules: [{ type: 'minSubnets', value: 1e15 }] }, 400, /one answer holds 65536/],
    ['twenty thousand subnets', '/tumblebug/util/net/validate', { networkConfiguration: { cidrBlock: '10.0.0.0/8', subnets: many(20_000, () => ({ cidrBlock: '10.0.0.0/24' })) } }, 400, /more than 10000 subnets/],
    ['a mesh of a thousand sites', '/isthmus/v1/orders/plan', { name: 'o', sites: sites(1_000) }, 422, /499500 links/],
    ['a name of a million letters', '/tumblebug/ns', { name: 'a'.repeat(1_000_000) }, 400, /at most 128 characters/],
    ['a name of a million hyphens', '/tumblebug/ns', { name: `a${'-'.repeat(1_000_000)}` }, 400, /at most 128 characters/],
    ['an address of a million colons', '/tumblebug/util/net/design', { cidrBlock: ':'.repeat(1_000_000) }, 400, /is not an address block/],
    ['hundreds of thousands of subnets that are none', '/tumblebug/ns/default/resources/vNet', { name: 'n', connectionName: 'c', subnetInfoList: many(400_000, () => 1) }, 400, /more than 50000 values/],
    ['tens of thousands of clouds that are none', '/tumblebug/util/vNet/design', { mcNetConfigurations: many(49_000, () => 1) }, 400, /and \d+ more/],
  ])('%s is refused in few words', async (_, path, body, status, said) => {
    const reply = await lab.send('POST', path, { body })
    const text = JSON.stringify(reply.body)
    expect(reply.status).toBe(status)
    expect(text).toMatch(said)
    expect(text.length).toBeLessThan(20_000)
  })
})

describe('a long body that is in order', () => {
  it('is not kept with the request that brought it, so that the newest thousand requests fit into memory', async () => {
    await lab.done('POST', '/tumblebug/ns', { body: { name: 'long', description: 'x'.repeat(1_000_000) }, headers: { 'x-request-id': 'long-one' } })
    await lab.done('POST', '/tumblebug/ns', { body: { name: 'short', description: 'x' }, headers: { 'x-request-id': 'short-one' } })
    const [long, short] = [await lab.done('GET', '/tumblebug/request/long-one'), await lab.done('GET', '/tumblebug/request/short-one')]
    expect(JSON.stringify(valueAt(long, 'requestInfo')).length).toBeLessThan(2_000)
    expect(JSON.stringify(short)).toContain('"description":"x"')
    expect(listAt(await lab.done('GET', '/tumblebug/ns'), 'ns')).toHaveLength(4)
  })
})
