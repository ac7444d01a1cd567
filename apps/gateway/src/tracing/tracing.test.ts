import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { startGateway, type Gateway } from '../start/start-gateway.ts'

const authorization = `Basic ${Buffer.from('default:default').toString('base64')}`

let folder: string
let receiver: Server
let received: string[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-tracing-'))
  received = []
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      received.push(Buffer.concat(chunks).toString('utf8'))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve) })
})
afterEach(() => {
  receiver.close()
  rmSync(folder, { recursive: true, force: true })
})

function start(variables: Readonly<Record<string, string>>): Promise<Gateway> {
  return startGateway(readConfiguration({ ISTHMUS_PORT: '0', ...variables }, folder), { env: {}, log: pino({ level: 'silent' }), version: '0.0.0' })
}

function isLoaded(): boolean {
  return Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('/@opentelemetry/sdk-trace'))
}

it('is loaded only where traces are asked for', async () => {
  const without = await start({})
  await without.stop()
  expect(isLoaded()).toBe(false)
})

it('sends a span per request, named by its route, with no word of who asked', async () => {
  const address = receiver.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const gateway = await start({ ISTHMUS_TRACES_URL: `http://127.0.0.1:${port}/v1/traces` })
  const trace = '0af7651916cd43dd8448eb211c80319c'
  const answer = await fetch(`${gateway.url}/tumblebug/ns/default`, { headers: { authorization, traceparent: `00-${trace}-b7ad6b7169203331-01` } })
  await gateway.stop()

  expect(answer.status).toBe(200)
  expect(isLoaded()).toBe(true)
  const text = received.join('\n')
  const spans = received.flatMap((body) => JSON.parse(body).resourceSpans).flatMap(({ scopeSpans }) => scopeSpans).flatMap((scope) => scope.spans)
  expect(spans).toEqual([expect.objectContaining({ name: expect.stringContaining('/tumblebug/ns/:nsId'), traceId: trace })])
  expect(text).toContain('isthmus-gateway')
  expect(text).not.toContain(authorization)
  expect(text.toLowerCase()).not.toContain('authorization')
})
