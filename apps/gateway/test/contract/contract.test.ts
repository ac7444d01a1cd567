import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab } from '../lab/gateway-lab.fixture.ts'
import { faultsOf, spellings } from './operations.fixture.ts'
import { Recorder } from './recorder.fixture.ts'
import { lastStory, stories } from './stories.fixture.ts'

let lab: GatewayLab
let recorder: Recorder
const told = new Map<string, unknown>()

beforeAll(async () => {
  lab = await GatewayLab.open()
  recorder = new Recorder(lab)
  await Promise.all(Object.entries(stories).map(async ([name, story]) => told.set(name, await outcome(() => story(recorder, lab)))))
  told.set('the end', await outcome(() => lastStory(recorder)))
}, 240_000)
afterAll(() => lab.close())

async function outcome(story: () => Promise<void>): Promise<unknown> {
  return story().then(() => 'told', (error: unknown) => error)
}

describe('a client that goes through', () => {
  it.each([...Object.keys(stories), 'the end'])('%s gets to the end', (name) => {
    expect(told.get(name)).toBe('told')
  })

  it('all of it leaves nothing in the clouds', () => {
    expect(lab.objects().map(({ type, id }) => `${type} ${id}`)).toEqual([])
  })
})

describe.each(spellings)('$operation', ({ operation, status, requests, responses }) => {
  it('was asked with a body of the contract', () => {
    const exchanges = recorder.of(operation)
    expect(exchanges.length, 'no story calls it').toBeGreaterThan(0)
    expect(exchanges.flatMap(({ body }) => requests.flatMap((reference) => faultsOf(reference, body ?? {})))).toEqual([])
  })

  it(`answers ${status} and a body of the contract`, () => {
    const exchanges = recorder.of(operation)
    expect(exchanges.map(({ path, reply }) => [path, reply.status, reply.status === status ? '' : reply.body])).toEqual(exchanges.map(({ path }) => [path, status, '']))
    expect(exchanges.flatMap(({ reply }) => responses.flatMap((reference) => faultsOf(reference, reply.body)))).toEqual([])
    for (const { reply } of exchanges) expect(reply.headers.get('content-type')).toBe('application/json')
  })

  it('answers nothing but lists where the contract has lists', () => {
    expect(recorder.of(operation).flatMap(({ reply }) => nullsIn(reply.body))).toEqual([])
  })
})

/** Resources as their clouds show them, and answers that are kept: what is null in them was so from the beginning. */
const resources = /^\/list\/|cspResourceDetail|responseData$/

/** Places of a value that are null: clients of the peers have to read null as an empty list, and ours never send it. */
function nullsIn(value: unknown, path = ''): string[] {
  if (value === null) return resources.test(path) ? [] : [path]
  return typeof value === 'object' ? Object.entries(Object(value)).flatMap(([key, member]) => nullsIn(member, `${path}/${key}`)) : []
}
