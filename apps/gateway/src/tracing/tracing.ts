import { httpInstrumentationMiddleware } from '@hono/otel'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { MiddlewareHandler } from 'hono'

/** Traces of requests. */
export interface Tracing {
  /** Makes a span of each request, named after its route; it goes on with a trace that the client began. */
  readonly middleware: MiddlewareHandler
  /** Sends what is left. */
  stop(): Promise<void>
}

/**
 * Sends traces to an OTLP endpoint. Load this module only where that is asked for: what it imports takes a second and 100 MB.
 * No header is ever captured, and so no credential.
 */
export function startTracing(url: string, serviceVersion: string): Tracing {
  const tracerProvider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))] })
  // For the header in which a client says what trace it began.
  tracerProvider.register()
  return {
    middleware: httpInstrumentationMiddleware({ tracerProvider, serviceName: 'isthmus-gateway', serviceVersion }),
    stop: () => tracerProvider.shutdown(),
  }
}
