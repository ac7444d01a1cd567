import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../../tests/random.fixture.ts'
import { GatewayLab, textAt, valueAt } from '../lab/gateway-lab.fixture.ts'
import { bodyOperations, type BodyOperation } from './json-samples.fixture.ts'
import { malformedBodies } from './malformed-bodies.fixture.ts'
import { RawClient, type RawAnswer, type RawRequest } from './raw-client.fixture.ts'

const [requests, seed, patience] = [10_000, 20261124, 30_000]
const login = { authorization: `Basic ${Buffer.from('default:default').toString('base64')}` }

let lab: GatewayLab
let client: RawClient
let operations: BodyOperation[]

beforeAll(async () => {
  lab = await GatewayLab.open()
  client = new RawClient(lab.url, patience)
  operations = bodyOperations(JSON.parse((await client.send({ method: 'GET', path: '/openapi.json' })).text))
}, 60_000)
afterAll(async () => {
  client.close()
  await lab.close()
})

describe('a malformed body', () => {
  it('is turned away by every operation that reads one, ten thousand times, and changes nothing', async () => {
    expect(operations.length).toBeGreaterThan(20)
    const before = await everything()
    const each = Math.ceil(requests / operations.length)
    const faults = (await Promise.all(operations.map((operation, index) => faultsOf(operation, each, randomNumbers(seed + index))))).flat()
    expect(faults).toEqual([])
    expect(await everything()).toEqual(before)
  }, 300_000)
})

/** What is wrong with the answers of an operation to so many malformed bodies. */
async function faultsOf({ method, path, ...operation }: BodyOperation, count: number, random: () => number): Promise<string[]> {
  const faults: string[] = []
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'nsId' ? 'default' : 'a1'))
  let sent = 0
  for (const { bytes, headers, isChunked } of malformedBodies({ method, path, ...operation }, random)) {
    if (sent === count) return faults
    sent += 1
    const answer = await answered({ method, path: at, headers: { ...login, ...headers }, bytes, isChunked })
    const fault = faultOf(path, answer)
    if (fault !== undefined) faults.push(`${method} ${path} ${JSON.stringify(headers)} ${bytes.toString().slice(0, 300)}: ${fault}`)
  }
  return faults
}

/** A server that refuses a body may close the connection while the rest of it is still being sent; the client then sees that instead of the answer, and asks again. */
async function answered(request: RawRequest, tries = 3): Promise<RawAnswer> {
  return client.send(request).catch((error: unknown) => {
    const isClosed = ['EPIPE', 'ECONNRESET'].includes(String(Object(error)['code']))
    if (!isClosed || tries === 1) throw error
    return answered(request, tries - 1)
  })
}

/** An answer must be a 4xx that says what is wrong, as the errors of its API do. */
function faultOf(path: string, { status, headers, text }: RawAnswer): string | undefined {
  const said = `${status} ${text.slice(0, 300)}`
  if (status < 400 || status > 499) return said
  const body: unknown = JSON.parse(text)
  const isNative = path.startsWith('/isthmus/')
  if (headers['content-type'] !== (isNative ? 'application/problem+json' : 'application/json')) return `${headers['content-type']}: ${said}`
  if (path.startsWith('/terrarium/') && valueAt(body, 'success') !== false) return said
  return textAt(body, isNative ? 'detail' : 'message').trim() === '' ? said : undefined
}

/** All that the gateway keeps, apart from the requests that it remembers. */
async function everything(): Promise<unknown[]> {
  const paths = ['/tumblebug/ns', '/tumblebug/ns/default/resources/vNet', '/tumblebug/ns/default/infra', '/tumblebug/ns/default/infra/a1/vpn', '/tumblebug/ns/default/template/vNet', '/tumblebug/ns/system/template/vNet', '/tumblebug/config', '/terrarium/tr', '/isthmus/v1/orders', '/isthmus/v1/runs']
  return Promise.all(paths.map((path) => lab.done('GET', path)))
}
