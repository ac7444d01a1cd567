import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Authentication, hashSecret } from '../http/authentication.ts'
import { Metrics } from '../http/metrics.ts'
import { Api } from '../http/operation.ts'
import { RateLimit } from '../http/rate-limit.ts'
import { makeService, type Service } from '../http/service.ts'
import { openRuns, Worker, type Executor, type Run, type Runs } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { nativeDialect, nativeProblem } from './dialect.ts'
import { addRuns } from './runs.ts'

const authorization = `Basic ${Buffer.from('a:b').toString('base64')}`
let lab: StoreLab
let hash: string
let store: Store
let runs: Runs
let worker: Worker
let app: Service['app']
let stopping: AbortController
let goOn: () => void

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  hash = await hashSecret('b')
})
beforeEach(async () => {
  await lab.closeStores()
  store = await lab.store()
  runs = await openRuns(store, { poll: 20 })
  stopping = new AbortController()
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const executor: Executor = {
    async execute({ emit }) {
      for (const step of [1, 2, 3]) await emit({ step })
      await gate
      await emit({ step: 4 })
      return { steps: 4 }
    },
  }
  worker = new Worker(store, runs, { executors: { count: executor } })
  worker.start()
  const service = makeService({ authentication: new Authentication([{ kind: 'basic', name: 'a', hash, scopes: ['read'] }]), rateLimit: new RateLimit(1_000, () => 0), metrics: new Metrics(), log: pino({ level: 'silent' }), corsOrigin: '*', clientOf: () => '', answerProblem: problemAnswerer([['/', nativeProblem]]) })
  addRuns(new Api(service.app, '/isthmus/v1', nativeDialect, service.open), { store, runs }, stopping.signal)
  app = service.app
  return () => {
    goOn()
    return worker.stop()
  }
})
afterAll(() => lab.close())

const submitted = async (): Promise<Run> => (await store.transaction((tx) => runs.submit(tx, { kind: 'count', target: 'counter/one', payload: {} }))).run
const follow = (id: string, headers: Readonly<Record<string, string>> = {}) => app.request(`/isthmus/v1/runs/${id}/events`, { headers: { authorization, ...headers } })

/** Events of a stream, as their fields. */
const eventsOf = (text: string): Record<string, string>[] => text.split('\n\n').filter((block) => block.trim() !== '' && !block.startsWith(':')).map((block) => Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))))

describe('the events of a run', () => {
  it('come while it goes on, and end with the run', async () => {
    const { id } = await submitted()
    const response = await follow(id)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const read = async (): Promise<boolean> => {
      const { done = true, value = '' } = (await stream?.read()) ?? {}
      text += value
      return !done
    }
    while (eventsOf(text).length < 3 && (await read()));
    goOn()
    while (await read());
    const events = eventsOf(text)
    expect(events.map(({ event, id: place }) => [event, place])).toEqual([['event', '1'], ['event', '2'], ['event', '3'], ['event', '4'], ['end', undefined]])
    expect(events.slice(0, 4).map(({ data = '' }) => JSON.parse(data).event)).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }, { step: 4 }])
    expect(JSON.parse(events.at(-1)?.['data'] ?? '')).toMatchObject({ id, state: 'done', result: { steps: 4 } })
  })

  it.each([['2', ['3', '4']], ['4', []], ['99', []], ['0', ['1', '2', '3', '4']], ['-1', ['1', '2', '3', '4']], ['none', ['1', '2', '3', '4']]])('go on behind Last-Event-ID %s', async (last, places) => {
    const { id } = await submitted()
    goOn()
    await runs.wait(id)
    const events = eventsOf(await (await follow(id, { 'last-event-id': last })).text())
    expect(events.map(({ id: place }) => place)).toEqual([...places, undefined])
    expect(events.at(-1)?.['event']).toBe('end')
  })

  it('end without a last word when the gateway stops, so that clients connect again', async () => {
    const { id } = await submitted()
    const text = (await follow(id)).text()
    await sleep(100)
    stopping.abort()
    expect(eventsOf(await text).map(({ event }) => event)).not.toContain('end')
  })

  it('of a run that is not there are a problem', async () => {
    const response = await follow('00000000-0000-4000-8000-000000000000')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND', status: 404 })
  })
})

describe('the list of runs', () => {
  const listed = async (query: string): Promise<{ readonly status: number; readonly body: unknown }> => {
    const response = await app.request(`/isthmus/v1/runs?${query}`, { headers: { authorization } })
    return { status: response.status, body: await response.json() }
  }

  it('has its next page behind the last run of a page', async () => {
    for (const target of ['a', 'b', 'c']) await store.transaction((tx) => runs.submit(tx, { kind: 'other', target, payload: {} }))
    const ids = (await runs.list()).map(({ id }) => id)
    expect((await listed('limit=2')).body).toMatchObject({ runs: [{ id: ids[0] }, { id: ids[1] }] })
    expect((await listed(`limit=2&before=${ids[1]}`)).body).toMatchObject({ runs: [{ id: ids[2] }] })
    expect((await listed(`before=${ids[2]}`)).body).toEqual({ runs: [] })
  })

  it('has none behind a run that is not there', async () => {
    expect(await listed('before=gone')).toMatchObject({ status: 400, body: { code: 'PARAMETER_INVALID', detail: expect.stringContaining('the run gone does not exist') } })
  })
})
