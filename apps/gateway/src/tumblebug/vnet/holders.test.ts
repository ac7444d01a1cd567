import { afterAll, beforeAll, expect, it } from 'vitest'
import { GatewayLab, valueAt } from '../../../test/lab/gateway-lab.fixture.ts'
import { messageOf, NetworkClient, patience } from '../../testing/network-client.fixture.ts'

let lab: GatewayLab
let client: NetworkClient
beforeAll(async () => {
  lab = await GatewayLab.open({ holders: ['acme', 'zeta'] })
  client = await NetworkClient.open(lab, 'holders')
})
afterAll(() => lab.close())

const by = (holder: string) => ({ 'x-credential-holder': holder })
const vnet = (name: string, connectionName: string, second: number) => ({ name, connectionName, cidrBlock: `10.${second}.0.0/16`, subnetInfoList: [{ name: 'one', ipv4_CIDR: `10.${second}.0.0/24` }] })

it('refuses a credential holder nobody knows on every route, with those there are', async () => {
  for (const [method, path, body] of [['POST', '/resources/vNet', vnet('theirs', 'aws-us-east-1', 1)], ['GET', '/resources/vNet', undefined], ['DELETE', '/resources/vNet/theirs', undefined]] as const) {
    const refused = await client.send(method, path, { body, headers: by('nobody') })
    expect([refused.status, messageOf(refused)]).toEqual([400, expect.stringMatching(/^x-credential-holder: there are no credentials of nobody; use admin or acme or zeta, or make the folder nobody/)])
  }
  expect((await client.vnet('theirs')).status).toBe(404)
})

it('makes a vNet in the name of the holder who asks, also from a template, and of nobody else', async () => {
  const made = await client.send('POST', '/resources/vNet', { body: vnet('own', 'aws-us-east-1', 2), headers: by('Acme') })
  expect([made.status, valueAt(made.body, 'connectionName'), valueAt(made.body, 'connectionConfig', 'credentialHolder')]).toEqual([201, 'acme-aws-us-east-1', 'acme'])
  await client.done('POST', '/template/vNet', { body: { name: 'any', vNetReq: vnet('any', 'aws-us-east-1', 3) } })
  const applied = await client.send('POST', '/resources/vNet/template/any', { body: { name: 'applied' }, headers: by('acme') })
  expect([applied.status, valueAt(applied.body, 'connectionName')]).toEqual([200, 'acme-aws-us-east-1'])
  const refused = await client.send('POST', '/resources/vNet', { body: vnet('other', 'zeta-aws-us-east-1', 4), headers: by('acme') })
  expect([refused.status, messageOf(refused)]).toEqual([400, expect.stringContaining('zeta-aws-us-east-1 belongs to the credential holder zeta')])
  const named = await client.send('POST', '/resources/vNet', { body: vnet('named', 'zeta-aws-us-east-1', 5), headers: by('admin') })
  expect([named.status, valueAt(named.body, 'connectionName')]).toEqual([201, 'zeta-aws-us-east-1'])
}, patience)
