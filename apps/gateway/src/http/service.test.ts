import pino from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Service } from './service.ts'
import { frame, reader, writer } from './service.fixture.ts'

const bases = ['/isthmus/v1', '/tumblebug', '/terrarium'] as const
let app: Service['app']
beforeAll(async () => {
  ({ app } = await frame())
})

/** Sends a request with the login that may write, unless it has headers of its own. */
async function send(method: string, path: string, headers: Readonly<Record<string, string>> = { authorization: writer }, body?: string): Promise<{ readonly status: number; readonly headers: Headers; readonly body: unknown }> {
  const response = await app.request(path, { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body }) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text !== '' && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text }
}

describe('the chain', () => {
  it('says that a client is too fast, then that its holder is wrong, and only then that nobody knows it', async () => {
    const { app: slow } = await frame(1)
    const ask = async (): Promise<number> => (await slow.request('/tumblebug/thing/a', { headers: { 'x-credential-holder': '../x' } })).status
    expect(await ask()).toBe(400)
    expect(await ask()).toBe(429)
    expect((await slow.request('/tumblebug/thing/a', { headers: { 'x-address': 'other' } })).status).toBe(401)
  })

  it('counts the requests of each client for itself, and forgets them with time', async () => {
    let seconds = 0
    const { app: slow } = await frame(2, () => seconds * 1000)
    const ask = async (address: string): Promise<Response> => slow.request('/tumblebug/open', { headers: { 'x-address': address } })
    const statuses = [await ask('a'), await ask('a'), await ask('a'), await ask('b')].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 429, 200])
    const refused = await ask('a')
    expect(await refused.json()).toEqual({ message: 'rate limit exceeded' })
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    seconds = 1
    expect((await ask('a')).status).toBe(200)
  })

  it.each([['', 200], ['Alice_2', 200], ['a-b', 400], ['a'.repeat(51), 400]])('takes the credential holder %j for what clients mean by it', async (holder, status) => {
    expect((await app.request('/tumblebug/open', { headers: { 'x-credential-holder': holder } })).status).toBe(status)
  })
})

describe('a caller', () => {
  it.each([
    ['/isthmus/v1', 'application/problem+json', { status: 401, code: 'UNAUTHORIZED', detail: 'Unauthorized' }],
    ['/tumblebug', 'application/json', { message: 'Unauthorized' }],
    ['/terrarium', 'application/json', { success: false, message: 'Unauthorized' }],
  ])('that %s does not know is told so in its words', async (base, type, body) => {
    for (const headers of [{}, { authorization: 'Basic b3BzOndyb25n' }, { authorization: 'Bearer wrong' }]) {
      const answer = await send('GET', `${base}/thing/a`, headers)
      expect(answer).toMatchObject({ status: 401, body })
      expect(answer.headers.get('www-authenticate')).toBe('basic realm=Restricted')
      expect(answer.headers.get('content-type')).toBe(type)
    }
  })

  it.each(bases)('needs to be known for each path below %s but the open ones', async (base) => {
    expect((await send('GET', `${base}/open`, {})).status).toBe(200)
    expect((await send('HEAD', `${base}/open`, {})).status).toBe(200)
    for (const [method, path] of [['POST', '/open'], ['GET', '/open/'], ['GET', '/OPEN'], ['GET', '/nothing'], ['GET', ''], ['PUT', '/thing/a'], ['PATCH', '/thing/a']] as const) expect((await send(method, `${base}${path}`, {})).status).toBe(401)
  })

  it.each(bases)('that may only read changes nothing below %s', async (base) => {
    expect((await send('GET', `${base}/thing/a`, { authorization: reader })).status).toBe(200)
    const refused = await send('PUT', `${base}/thing/a`, { authorization: reader }, '{"size":1}')
    expect(refused.status).toBe(403)
    expect(JSON.stringify(refused.body)).toContain('viewer may not write')
    expect((await send('PUT', `${base}/thing/a`, { authorization: writer }, '{"size":1}')).status).toBe(200)
  })
})

describe('a path', () => {
  it.each(bases)('below %s that is for other methods says for which', async (base) => {
    const answer = await send('POST', `${base}/thing/a`)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, PUT')
    expect((await send('GET', `${base}/nothing`)).status).toBe(404)
  })
})

describe('an error', () => {
  it('of the native API is a problem as RFC 9457 has it', async () => {
    const { status, body, headers } = await send('PUT', '/isthmus/v1/thing/a', { authorization: writer, 'x-request-id': 'mine' }, '{"size":"big"}')
    expect(status).toBe(400)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toEqual({ type: 'urn:isthmus:problem:body-invalid', title: 'body invalid', status: 400, detail: 'size: give a number, not a text', instance: 'urn:isthmus:request:mine', code: 'BODY_INVALID' })
  })

  it.each(bases)('that nobody foresaw tells clients of %s nothing of the inside', async (base) => {
    const answer = await send('GET', `${base}/broken`)
    expect(answer.status).toBe(500)
    expect(JSON.stringify(answer.body)).toContain('Internal Server Error')
    expect(JSON.stringify(answer.body)).not.toContain('swordfish')
  })

  it.each(bases)('that goes away by itself says when to ask %s again', async (base) => {
    const answer = await send('GET', `${base}/full`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
  })

  it('is never longer than a few pages, whatever was sent', async () => {
    const { body } = await send('PUT', '/tumblebug/thing/a', { authorization: writer, 'content-type': `text/${'x'.repeat(60_000)}` }, '{}')
    expect(JSON.stringify(body).length).toBeLessThan(11_000)
  })
})

describe('a body', () => {
  const change = (headers: Readonly<Record<string, string>>, body: string) => send('PUT', '/isthmus/v1/thing/a', { authorization: writer, ...headers }, body)
  it.each<[headers: Record<string, string>, body: string, status: number]>([
    [{ 'content-type': 'application/json' }, '{"size":1}', 200],
    [{ 'content-type': 'application/json; charset=UTF-8' }, '{"size":1}', 200],
    [{ 'content-type': 'application/merge-patch+json;charset="utf-8"' }, '{"size":1}', 200],
    [{ 'content-type': 'application/json', 'content-encoding': 'identity' }, '{"size":1}', 200],
    [{ 'content-type': 'application/json; charset=utf-16' }, '{"size":1}', 415],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, '{"size":1}', 415],
    [{ 'content-type': 'text/plain' }, '{"size":1}', 415],
    [{ 'content-type': 'application/json' }, '', 400],
    [{ 'content-type': 'application/json' }, ' \n', 400],
    [{}, `{"size":1,"more":"${'x'.repeat(1024 * 1024)}"}`, 413],
  ])('sent with %o is answered as it should', async (headers, body, status) => {
    expect((await change(headers, body)).status).toBe(status)
  })
})

describe('a browser', () => {
  it('may ask what it may send without a login, and gets its headers back', async () => {
    for (const path of ['/tumblebug/thing/a', '/isthmus/v1/orders/a', '/nowhere']) {
      const { status, headers, body } = await send('OPTIONS', path, { origin: 'https://example.org', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization, x-own' })
      expect([status, body]).toEqual([204, ''])
      expect(Object.fromEntries(headers)).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, PUT, POST, DELETE', 'access-control-allow-headers': 'authorization, x-own' })
    }
  })

  it('may read answers and the id of its request, also when it is refused', async () => {
    for (const headers of [{ authorization: writer }, {}]) {
      const answer = await send('GET', '/tumblebug/thing/a', headers)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-expose-headers')).toBe('x-request-id')
    }
  })

  it('may read that it is too fast, and may not ask what it may send any faster', async () => {
    const { app: slow } = await frame(1)
    await slow.request('/tumblebug/open')
    for (const method of ['GET', 'OPTIONS']) {
      const refused = await slow.request('/tumblebug/open', { method, headers: { origin: 'https://example.org' } })
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([429, '*'])
    }
  })
})

describe('the id of a request', () => {
  it('is that of the client where it can be, and else a new one', async () => {
    expect((await send('GET', '/tumblebug/open', { 'x-request-id': 'cli:1/2@b+c-d.e' })).headers.get('x-request-id')).toBe('cli:1/2@b+c-d.e')
    const [one, other] = [await send('GET', '/tumblebug/open', { 'x-request-id': 'a b' }), await send('GET', '/tumblebug/open', {})].map(({ headers }) => headers.get('x-request-id'))
    expect(one).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/)
    expect(other).not.toBe(one)
  })
})

describe('the log', () => {
  /** What is logged of a request, without what differs each time. */
  async function logged(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<unknown> {
    const lines: string[] = []
    const { app: logging } = await frame(1_000, () => 0, pino({ level: 'debug', base: null }, { write: (line: string) => void lines.push(line) }))
    await logging.request(path, { method, headers, ...(body === undefined ? {} : { body }) })
    return lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'request')
  }

  it.each<[method: string, path: string, line: object, body?: string]>([
    ['GET', '/tumblebug/readyz', { level: 20, status: 200 }],
    ['GET', '/tumblebug/thing/a', { level: 30, status: 200, route: '/tumblebug/thing/:id', caller: 'ops' }],
    ['PUT', '/tumblebug/thing/a', { level: 30, status: 400, path: '/tumblebug/thing/a', reason: expect.stringMatching(/size/) }, '{"size":"big"}'],
    ['POST', '/tumblebug/thing/a', { level: 30, status: 405, path: '/tumblebug/thing/a', reason: expect.stringMatching(/not for POST/) }],
    ['GET', '/isthmus/v1/nothing', { level: 30, status: 404, path: '/isthmus/v1/nothing', reason: 'there is no /isthmus/v1/nothing' }],
  ])('has of %s %s what helps: %o', async (method, path, line, body) => {
    expect(await logged(method, path, { authorization: writer, 'content-type': 'application/json' }, body)).toMatchObject(line)
  })

  it('says why somebody was not let in, and not with what', async () => {
    const line = await logged('GET', '/tumblebug/thing/a', { authorization: 'Bearer swordfish' })
    expect(line).toMatchObject({ status: 401, path: '/tumblebug/thing/a', reason: expect.stringMatching(/.{5}/) })
    expect(JSON.stringify(line)).not.toContain('swordfish')
  })
})

describe('/metrics', () => {
  it('counts requests by route, for callers who may read', async () => {
    expect((await send('GET', '/metrics', {})).status).toBe(401)
    await send('GET', '/tumblebug/thing/secret-name')
    const { status, headers, body } = await send('GET', '/metrics', { authorization: reader })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=/)
    expect(body).toContain('isthmus_http_request_duration_seconds_count{method="GET",route="/tumblebug/thing/:id",status="200"}')
    expect(body).not.toContain('secret-name')
  })
})

describe('the page of the API', () => {
  const files = ['/', '/docs/start.js', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/openapi.json']
  it.each(files)('%s is served without a login, and may load nothing from elsewhere', async (path) => {
    const { status, headers } = await send('GET', path, {})
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('names only files that are served', async () => {
    const { body } = await send('GET', '/', {})
    const named = [...String(body).matchAll(/(?:href|src)="([^"]+)"/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(2)
    for (const name of named.filter((item) => !item.startsWith('data:'))) expect(files).toContain(`/${name}`)
    expect(String(body) + String((await send('GET', '/docs/start.js', {})).body)).not.toMatch(/https?:|\/\//)
  })
})
