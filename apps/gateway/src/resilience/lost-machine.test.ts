import { describe, expect, it } from 'vitest'
import { CutNetwork } from '../testing/cut-network.fixture.ts'
import { adoptionOf, leftoversOf, retried } from './leftover-choice.fixture.ts'
import { endedInTime, FarAndNear, mend } from './lost-machine.fixture.ts'
import { removeAll } from './making-vpn.fixture.ts'

const patience = 300_000
/** So slow that a connection is still being made when the gateway that is cut off lets OpenTofu begin nothing more. */
const slowest = '25'

describe.runIf(CutNetwork.isPossible).concurrent('a run whose machine is lost', () => {
  it('while OpenTofu plans is finished by another gateway; the lost one writes nothing more when it is back, and works again', async (context) => {
    const pair = await FarAndNear.open({}, context)
    const { lab, far } = pair
    const { run, answer } = await pair.loseWhen((line) => line.includes('"state":"planning"'))
    expect(await endedInTime(pair, run)).toMatchObject({ state: 'done', attempts: 2 })
    await mend(pair, run)
    await answer
    expect((await lab.clientOf(far).ask('GET', '/tumblebug/request/cut-off')).body).toMatchObject({ status: 'Success', responseData: { name: 'vpn01', status: 'Available' } })
    await removeAll(lab.clientOf(far))
    expect(lab.objects()).toEqual([])
  }, patience)

  it('while OpenTofu makes something is held back, because that may be left; what OpenTofu could not save then overwrites nothing later', async (context) => {
    const pair = await FarAndNear.open({ ISTHMUS_SIMULATED_SPEED: slowest }, context)
    const { lab, far } = pair
    const { run, answer } = await pair.loseWhen((line) => line.includes('"apply_start"') && line.includes('"aws_vpn_connection.'))
    const held = await endedInTime(pair, run)
    expect(held).toMatchObject({ state: 'failed', attempts: 2, error: { message: expect.stringContaining(`POST /isthmus/v1/runs/${run}/retry`) } })
    await mend(pair, run)
    await answer
    expect((await lab.clientOf(far).ask('GET', '/tumblebug/request/cut-off')).body).toMatchObject({ status: 'Error', errorResponse: held.error?.message })
    const adopt = adoptionOf(lab.clouds, leftoversOf(held))
    expect(adopt).not.toEqual([])
    const again = await retried(lab.clientOf(far), run, { adopt, acceptLeftovers: true })
    expect(again, again.error?.message).toMatchObject({ state: 'done' })
    await removeAll(lab.clientOf(far))
    expect(lab.objects()).toEqual([])
  }, patience)
})
