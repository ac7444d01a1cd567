import { Cidr } from '@isthmus/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listAt, textAt, valueAt } from '../../../test/lab/gateway-lab.fixture.ts'
import { clouds, connectionIn, noon } from '../../testing/networks.fixture.ts'
import { poster } from '../../testing/api.fixture.ts'
import { checkVnet } from '../../vnet/vnet-plan.ts'
import { newVnet } from '../../vnet/vnet-records.ts'
import { addVnetDesign } from './vnet-design.ts'

const post = poster((api) => addVnetDesign(api, clouds))

interface Wanted { readonly csp: string; readonly region: string; readonly subnetCount: unknown; readonly hostsPerSubnet: unknown; readonly useFirstNZones?: unknown }

const design = (wanted: readonly Wanted[], more: object = {}) =>
  post('/util/vNet/design', { ...more, mcNetConfigurations: wanted.map(({ csp, region, ...vnet }) => ({ csp, regions: [{ name: region, vNets: [vnet] }] })) })

const vnetsOf = (body: unknown) => listAt(body, 'vNetReqList').map((vnet) => ({
  name: textAt(vnet, 'name'),
  connection: textAt(vnet, 'connectionName'),
  cidr: textAt(vnet, 'cidrBlock'),
  subnets: listAt(vnet, 'subnetInfoList').map((subnet) => ({ name: textAt(subnet, 'name'), cidr: textAt(subnet, 'ipv4_CIDR'), zone: valueAt(subnet, 'zone') })),
}))

const east = { csp: 'aws', region: 'ap-northeast-2', subnetCount: 3, hostsPerSubnet: 130, useFirstNZones: 2 }
const west = { csp: 'azure', region: 'koreacentral', subnetCount: 2, hostsPerSubnet: 50 }

describe('vNet design', () => {
  it('gives vNets of several clouds blocks with room for every host, aligned, apart, and as their clouds take them', async () => {
    const wanted = fc.array(fc.record({ at: fc.constantFrom(...Object.entries(connectionIn)), subnetCount: fc.integer({ min: 1, max: 9 }), hostsPerSubnet: fc.integer({ min: 1, max: 500 }) }), { minLength: 1, maxLength: 8 })
    await fc.assert(fc.asyncProperty(wanted, async (all) => {
      const { status, body } = await design(all.map(({ at: [csp, connection], subnetCount, hostsPerSubnet }) => ({ csp, region: connection.slice(csp.length + 1), subnetCount, hostsPerSubnet })))
      expect(status, JSON.stringify(body)).toBe(201)
      const vnets = vnetsOf(body)
      expect(vnets.map(({ connection }) => connection)).toEqual(all.map(({ at }) => at[1]))
      for (const [index, { name, connection, cidr, subnets }] of vnets.entries()) {
        const asked = all[index]
        const plain = subnets.map(({ name: subnet, cidr: block, zone }) => ({ name: subnet, cidr: block, ...(typeof zone === 'string' ? { zone } : {}) }))
        expect(() => checkVnet('n0123456789a', newVnet({ name, connection, cidr, subnets: plain }, noon), clouds)).not.toThrow()
        expect(subnets.filter((subnet) => !subnet.name.endsWith('-reserved'))).toHaveLength(asked?.subnetCount ?? -1)
        for (const subnet of subnets) expect(2 ** (32 - Cidr.of(subnet.cidr).prefix) - 2).toBeGreaterThanOrEqual(asked?.hostsPerSubnet ?? 0)
        for (const other of vnets.slice(index + 1)) expect(Cidr.of(cidr).overlaps(Cidr.of(other.cidr))).toBe(false)
      }
    }), { numRuns: 25 })
  })

  it('names vNets and subnets by number, fills up to a power of two, and deals zones round robin', async () => {
    const { body } = await design([east, west])
    const [first, second] = vnetsOf(body)
    expect([first?.name, second?.name]).toEqual(['vnet00', 'vnet01'])
    expect(first?.subnets.map(({ name }) => name)).toEqual(['subnet00', 'subnet01', 'subnet02', 'subnet03-reserved'])
    const zones = clouds.connection(connectionIn.aws)?.zones ?? []
    expect(first?.subnets.map(({ zone }) => zone)).toEqual([zones[0], zones[1], zones[0], zones[1]])
    expect(second?.subnets.map(({ zone }) => zone)).toEqual([undefined, undefined])
    expect(first?.subnets.every(({ cidr }) => Cidr.of(cidr).prefix === 24)).toBe(true)
  })

  it('reads numbers in the spelling of either generation', async () => {
    const spelt = { ...east, subnetCount: '3', hostsPerSubnet: '130', useFirstNZones: '2' }
    expect(await design([spelt, west])).toEqual(await design([east, west]))
    for (const wrong of ['three', '', '-1', 1.5, null]) expect((await design([{ ...east, subnetCount: wrong }])).status).toBe(400)
  })

  it.each([{}, { mcNetConfigurations: null }, { mcNetConfigurations: [{ csp: 'aws', regions: null }] }, { mcNetConfigurations: [{ csp: 'aws', regions: [{ name: 'ap-northeast-2', vNets: null }] }] }])('takes lists that are left out for empty (%j)', async (body) => {
    expect(await post('/util/vNet/design', body)).toEqual({ status: 201, body: { vNetReqList: [] } })
  })

  it('stays inside the network that is wanted, and covers all vNets where that is asked for', async () => {
    for (const [asked, given] of [['true', true], [true, true], ['false', false], [undefined, false]] as const) {
      const { body } = await design([east, west], { desiredPrivateNetwork: '172.20.0.0/16', supernettingEnabled: asked })
      for (const { cidr } of vnetsOf(body)) expect(cidr).toMatch(/^172\.20\./)
      const root = valueAt(body, 'rootNetworkCIDR')
      expect(typeof root === 'string').toBe(given)
      if (typeof root === 'string') for (const { cidr } of vnetsOf(body)) expect(Cidr.of(root).overlaps(Cidr.of(cidr)) && Cidr.of(root).prefix < Cidr.of(cidr).prefix).toBe(true)
    }
  })

  it.each<[string, readonly Wanted[], object, RegExp]>([
    ['a cloud that nobody knows', [{ ...east, csp: 'acme' }], {}, /mcNetConfigurations\[0\]\.regions\[0\]: no cloud is called acme/],
    ['a region that is not there', [west, { ...east, region: 'mars' }], {}, /mcNetConfigurations\[1\]\.regions\[0\]\.name: aws has no region mars/],
    ['no subnets', [{ ...east, subnetCount: 0 }], {}, /mcNetConfigurations\[0\]\.regions\[0\]\.vNets\[0\]\.subnetCount/],
    ['more hosts than a subnet holds', [west, { ...east, hostsPerSubnet: 999_999_999 }], {}, /mcNetConfigurations\[1\]\.regions\[0\]\.vNets\[0\]/],
    ['a network without room for all', [east, west], { desiredPrivateNetwork: '10.0.0.0/24' }, /mcNetConfigurations\[\d\]\.regions\[0\]\.vNets\[0\]/],
    ['a network that is none', [east], { desiredPrivateNetwork: '10.0.0.9/16' }, /desiredPrivateNetwork/],
    ['more subnets than anybody needs', Array.from({ length: 3_000 }, () => ({ ...east, subnetCount: 16_384 })), {}, /more than one design holds/],
  ])('refuses %s, naming its place', async (_, wanted, more, said) => {
    const { status, body } = await design(wanted, more)
    expect([status, valueAt(body, 'message')]).toEqual([400, expect.stringMatching(said)])
  })
})
