import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, type TestContext } from 'vitest'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import type { GatewayProcess } from '../testing/gateway-process.fixture.ts'
import { makeVnets, makeVpn, removeAll, runWhileMaking, slowClouds, startedAfter, vpnPath, written } from './making-vpn.fixture.ts'
import { attemptsOf, overlaps } from './run-intervals.fixture.ts'

const patience = 180_000

interface Pair {
  readonly lab: GatewayLab
  readonly first: GatewayProcess
  readonly second: GatewayProcess
}

/** Two gateways on one database, and two vNets. */
async function openPair({ onTestFinished }: TestContext): Promise<Pair> {
  const lab = await GatewayLab.open('PostgreSQL', slowClouds)
  onTestFinished(() => lab.close())
  const [first, second] = [await lab.start('first'), await lab.start('second')]
  await makeVnets(lab.client)
  return { lab, first, second }
}

/** Who executes the run, and the other gateway. */
function holderOf(run: string, { first, second }: Pair): { readonly holder: GatewayProcess; readonly other: GatewayProcess } {
  const isFirst = attemptsOf(first.log()).some((attempt) => attempt.run === run)
  return isFirst ? { holder: first, other: second } : { holder: second, other: first }
}

describe.concurrent('of two gateways on one database', () => {
  it('the other one finishes within 30 seconds what a killed one had begun, at no time together, and tells the client', async (context) => {
    const pair = await openPair(context)
    const { lab, first } = pair
    const id = 'a-request-that-outlives-its-gateway'
    const cutOff = makeVpn(lab.clientOf(first), id)
    const run = await runWhileMaking(lab.client, 'aws_vpn_connection')
    const { holder, other } = holderOf(run, pair)
    await holder.end('SIGKILL')
    const killed = Date.now()
    const client = lab.clientOf(other)
    expect(await client.ended(run)).toMatchObject({ state: 'done', attempts: 2 })
    expect(Date.now() - killed).toBeLessThan(30_000)
    // Nearly always the one that took the request is the one that executes it.
    if (holder === first) expect(await cutOff).toBeUndefined()
    else expect(await cutOff).toMatchObject({ status: 200 })
    expect((await client.ask('GET', `/tumblebug/request/${id}`)).body).toMatchObject({ status: 'Success', responseData: { name: 'vpn01', status: 'Available' } })
    expect(overlaps([...attemptsOf(holder.log(), killed), ...attemptsOf(other.log())])).toEqual([])
    await removeAll(client)
    expect(lab.objects()).toEqual([])
  }, patience)

  it('one that was stopped for longer than its lease stops its work when it wakes up, and writes nothing any more', async (context) => {
    const pair = await openPair(context)
    const { lab, first } = pair
    const answered = makeVpn(lab.clientOf(first), 'a-request-that-waits')
    const run = await runWhileMaking(lab.client, 'aws_vpn_connection')
    const { holder, other } = holderOf(run, pair)
    holder.signal('SIGSTOP')
    const stopped = Date.now()
    expect(await lab.clientOf(other).ended(run)).toMatchObject({ state: 'done', attempts: 2 })
    await sleep(Math.max(0, 15_000 - (Date.now() - stopped)))
    const before = await written(lab)
    const woken = Date.now()
    holder.signal('SIGCONT')
    expect(await answered).toMatchObject({ status: 200, body: { name: 'vpn01', status: 'Available' } })
    await sleep(2_000)
    expect(await written(lab)).toEqual(before)
    expect(attemptsOf(holder.log()).filter((attempt) => attempt.run === run)).toEqual([expect.objectContaining({ fence: 1, outcome: 'RUN_LOST' })])
    expect(attemptsOf(other.log()).filter((attempt) => attempt.run === run)).toEqual([expect.objectContaining({ fence: 2, outcome: 'done' })])
    expect(startedAfter(woken, holder.folder)).toEqual([])
    expect((await lab.clientOf(holder).ask('GET', `${vpnPath}/vpn01`)).body).toMatchObject({ status: 'Available' })
  }, patience)
})
