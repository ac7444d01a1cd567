import { finding, type Finding } from '@isthmus/core'
import { expect, it } from 'vitest'
import { Problem } from '../../http/problem.ts'
import { clouds, connectionIn, noon, vnetOf } from '../../testing/networks.fixture.ts'
import { inWordsOfRequest } from './vpn-findings.ts'

const [east, west] = [vnetOf('east', connectionIn.aws, 1), vnetOf('west', connectionIn.azure, 2)]
const stored = [east, west].map((doc) => ({ scope: 'ns', id: doc.name, version: 1, createdAt: noon, updatedAt: noon, doc }))
const order = { name: 'vpn01', ends: [{ vnet: 'east', settings: {} }, { vnet: 'west', settings: {} }], generation: 'vnet' } as const

/** What a client is told of findings. */
async function told(findings: readonly Finding[], generation: 'vnet' | 'site' = 'vnet'): Promise<string> {
  const work = Promise.reject(new Problem('FINDINGS', 'as planned', { findings }))
  return inWordsOfRequest({ ...order, generation }, stored, clouds, work).then(() => '', (error: unknown) => (error instanceof Error ? error.message : ''))
}
const found = (path: string, title = 'it is wrong.', hint = 'change it.') => finding('ORDER_INVALID', path, { title, hint })

it.each([
  ['sites.east.asn', 'site1.cspSpecificProperty.aws.bgpAsn: '],
  ['sites.west.asn', 'site2.cspSpecificProperty.azure.bgpAsn: '],
  ['sites.west.sku', 'site2.cspSpecificProperty.azure.vpnSku: '],
  [`sites.west.subnets[${west.subnets.length}].cidr`, 'site2.cspSpecificProperty.azure.gatewaySubnetCidr: '],
  ['sites.west.subnets[0].cidr', 'site2: '],
  ['sites.east.cidr', 'site1: '],
  ['sites.east', 'site1: '],
  ['topology.links[3]', ''],
])('names the field of the request for %s', async (path, place) => {
  expect(await told([found(path)])).toBe(`${place}it is wrong. change it.`)
})

it('names the fields of the oldest generation, which says nothing of its clouds', async () => {
  expect(await told([found(`sites.west.subnets[${west.subnets.length}].cidr`)], 'site')).toBe('site2.gatewaySubnetCidr: it is wrong. change it.')
})

it('names them inside sentences too', async () => {
  expect(await told([found('topology.links[0]', 'so it is: no.')])).toBe('so it is: no. change it.')
  expect(await told([found('sites.west.asn', 'sites.west.asn: too big.', 'correct sites.west.asn.')])).toBe('site2.cspSpecificProperty.azure.bgpAsn: too big. correct site2.cspSpecificProperty.azure.bgpAsn.')
})

it('leaves alone what names no field of the order', async () => {
  for (const path of ['.cidr', 'sites.eastern.cidr', 'sites.eastern']) expect(await told([found(path)])).toBe('as planned')
  await expect(inWordsOfRequest(order, stored, clouds, Promise.reject(new Problem('CONFLICT', 'it is there')))).rejects.toMatchObject({ code: 'CONFLICT', message: 'it is there' })
  await expect(inWordsOfRequest(order, stored, clouds, Promise.resolve(5))).resolves.toBe(5)
})
