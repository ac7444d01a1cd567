import { deriveKeys } from '@isthmus/tofu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesWith, KeptRun, order, planOf, stacksOf, StackLab } from './stack-lab.fixture.ts'

const patience = 180_000
let lab: StackLab
const folders: string[] = []
beforeAll(async () => {
  lab = await StackLab.open(Infinity)
  folders.push(await lab.folder(), await lab.folder())
}, patience)
afterAll(() => lab.close())

const engine = (index: number) => lab.engine(folders[index] ?? '')
const first = planOf([['east', 'middle']])
const both = planOf([['east', 'middle'], ['middle', 'west']], {}, first.agreed)
const outcomes = (stacks: readonly { stack: string; outcome: string }[]) => Object.fromEntries(stacks.map(({ stack, outcome }) => [stack, outcome]))

describe('stacks of two gateways on one database', () => {
  it('are applied by one and seen by the other, which has no file of them', async () => {
    const run = new KeptRun()
    expect(await engine(0).apply(order, first, stacksOf('east', 'middle'), run)).toMatchObject({ ok: true, rebuild: [] })
    expect(await engine(1).stacks(order)).toEqual(stacksOf('east', 'middle').sort())
    const known = await engine(1).known(order, stacksOf('east', 'middle'))
    expect(known.length).toBeGreaterThan(10)
    const read = await engine(1).read(order, stacksOf('east', 'middle'), new KeptRun())
    expect(read.map((view) => view.address).sort()).toEqual(known.map((view) => view.address).sort())
    expect(read.find(({ type }) => type === 'google_compute_vpn_tunnel')?.sensitive).toMatchObject({ shared_secret: true })
    expect(lab.simulator.tunnels().every((tunnel) => tunnel.up)).toBe(true)
  }, patience)

  it('keep keys, master secret and password of the database out of files and tables', async () => {
    const keys = Object.values(deriveKeys(first.keys, order, lab.master))
    const secrets = [...keys, lab.master.toString('base64'), lab.master.toString('hex'), new URL(lab.server.url).password]
    const database = await lab.everything()
    expect(database).toContain('encrypted_data')
    for (const secret of secrets) {
      expect(database.includes(secret)).toBe(false)
      for (const folder of folders) expect(await filesWith(folder, secret)).toEqual([])
    }
  }, patience)

  it('get a second link beside the first, whose stacks stay untouched', async () => {
    const run = new KeptRun()
    const stacks = stacksOf('middle', 'west')
    const result = await engine(1).apply(order, both, stacks, run)
    expect(result).toMatchObject({ ok: true })
    expect(Object.keys(outcomes(result.stacks)).sort()).toEqual([...stacks].sort())
    expect(run.events.filter((event) => event.stack === 'link-east--middle')).toEqual([])
    expect((await engine(0).stacks(order)).length).toBe(8)
  }, patience)

  it('refuse a change of a gateway that would break a link which is not named, and name that link', async () => {
    const changed = planOf([['east', 'middle'], ['middle', 'west']], { links: { 'east--middle': { routing: 'static' }, 'middle--west': { routing: 'static' } } }, both.agreed)
    const before = lab.simulator.tunnels().filter((tunnel) => tunnel.up).length
    const result = await engine(0).apply(order, changed, ['gateway-middle', 'link-east--middle'], new KeptRun())
    expect(result).toMatchObject({ ok: false, rebuild: ['link-middle--west'] })
    expect(outcomes(result.stacks)).toMatchObject({ 'gateway-middle': 'failed', 'link-east--middle': 'skipped' })
    expect(lab.simulator.tunnels().filter((tunnel) => tunnel.up).length).toBe(before)
  }, patience)

  it('can be seen by the gateway that works on them, without waiting for it', async () => {
    let seen: Promise<number> | undefined
    const look = async (): Promise<number> => (await engine(0).known(order, ['network-middle', 'gateway-middle', 'link-none'])).length
    const run = new KeptRun((event) => {
      if (event.type === 'stack' && event.stack === 'gateway-middle' && event.state === 'planning') seen ??= look()
    })
    const result = await engine(0).apply(order, both, ['gateway-middle'], run)
    expect(outcomes(result.stacks)).toEqual({ 'gateway-middle': 'unchanged' })
    expect(await seen).toBeGreaterThan(3)
  }, patience)

  it('take no state from a session that has lost its lock', async () => {
    const [schema = ''] = await lab.schemas()
    await expect(lab.rows(`update ${schema}.states set data = data`)).rejects.toThrow('the lock of this state was lost with its session')
    const locked = `with lock as materialized (select pg_advisory_lock(id) from ${schema}.states) update ${schema}.states set data = data from lock returning name`
    expect(await lab.rows(locked)).toEqual(['default'])
  }, patience)

  it('refuse stacks that the plan does not have', async () => {
    await expect(engine(0).apply(order, first, ['link-a--b'], new KeptRun())).rejects.toMatchObject({ code: 'WORKSPACE_INVALID' })
  })

  it('are destroyed by one that did not make them, with their schemas and records, and nothing else', async () => {
    const some = ['link-east--middle', 'gateway-east', 'network-east']
    const [one, other] = await Promise.all([engine(1).destroy(order, some, new KeptRun()), engine(0).destroy(order, ['link-middle--west', 'network-none'], new KeptRun())])
    expect(outcomes([...one.stacks, ...other.stacks])).toEqual({ 'link-east--middle': 'destroyed', 'gateway-east': 'destroyed', 'network-east': 'destroyed', 'link-middle--west': 'destroyed' })
    expect(await lab.schemas()).toHaveLength(4)
    expect(await engine(0).destroy(order, await engine(0).stacks(order), new KeptRun())).toMatchObject({ ok: true })
    expect([await lab.schemas(), await engine(1).stacks(order), lab.simulator.objects()]).toEqual([[], [], []])
  }, patience)

  it('are forgotten with their schemas and records, while the clouds keep what they made', async () => {
    await engine(0).apply(order, first, ['network-east'], new KeptRun())
    const made = lab.simulator.objects()
    expect(made.length).toBeGreaterThan(0)
    expect(outcomes((await engine(1).forget(order, ['network-east', 'network-none'], new KeptRun())).stacks)).toEqual({ 'network-east': 'forgotten' })
    expect([await lab.schemas(), await engine(0).stacks(order), lab.simulator.objects()]).toEqual([[], [], made])
  }, patience)
})
