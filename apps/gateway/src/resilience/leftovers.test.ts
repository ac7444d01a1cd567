import { findDaemon } from '@isthmus/simulator'
import { describe, expect, it } from 'vitest'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import { killTree } from '../../../../tests/process-tree.fixture.ts'
import { engineNames } from '../testing/store.fixture.ts'
import { adoptionOf, leftoversOf, retried } from './leftover-choice.fixture.ts'
import { makeVnets, makeVpn, runWhileMaking, slowClouds, vpnPath } from './making-vpn.fixture.ts'

const patience = 240_000
describe.runIf(process.platform === 'linux').concurrent('a VPN whose gateway was killed together with OpenTofu', () => {
  it.for(engineNames)('on %s is held back, says what may be left and how to go on, and goes on so', { timeout: patience }, async (engine, { onTestFinished }) => {
    const lab = await GatewayLab.open(engine, slowClouds)
    onTestFinished(() => lab.close())
    const { client } = lab
    const gateway = await lab.start('one')
    await makeVnets(client)
    const cutOff = makeVpn(client, 'cut-off')
    const run = await runWhileMaking(client, 'aws_vpn_connection')
    killTree(gateway.pid, (await findDaemon(lab.clouds))?.pid)
    await cutOff

    await lab.start(engine === 'SQLite' ? 'one' : 'other')
    const held = await client.ended(run)
    expect(held).toMatchObject({ state: 'failed', error: { code: 'RUN_FAILED', message: expect.stringContaining(`POST /isthmus/v1/runs/${run}/retry`) } })
    const { body } = await client.ask('GET', `${vpnPath}/vpn01?refresh=false`)
    for (const { address } of leftoversOf(held)) expect(body).toMatchObject({ status: 'Failed', systemMessage: expect.stringContaining(`${address} `) })

    // Nothing of it is forgotten by the next run, whatever that is about.
    const again = await retried(client, run, {})
    expect(leftoversOf(again)).toEqual(leftoversOf(held))
    const refused = await client.ask('DELETE', `${vpnPath}/vpn01`)
    expect(refused).toMatchObject({ status: 500, body: { message: expect.stringContaining('may exist without being known') } })
    expect(await client.ask('POST', `/isthmus/v1/runs/${again.id}/retry`, { body: {} })).toMatchObject({ status: 409 })

    const adopt = adoptionOf(lab.clouds, leftoversOf(again))
    expect(adopt).not.toEqual([])
    expect(adopt).toHaveLength(leftoversOf(again).length)
    const [last] = await client.runs('kind=vpn.remove')
    const done = await retried(client, last?.id ?? '', { adopt })
    expect(done, JSON.stringify(done.error)).toMatchObject({ state: 'done' })
    expect(await client.ask('POST', `/isthmus/v1/runs/${done.id}/retry`, { body: {} })).toMatchObject({ status: 409 })
    expect(await client.ask('POST', '/isthmus/v1/runs/unknown/retry', { body: {} })).toMatchObject({ status: 404 })
    expect((await client.ask('GET', `${vpnPath}/vpn01`)).status).toBe(404)
    for (const name of ['one', 'other']) expect((await client.ask('DELETE', `/tumblebug/ns/default/resources/vNet/${name}?action=force`)).status).toBe(200)
    expect(lab.objects()).toEqual([])
  })
})
