import { requireScope } from '../http/authentication.ts'
import type { Metrics } from '../http/metrics.ts'
import type { Service } from '../http/service.ts'

/** `/metrics` in the text format of Prometheus, for callers who may read. */
export function addMetrics({ app }: Service, { registry }: Metrics): void {
  app.get('/metrics', async (context) => {
    const { caller } = context.var
    if (caller) requireScope(caller, 'read')
    return context.body(await registry.metrics(), 200, { 'content-type': registry.contentType })
  })
}
