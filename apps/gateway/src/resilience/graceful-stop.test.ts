import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { z } from 'zod'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import type { EngineName } from '../testing/store.fixture.ts'
import { eventsOf, makeVnets, makeVpn, removeAll, runWhileMaking, vpnPath } from './making-vpn.fixture.ts'
import { attemptsOf } from './run-intervals.fixture.ts'

const patience = 240_000
/** Slow enough that a connection is still being made when another gateway has started, also where much else runs. */
const slowClouds = { ISTHMUS_SIMULATED_SPEED: '25' }
const id = 'a-request-that-is-handed-on'

async function openLab(engine: EngineName, { onTestFinished }: TestContext): Promise<GatewayLab> {
  const lab = await GatewayLab.open(engine, slowClouds)
  onTestFinished(() => lab.close())
  return lab
}

/** How the commands of OpenTofu in the stacks of a gateway ended. */
function commandsIn(folder: string): { readonly endedAt?: string | undefined; readonly signal?: string | undefined }[] {
  const recorded = z.object({ endedAt: z.string().optional(), signal: z.string().optional() })
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('run.json'))
  return files.map((name) => recorded.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
}

describe.concurrent('a gateway that is told to end while it applies', () => {
  it('lets OpenTofu finish what it makes, and goes on when it is started again', async (context) => {
    const lab = await openLab('SQLite', context)
    const gateway = await lab.start('one')
    await makeVnets(lab.client)
    const cutOff = makeVpn(lab.client, id)
    const run = await runWhileMaking(lab.client, 'aws_vpn_connection')
    expect(await gateway.end('SIGTERM')).toBe(0)
    expect(await cutOff).toBeUndefined()
    expect(attemptsOf(gateway.log()).at(-1)).toMatchObject({ run, outcome: 'RUN_HANDED_ON' })
    // Every command of OpenTofu has ended, none by a signal: it saved its state and gave its lock back.
    expect(commandsIn(gateway.folder).filter(({ endedAt, signal }) => endedAt === undefined || signal !== undefined)).toEqual([])

    await lab.start('one')
    // The attempt that was handed on does not count.
    expect(await lab.client.ended(run)).toMatchObject({ state: 'done', attempts: 1 })
    expect((await eventsOf(lab.client, run)).filter(({ type }) => type === 'adopted' || type === 'interrupted')).toEqual([])
    expect((await lab.client.ask('GET', `/tumblebug/request/${id}`)).body).toMatchObject({ status: 'Success', responseData: { name: 'vpn01', status: 'Available' } })
    await removeAll(lab.client)
    expect(lab.objects()).toEqual([])
  }, patience)

  it('hands its work to another one at once', async (context) => {
    const lab = await openLab('PostgreSQL', context)
    const gateway = await lab.start('one')
    await makeVnets(lab.client)
    const cutOff = makeVpn(lab.client, id)
    const run = await runWhileMaking(lab.client, 'aws_vpn_connection')
    const other = await lab.start('other')
    expect(await gateway.end('SIGTERM')).toBe(0)
    expect(await cutOff).toBeUndefined()
    expect(await lab.clientOf(other).ended(run)).toMatchObject({ state: 'done', attempts: 1 })
    expect((await lab.clientOf(other).ask('GET', `${vpnPath}/vpn01`)).body).toMatchObject({ status: 'Available' })
    await removeAll(lab.clientOf(other))
    expect(lab.objects()).toEqual([])
  }, patience)
})
