import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, type TestContext } from 'vitest'
import { CutNetwork } from '../testing/cut-network.fixture.ts'
import { GatewayLab } from '../testing/gateway-lab.fixture.ts'
import type { GatewayProcess } from '../testing/gateway-process.fixture.ts'
import { makeVnets, makeVpn, runUntil, startedAfter, written } from './making-vpn.fixture.ts'
import { attemptsOf } from './run-intervals.fixture.ts'

/** Milliseconds within which another gateway has ended what a lost one had begun. */
const bound = 30_000
/** … and within which the lost one is well again, once it is back: what it had sent is sent again in growing intervals. */
const recovery = 60_000

/** Two gateways on one database, one of which reaches it over a network that can be cut, with the other gateway beside it. */
export class FarAndNear {
  readonly lab: GatewayLab
  readonly network: CutNetwork
  readonly far: GatewayProcess
  readonly near: GatewayProcess
  /** Milliseconds since 1970. */
  cutAt = 0

  private constructor(parts: Pick<FarAndNear, 'lab' | 'network' | 'far' | 'near'>) {
    this.lab = parts.lab
    this.network = parts.network
    this.far = parts.far
    this.near = parts.near
  }

  static async open(env: Readonly<Record<string, string>>, { onTestFinished }: TestContext): Promise<FarAndNear> {
    const network = await CutNetwork.make()
    const lab = await GatewayLab.open('PostgreSQL', env, network)
    onTestFinished(async () => {
      await lab.close()
      await network.close()
    })
    const folder = join(lab.folder, 'far')
    await mkdir(folder)
    const far = await lab.start('far', { ISTHMUS_DATABASE_URL: (await lab.server?.urlOverNetwork(folder)) ?? '' })
    return new FarAndNear({ lab, network, far, near: await lab.start('near') })
  }

  /** Lets the far gateway begin a VPN, and loses it once one of its events is there. @returns the run, and what its client is answered */
  async loseWhen(isThere: (line: string) => boolean): Promise<{ readonly run: string; readonly answer: ReturnType<typeof makeVpn> }> {
    const client = this.lab.clientOf(this.far)
    await makeVnets(client)
    this.near.signal('SIGSTOP')
    const answer = makeVpn(client, 'cut-off')
    const run = await runUntil(client, isThere)
    this.near.signal('SIGCONT')
    await this.network.cut()
    this.cutAt = Date.now()
    return { run, answer }
  }
}

/** The run as the near gateway ended it, in time. */
export async function endedInTime({ lab, near, cutAt }: FarAndNear, run: string): ReturnType<GatewayLab['client']['ended']> {
  const ended = await lab.clientOf(near).ended(run)
  const took = Date.now() - cutAt
  process.stderr.write(`${ended.kind} ${ended.state} ${took} ms after its machine was lost\n`)
  expect(took).toBeLessThan(bound)
  return ended
}

/** Brings the network back, and expects that the far gateway finds out that its run was taken from it, and does nothing more for it. */
export async function mend({ lab, network, far, near }: FarAndNear, run: string): Promise<void> {
  const attemptOf = (gateway: GatewayProcess) => attemptsOf(gateway.log()).filter((attempt) => attempt.run === run)
  const before = await written(lab)
  await network.mend()
  const mended = Date.now()
  while (attemptOf(far)[0]?.outcome === undefined && Date.now() - mended < recovery) await sleep(100)
  expect(attemptOf(far)).toEqual([expect.objectContaining({ fence: 1, outcome: 'RUN_LOST' })])
  expect(await lab.clientOf(far).ask('GET', '/tumblebug/readyz')).toMatchObject({ status: 200 })
  process.stderr.write(`well again ${Date.now() - mended} ms after it was back\n`)
  await sleep(2_000)
  expect(await written(lab)).toEqual(before)
  expect(startedAfter(mended, far.folder)).toEqual([])
  expect(attemptOf(near)).toEqual([expect.objectContaining({ fence: 2 })])
}
