import { expect, it } from 'vitest'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import { makeVnets, makeVpn, removeAll, runWhileMaking, slowClouds, vpnPath } from './making-vpn.fixture.ts'

it('a VPN whose database is lost while it is made goes on when it is back, and nothing of it is taken back', { timeout: 240_000 }, async ({ onTestFinished }) => {
  const lab = await GatewayLab.open('PostgreSQL', slowClouds)
  onTestFinished(() => lab.close())
  const { client } = lab
  await lab.start('one')
  await makeVnets(client)
  const answer = makeVpn(client, 'made')
  const run = await runWhileMaking(client, 'aws_vpn_connection')
  const gateways = lab.objects().filter((object) => object.startsWith('aws_vpn_gateway '))
  await lab.server?.crash()
  await lab.server?.resume()
  const ended = await client.ended(run)
  expect(ended, JSON.stringify(ended.error)).toMatchObject({ state: 'done' })
  expect(await client.ask('GET', `${vpnPath}/vpn01`)).toMatchObject({ status: 200, body: { status: 'Available' } })
  expect(lab.objects().filter((object) => object.startsWith('aws_vpn_gateway '))).toEqual(gateways)
  await answer
  await removeAll(client)
  expect(lab.objects()).toEqual([])
})
