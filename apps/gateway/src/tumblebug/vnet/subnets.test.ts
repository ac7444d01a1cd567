import { afterAll, beforeAll, expect, it } from 'vitest'
import { GatewayLab } from '../../../test/lab/gateway-lab.fixture.ts'
import { messageOf, NetworkClient, patience } from '../../testing/network-client.fixture.ts'

let lab: GatewayLab
let client: NetworkClient
beforeAll(async () => {
  lab = await GatewayLab.open()
  client = await NetworkClient.open(lab, 'subnets')
})
afterAll(() => lab.close())

it('refines a subnet that its cloud does not hold any more, and deletes none', async () => {
  await client.makeVnet('vnet', { connection: 'aws-ap-northeast-2', cidr: '10.1.0.0/16', subnets: { first: '10.1.0.0/24', second: '10.1.1.0/24' } })
  const refine = (subnet: string) => client.send('DELETE', `/resources/vNet/vnet/subnet/${subnet}`, { query: '?action=refine' })
  const held = await refine('first')
  expect([held.status, messageOf(held)]).toEqual([409, 'cannot refine subnet (first): its cloud still holds it'])
  expect(lab.lose('aws_subnet', ({ attributes }) => attributes['cidr_block'] === '10.1.1.0/24')).toBe(1)
  const gone = await refine('second')
  expect([gone.status, messageOf(gone)]).toEqual([200, 'the subnet info (second) has been refined'])
  expect(await client.subnets('vnet')).toEqual(['first'])
  expect(lab.objects().filter(({ type }) => type === 'aws_subnet').map(({ attributes }) => attributes['cidr_block'])).toEqual(['10.1.0.0/24'])
  expect((await refine('second')).status).toBe(404)
}, patience)
