import { connect } from 'node:net'
import type { ServerType } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from './listen.ts'

const patience = 400
let impatient: ServerType
let patient: ServerType

beforeAll(async () => {
  const fetch = async (request: Request): Promise<Response> => new Response(`got ${await request.text().catch(() => 'half')}`)
  const place = { host: '127.0.0.1', port: 0 }
  impatient = await listen(fetch, { ...place, slowestRequest: patience })
  patient = await listen(fetch, place)
})
afterAll(() => Promise.all([impatient, patient].map((server) => new Promise((resolve) => server.close(resolve)))))

/** Sends pieces, one after another, and waits until the server closes the connection. */
function exchange(server: ServerType, pieces: readonly string[], pause: number): Promise<{ readonly text: string; readonly milliseconds: number }> {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const waiting = [...pieces]
    let text = ''
    const socket = connect(port, '127.0.0.1')
    const timer = setInterval(() => {
      const piece = waiting.shift()
      if (piece !== undefined && socket.writable) socket.write(piece)
    }, pause)
    socket.setTimeout(30_000, () => socket.destroy(new Error(`still open, with ${text}`)))
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', reject)
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ text, milliseconds: performance.now() - start })
    })
  })
}

describe('a client that', () => {
  it.each<[what: string, pieces: string[]]>([
    ['sends nothing', []],
    ['sends half a line', ['GET / HT']],
    ['sends its headers letter by letter', [...'GET / HTTP/1.1\r\nhost: a\r\nx: ', ...'a'.repeat(500)]],
    ['never ends its headers', ['GET / HTTP/1.1\r\nhost: a\r\n']],
    ['sends half of its body', ['POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n', '{']],
    ['sends its body letter by letter', ['POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 500\r\n\r\n', ...'a'.repeat(500)]],
    ['never ends its chunks', ['POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\na\r\n']],
  ])('%s loses its connection', async (_, pieces) => {
    const { text, milliseconds } = await exchange(impatient, pieces, 5)
    expect(text).not.toContain('HTTP/1.1 200')
    expect(milliseconds).toBeGreaterThan(patience / 2)
  })

  it('asks in the words of HTTP/1.0, without a host, is answered', async () => {
    expect((await exchange(patient, ['GET / HTTP/1.0\r\n\r\n'], 1)).text).toMatch(/^HTTP\/1\.1 200 [^]*got $/)
  })
})
