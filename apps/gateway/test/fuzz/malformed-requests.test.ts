import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewayLab, valueAt } from '../lab/gateway-lab.fixture.ts'
import { RawClient, type RawRequest } from './raw-client.fixture.ts'

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
const authorization = basic('default:default')

let lab: GatewayLab
let client: RawClient

beforeAll(async () => {
  lab = await GatewayLab.open()
  client = new RawClient(lab.url, 10_000)
  await lab.done('POST', '/terrarium/tr', { body: { name: 'a1' } })
}, 60_000)
afterAll(async () => {
  client.close()
  await lab.close()
})

/** The status of an answer, which must have something to say where it is an error. */
async function statusOf(request: RawRequest): Promise<number> {
  const { status, text, headers } = await client.send({ ...request, headers: { authorization, ...request.headers } })
  expect(headers['x-request-id']).toMatch(/^[\w.:@/+-]{1,128}$/)
  if (status >= 400 && request.method !== 'HEAD') {
    const body: unknown = JSON.parse(text)
    expect(valueAt(body, 'message') ?? valueAt(body, 'detail')).toMatch(/\w/)
  }
  return status
}

describe('a path', () => {
  it.each([
    '/tumblebug/ns/%00', '/tumblebug/ns/a%2Fb', '/tumblebug/ns/..%2f..%2fetc', '/tumblebug/ns/%zz', '/tumblebug/ns/%E0%A4', '/tumblebug/ns/%ED%A0%80', `/tumblebug/ns/${'a'.repeat(7_000)}`, '/tumblebug/ns/__proto__',
    '/tumblebug/ns/default/resources/vNet/%00', '/tumblebug/ns/default/resources/vNet/constructor', '/tumblebug/provider/__proto__/region', '/tumblebug/connConfig/constructor', '/tumblebug/config/%00', '/tumblebug/request/%00',
    '/isthmus/v1/orders/..%2f..%2fetc', '/isthmus/v1/orders/%00', '/isthmus/v1/runs/%00', '/isthmus/v1/runs/..%2f', '/isthmus/v1/providers/constructor/facts', '/isthmus/v1/providers/__proto__/facts',
    '/docs/%2e%2e%2fpackage.json', '/docs/../package.json', '/docs/..%5cpackage.json', '/docs/swagger-ui.js', '/../../etc/passwd', '//', '/tumblebug//readyz', '/tumblebug/readyz/', '/TUMBLEBUG/readyz', '/isthmus/v1/nothing',
  ])('%s leads nowhere', async (path) => {
    expect(await statusOf({ method: 'GET', path })).toBe(404)
  })

  it.each([['/tumblebug/ns/default/infra/a%2Fb', 400], ['/tumblebug/ns/default/infra/%E2%84%AA', 400], ['/terrarium/tr/%00', 403], ['/terrarium/tr/..%2f', 403]])('%s holds no name', async (path) => {
    expect([400, 403]).toContain(await statusOf({ method: 'GET', path }))
  })

  it.each([['GET', undefined], ['PUT', { name: 'mine' }], ['DELETE', undefined]] as const)('does not lead %s to the namespace that a terrarium has for itself', async (method, body) => {
    const bytes = body && Buffer.from(JSON.stringify(body))
    expect(await statusOf({ method, path: '/tumblebug/ns/terrarium%2Fa1', headers: { 'content-type': 'application/json' }, ...(bytes ? { bytes } : {}) })).toBe(404)
    expect(await statusOf({ method: 'GET', path: '/tumblebug/ns/terrarium%2Fa1/resources/vNet' })).toBe(404)
  })

  it('that is longer than any header may be ends the connection with 431', async () => {
    expect((await client.send({ method: 'GET', path: `/tumblebug/ns/${'a'.repeat(20_000)}` })).status).toBe(431)
  })
})

describe('a query', () => {
  it.each([
    ['/isthmus/v1/runs?limit=NaN', 400], ['/isthmus/v1/runs?limit=1e9', 400], ['/isthmus/v1/runs?limit=-1', 400], ['/isthmus/v1/runs?limit=', 400], ['/isthmus/v1/runs?limit=1.5', 400], ['/isthmus/v1/runs?state=constructor', 400],
    ['/isthmus/v1/runs?target=%00&__proto__=x', 200], [`/isthmus/v1/runs?target=${'a'.repeat(7_000)}`, 200], ['/tumblebug/ns?option=%00', 200], ['/tumblebug/ns?%zz=%zz&=&&', 200], ['/tumblebug/ns?option=id&option=x', 200],
    ['/tumblebug/requests?time=x', 400], ['/tumblebug/ns/default/resources/vNet?option=%F0%9F%98', 200], ['/tumblebug/ns/default/infra/a1/vpn?option=idlist', 400],
  ])('%s is answered with %i', async (path, status) => {
    expect(await statusOf({ method: 'GET', path })).toBe(status)
  })
})

describe('a header', () => {
  it.each([
    ['', 401], ['Basic', 401], ['Basic ', 401], ['Bearer', 401], ['Bearer x', 401], ['Digest a=b', 401], ['default:default', 401], [basic(':'), 401], [basic('default:'), 401], [basic(':default'), 401], [basic('default:default:'), 401], [basic('DEFAULT:default'), 401], [`${authorization}, ${authorization}`, 401],
    ['Basic !!!', 400], [basic('default'), 400], [`Basic ${'A'.repeat(8_000)}`, 400], ['Basic =', 400],
    [authorization.replace('Basic', 'bAsIc'), 200], [authorization.replace('Basic ', 'Basic   '), 200],
  ])('Authorization: %s is answered with %i', async (value, status) => {
    expect(await statusOf({ method: 'GET', path: '/tumblebug/ns', headers: { authorization: value } })).toBe(status)
  })

  it.each([['', 200], ['../x', 400], ['a b', 400], ['a'.repeat(51), 400], ['a-b', 400], ['ADMIN', 200], ['__proto__', 400]])('x-credential-holder: %s is answered with %i', async (value, status) => {
    expect(await statusOf({ method: 'GET', path: '/tumblebug/ns', headers: { 'x-credential-holder': value } })).toBe(status)
  })

  it.each(['a b', 'a'.repeat(129), '', '\u00e9', '"quoted"', 'a,b'])('x-request-id: %s is replaced', async (value) => {
    const { headers } = await client.send({ method: 'GET', path: '/tumblebug/readyz', headers: { 'x-request-id': value } })
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
  })
})

describe('a method', () => {
  it.each([
    ['HEAD', '/tumblebug/readyz', 200], ['HEAD', '/tumblebug/ns', 200], ['HEAD', '/isthmus/v1/orders/x', 404], ['OPTIONS', '/tumblebug/ns', 204], ['OPTIONS', '/nowhere', 204],
    ['PATCH', '/tumblebug/ns', 405], ['TRACE', '/tumblebug/ns', 405], ['PROPFIND', '/isthmus/v1/orders/x', 405], ['PATCH', '/terrarium/tr', 405], ['PATCH', '/nowhere', 404], ['PURGE', '/', 405],
  ])('%s %s is answered with %i', async (method, path, status) => {
    expect(await statusOf({ method, path })).toBe(status)
  })
})

describe('a message that is not HTTP as it should be', () => {
  const start = `POST /tumblebug/ns HTTP/1.1\r\nhost: a\r\nconnection: close\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\n`
  it.each<[what: string, message: string]>([
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n'], ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], ['an unknown method', 'FOO / HTTP/1.1\r\nhost: a\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'], ['a host with a space', 'GET / HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n'], ['a host with a path', 'GET / HTTP/1.1\r\nhost: a/b\r\nconnection: close\r\n\r\n'],
    ['NUL in a header', 'GET / HTTP/1.1\r\nhost: a\r\nx: a\u0000b\r\n\r\n'], ['a length and chunks', `${start}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`], ['two lengths', `${start}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
    ['a negative length', `${start}content-length: -2\r\n\r\n{}`], ['chunks without a size', `${start}transfer-encoding: chunked\r\n\r\nzz\r\n{}`], ['a length of 100 MB', `${start}content-length: 99999999\r\n\r\n{`],
  ])('%s is turned away', async (_, message) => {
    expect(await client.exchange(message)).toMatch(/^HTTP\/1\.1 4\d\d /)
  })
})
