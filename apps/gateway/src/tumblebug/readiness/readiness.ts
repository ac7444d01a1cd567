import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import type { Readiness } from '../../readiness/readiness.ts'
import { simpleMessage } from '../dialect.ts'

const readyz = z.object({ message: z.string(), ready: z.boolean(), initialized: z.boolean(), plugins: z.array(z.string()).optional() }).meta({ id: 'Readyz' })
const tag = 'Readiness'

/** Whether the gateway is there, ready, and initialised. None of it needs credentials. */
export function addReadiness(api: Api, readiness: Readiness, version: string): void {
  api.add({ id: 'readyz', method: 'get', paths: ['/readyz'], tag, scope: 'open', summary: 'Ask whether the gateway is ready', params: nothing, query: nothing, body: noBody, answers: { 200: readyz, 503: readyz } },
    async () => {
      const body = bodyOf(await readiness.state())
      return body.ready ? { status: 200, body } : { status: 503, body }
    })

  for (const [method, initialized] of [['put', true], ['delete', false]] as const) {
    api.add({ id: `${method}Init`, method, paths: ['/readyz/init'], tag, scope: 'open', summary: initialized ? 'Say that the gateway is initialised' : 'Say that the gateway is not initialised', params: nothing, query: nothing, body: noBody, answers: { 200: readyz } },
      async () => {
        await readiness.setInitialized(initialized)
        return { status: 200, body: bodyOf(await readiness.state()) }
      })
  }

  api.add({ id: 'livez', method: 'get', paths: ['/livez'], tag, scope: 'open', summary: 'Ask whether the gateway is alive', params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async () => ({ status: 200, body: { message: 'CB-Tumblebug is alive' } }))

  api.add({ id: 'httpVersion', method: 'get', paths: ['/httpVersion'], tag, scope: 'open', summary: 'Ask for the version of HTTP', params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async () => ({ status: 200, body: { message: `HTTP/1.1, Isthmus ${version}` } }))
}

function bodyOf({ ready, initialized, pluginFailures }: Awaited<ReturnType<Readiness['state']>>): z.input<typeof readyz> {
  const message = !ready ? 'CB-Tumblebug is NOT ready' : initialized ? 'CB-Tumblebug is ready and initialized' : 'CB-Tumblebug is ready but not initialized (waiting for init.py)'
  return { message, ready, initialized, ...(pluginFailures.length > 0 ? { plugins: [...pluginFailures] } : {}) }
}
