import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Problem, problemOf } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { openRuns, Worker, type Runs } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { engineNames, StoreLab } from '../testing/store.fixture.ts'
import { tumblebugProblem } from '../tumblebug/dialect.ts'
import { settle } from '../work/settle.ts'
import { RequestTracking } from './request-tracking.ts'

const now = new Date('2026-11-24T12:00:00Z')

/** The HTTP side of a gateway whose requests come no further than to a gate, or to the run that they wait for. */
class HungGateway {
  readonly runs: Runs
  readonly tracking: RequestTracking
  readonly #app = new OpenAPIHono<ServiceEnv>()
  #open: () => void = () => undefined
  readonly #gate = new Promise<void>((resolve) => { this.#open = resolve })

  constructor(store: Store, runs: Runs) {
    this.runs = runs
    this.tracking = new RequestTracking(store, runs, () => now)
    const answer = problemAnswerer([['/', tumblebugProblem]])
    this.#app.onError((error, context) => answer(problemOf(error), context))
    this.#app.use(async (context, next) => {
      context.set('requestId', context.req.header('x-request-id') ?? '')
      await next()
    })
    this.#app.use(this.tracking.middleware(() => false))
    this.#app.post('/:target', async (context) => {
      const target = context.req.param('target')
      if (target === 'gated') await this.#gate
      const settled = await settle(context, runs, async () => (await store.transaction((tx) => runs.submit(tx, { kind: 'test', target, payload: {} }))).run)
      return settled instanceof Response ? settled : context.json({})
    })
  }

  async ask(target: string, id: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.#app.request(`/${target}`, { method: 'POST', headers: { 'x-request-id': id, ...headers } })
  }

  goOn(): void {
    this.#open()
  }
}

describe.each(engineNames)('a request on %s whose gateway is gone', (engine) => {
  let lab: StoreLab
  let store: Store
  let hung: HungGateway
  let other: RequestTracking
  beforeAll(async () => {
    lab = await StoreLab.open(engine)
  })
  afterAll(() => lab.close())
  beforeEach(async () => {
    store = await lab.store()
    hung = new HungGateway(store, await openRuns(store))
  })

  /** Another gateway opens the store; of the first one nothing is heard any more. */
  async function lose(): Promise<Runs> {
    await hung.runs.gateways.beat(-1)
    const runs = await openRuns(store)
    other = new RequestTracking(store, runs, () => now)
    return runs
  }

  async function work(runs: Runs, target: string): Promise<void> {
    const execute = async (): Promise<unknown> => (target === 'fails' ? Promise.reject(new Problem('RUN_FAILED', 'no room')) : { preSharedKey: 'hush', made: true })
    const worker = new Worker(store, runs, { executors: { test: { execute } }, describeError: () => ({ code: 'RUN_FAILED', message: 'no room', retryable: false }) })
    worker.start()
    const [run] = await runs.list({ target })
    await runs.wait(run?.id ?? '')
    await worker.stop()
  }

  it.each([['fits', 'Success', { made: true, preSharedKey: '[redacted]' }, ''], ['fails', 'Error', null, 'no room']])('tells what its run came to, which the gateway did not live to note: %s', async (target, status, responseData, errorResponse) => {
    void hung.ask(target, 'r1')
    await expect.poll(() => hung.runs.list({ target })).toHaveLength(1)
    expect(await hung.tracking.get('r1')).toMatchObject({ status: 'Handling' })
    const runs = await lose()
    expect(await other.get('r1')).toMatchObject({ status: 'Handling' })
    await work(runs, target)
    expect(await other.get('r1')).toMatchObject({ status, responseData, errorResponse, endTime: expect.stringMatching(/^20/) })
    expect((await other.list({ status })).map(({ id }) => id)).toEqual(['r1'])
  })

  it('is under way until its run is done, where it did not wait for that', async () => {
    const { tracking, runs } = hung
    const answer = await hung.ask('fits', 'r1', { prefer: 'respond-async' })
    expect([answer.status, await tracking.get('r1')]).toMatchObject([202, { status: 'Handling', responseData: { run: expect.any(String) } }])
    await work(runs, 'fits')
    expect(await tracking.get('r1')).toMatchObject({ status: 'Success', responseData: { made: true } })
  })

  it('says at once that no run was begun, and keeps to that', async () => {
    const asked = hung.ask('gated', 'r1')
    await expect.poll(() => hung.tracking.get('r1')).toMatchObject({ status: 'Handling' })
    const runs = await lose()
    const said = { status: 'Error', errorResponse: expect.stringContaining('began no run'), endTime: now.toISOString() }
    expect(await other.get('r1')).toMatchObject(said)
    hung.goOn()
    expect(await (await asked).json()).toEqual({ message: expect.stringContaining('counts as failed; send it again') })
    expect(await runs.list()).toEqual([])
    expect(await other.get('r1')).toMatchObject({ status: 'Error' })
  })
})

describe('a request that was answered with 503 because the database was away', () => {
  it('tells what its run came to, once the database is back', async () => {
    const lab = await StoreLab.open('PostgreSQL')
    try {
      const store = await lab.store()
      const runs = await openRuns(store)
      const hung = new HungGateway(store, runs)
      const asked = hung.ask('fits', 'r1')
      await expect.poll(() => runs.list({ target: 'fits' })).toHaveLength(1)
      const run = (await runs.list({ target: 'fits' }))[0]?.id ?? ''
      await lab.server.crash()
      runs.watch.tell(`run ${run}`)
      expect((await asked).status).toBe(503)
      await lab.server.resume()
      const worker = new Worker(store, runs, { executors: { test: { execute: async () => ({ made: true }) } } })
      worker.start()
      await runs.wait(run)
      await expect.poll(() => hung.tracking.get('r1'), { timeout: 10_000 }).toMatchObject({ status: 'Success', responseData: { made: true } })
      await worker.stop()
    } finally {
      await lab.close()
    }
  })
})
