import type { OrderEvent } from '@isthmus/tofu'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KeptRun, order, planOf, StackLab } from './stack-lab.fixture.ts'

const patience = 180_000
let lab: StackLab
beforeAll(async () => {
  // Long enough for the database to be gone before the network is there.
  lab = await StackLab.open(100, { aws_vpc: { create: 1_000, delete: 0 } })
}, patience)
afterAll(() => lab.close())

const stack = 'network-east'
const plan = planOf([['east', 'middle']])

const moments: readonly [string, (event: OrderEvent) => boolean][] = [
  ['while the stack is written down', (event) => event.type === 'stack' && event.state === 'planning'],
  ['when it is about to be changed', (event) => event.type === 'stack' && event.state === 'applying'],
  ['while it is changed', (event) => event.type === 'resource' && event.event.type === 'apply_start'],
]

it.for(moments)('a database that is lost %s is an error that passes, and the same goes on when it is back', { timeout: patience }, async ([, isMoment], { onTestFinished }) => {
  const engine = lab.engine(await lab.folder())
  let crash: Promise<void> | undefined
  const run = new KeptRun((event) => {
    if (isMoment(event)) crash ??= lab.server.crash()
  })
  onTestFinished(async () => {
    await engine.destroy(order, [stack], new KeptRun())
  })
  const ending = engine.apply(order, plan, [stack], run)
  await expect(ending).rejects.toMatchObject({ retryable: true })
  await crash
  await expect(engine.read(order, [stack], new KeptRun())).rejects.toMatchObject({ retryable: true })
  await lab.server.resume()
  expect(await engine.apply(order, plan, [stack], new KeptRun())).toMatchObject({ ok: true })
  expect(lab.simulator.objects().filter(({ type }) => type === 'aws_vpc')).toHaveLength(1)
})
