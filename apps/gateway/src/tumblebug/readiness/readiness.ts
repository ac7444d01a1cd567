import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import type { Readiness } from '../../readiness/readiness.ts'
import { simpleMessage } from '../dialect.ts'

const readyz = z.object({
  message: z.string(),
  ready: z.boolean().describe('Whether the store takes writes, OpenTofu is there, and the gateway is not stopping'),
  initialized: z.boolean().describe('What was said with `/readyz/init`; until then, whether there is a connection'),
  problems: z.array(z.string()).optional().describe('A sentence for each reason why it is not ready; not there when it is'),
  plugins: z.array(z.string()).optional().describe('A sentence for each plugin that could not be loaded; not there when all were'),
}).meta({ id: 'Readyz' })
const tag = 'Readiness'

/** Whether the gateway is there, ready, and initialised. None of it needs credentials. */
export function addReadiness(api: Api, readiness: Readiness, version: string): void {
  api.add({
    id: 'readyz', method: 'get', paths: ['/readyz'], tag, scope: 'open', summary: 'Ask whether the gateway is ready',
    description: '503 when it is not.',
    params: nothing, query: nothing, body: noBody, answers: { 200: readyz, 503: readyz },
  }, async () => {
    const body = bodyOf(await readiness.state())
    return body.ready ? { status: 200, body } : { status: 503, body }
  })

  for (const [method, initialized] of [['put', true], ['delete', false]] as const) {
    api.add({
      id: `${method}Init`, method, paths: ['/readyz/init'], tag, scope: 'open', summary: initialized ? 'Say that the gateway is initialised' : 'Say that the gateway is not initialised',
      description: 'Kept for clients that wait for `initialized`; the gateway itself works all the same.',
      params: nothing, query: nothing, body: noBody, answers: { 200: readyz },
    }, async () => {
      await readiness.setInitialized(initialized)
      return { status: 200, body: bodyOf(await readiness.state()) }
    })
  }

  api.add({ id: 'livez', method: 'get', paths: ['/livez'], tag, scope: 'open', summary: 'Ask whether the gateway is alive', params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async () => ({ status: 200, body: { message: 'CB-Tumblebug is alive' } }))

  api.add({ id: 'httpVersion', method: 'get', paths: ['/httpVersion'], tag, scope: 'open', summary: 'Ask for the version of HTTP', params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async () => ({ status: 200, body: { message: `HTTP/1.1, Isthmus ${version}` } }))
}

function bodyOf({ ready, problems, initialized, pluginFailures }: Awaited<ReturnType<Readiness['state']>>): z.input<typeof readyz> {
  const message = !ready ? 'CB-Tumblebug is NOT ready' : initialized ? 'CB-Tumblebug is ready and initialized' : 'CB-Tumblebug is ready but not initialized (waiting for init.py)'
  return { message, ready, initialized, ...(ready ? {} : { problems: [...problems] }), ...(pluginFailures.length > 0 ? { plugins: [...pluginFailures] } : {}) }
}
