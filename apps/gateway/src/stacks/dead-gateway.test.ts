import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { killedGateway } from './doomed-gateway.fixture.ts'
import { KeptRun, order, planOf, stacksOf, StackLab } from './stack-lab.fixture.ts'

const patience = 180_000
const speed = 40
/** A gateway takes 12 seconds, longer than OpenTofu itself waits for a state. */
const slowGateway = { aws_vpn_gateway: { create: 480, delete: 60 } }
/** Ten seconds, in which the network above it is made and in no state yet. */
const slowSubnet = { aws_subnet: { create: 400, delete: 5 } }
const plan = planOf([['east', 'middle']])
const stacks = stacksOf('east', 'middle')

let lab: StackLab
afterEach(() => lab.close(), patience)

/** Objects of the clouds that no state knows. */
async function unknownObjects(folder: string): Promise<string[]> {
  const known = new Set((await lab.engine(folder).known(order, stacks)).map((view) => `${view.type} ${String(view.values['id'])}`))
  return lab.simulator.objects().map(({ type, id }) => `${type} ${id}`).filter((object) => !known.has(object))
}

describe('after a gateway was killed while it applied', () => {
  it('another one without its data folder waits for the OpenTofu it left, and finishes', async () => {
    lab = await StackLab.open(speed, slowGateway)
    await killedGateway(lab, await lab.folder(), 'aws_vpn_gateway')
    const [folder, run] = [await lab.folder(), new KeptRun()]
    expect(await lab.engine(folder).apply(order, plan, stacks, run)).toMatchObject({ ok: true, findings: [] })
    expect(run.events).toContainEqual({ type: 'stack', stack: 'gateway-east', state: 'waiting' })
    expect(lab.simulator.tunnels().every((tunnel) => tunnel.up)).toBe(true)
    expect(await unknownObjects(folder)).toEqual([])
  }, patience)

  it('and its OpenTofu with it, another one adopts from the kept events what was made, and says what may be left', async () => {
    lab = await StackLab.open(speed, slowSubnet)
    const dead = await lab.folder()
    const { events } = await killedGateway(lab, dead, 'aws_subnet')
    await killOpenTofu(join(dead, order, 'stacks', 'network-east'))
    const [folder, run] = [await lab.folder(), new KeptRun()]
    const held = await lab.engine(folder).apply(order, plan, stacks, { signal: run.signal, onEvent: (event) => run.onEvent(event), lastEvents: events })
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'adopted', stack: 'network-east', address: 'aws_vpc.east' }))
    expect(held.findings).toContainEqual(expect.objectContaining({ code: 'LEFTOVER_POSSIBLE', path: 'stacks.network-east' }))
    expect(held.stacks).toContainEqual(expect.objectContaining({ stack: 'network-east', outcome: 'failed', error: expect.stringContaining('held back') }))
    expect(held.stacks).toContainEqual(expect.objectContaining({ stack: 'gateway-middle', outcome: 'applied' }))
  }, patience)

  it('the same one, started again, goes on with its data folder', async () => {
    lab = await StackLab.open(speed)
    const folder = await lab.folder()
    await killedGateway(lab, folder, 'aws_vpn_gateway')
    expect(await lab.engine(folder).apply(order, plan, stacks, new KeptRun())).toMatchObject({ ok: true, findings: [] })
    expect(await unknownObjects(folder)).toEqual([])
    expect(await lab.engine(folder).destroy(order, stacks, new KeptRun())).toMatchObject({ ok: true })
    expect([lab.simulator.objects(), await lab.schemas()]).toEqual([[], []])
  }, patience)
})

/** Kills the OpenTofu that works in the folder of a stack, with its providers. */
async function killOpenTofu(folder: string): Promise<void> {
  const runs = join(folder, '.isthmus', 'runs')
  const last = (await readdir(runs)).sort().at(-1) ?? ''
  const record: unknown = JSON.parse(await readFile(join(runs, last, 'run.json'), 'utf8'))
  const found = typeof record === 'object' && record !== null && 'process' in record ? record.process : undefined
  if (typeof found !== 'object' || found === null || !('pid' in found) || typeof found.pid !== 'number') throw new Error('no OpenTofu is at work')
  process.kill(-found.pid, 'SIGKILL')
}
