import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { EventLoopWatch } from './event-loop-watch.ts'

/** What `/metrics` shows. */
export class Metrics {
  readonly registry: Registry = new Registry()
  /** Seconds until an answer, by route and never by path, which would make one series per object. */
  readonly requests: Histogram<'method' | 'route' | 'status'> = new Histogram({
    name: 'isthmus_http_request_duration_seconds',
    help: 'Seconds until a request was answered',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600, 3600],
    registers: [this.registry],
  })
  readonly runs: Counter<'kind' | 'outcome'> = new Counter({ name: 'isthmus_runs_total', help: 'Runs that ended', labelNames: ['kind', 'outcome'], registers: [this.registry] })
  readonly activeRuns: Gauge<'kind'> = new Gauge({ name: 'isthmus_runs_active', help: 'Runs that this gateway executes now', labelNames: ['kind'], registers: [this.registry] })

  constructor() {
    collectDefaultMetrics({ register: this.registry })
    const watch = new EventLoopWatch()
    const blocked: Gauge = new Gauge({
      name: 'isthmus_event_loop_blocked_max_seconds',
      help: 'Longest time since it was asked last that work of this process kept its event loop; other processes do not count',
      registers: [this.registry],
      collect: () => blocked.set(watch.take() / 1000),
    })
  }
}
