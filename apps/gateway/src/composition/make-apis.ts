import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { DependencyContainer } from 'tsyringe'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Authentication } from '../http/authentication.ts'
import { Api } from '../http/operation.ts'
import { RateLimit } from '../http/rate-limit.ts'
import { makeService, type Service } from '../http/service.ts'
import { infraKind } from '../infra/infra.ts'
import { Infras } from '../infra/infras.ts'
import { Namespaces } from '../namespace/namespaces.ts'
import { NamedValues } from '../named-value/named-values.ts'
import { addCatalogue } from '../native/catalogue.ts'
import { nativeDialect, nativeProblem } from '../native/dialect.ts'
import { nativeExamples } from '../native/examples.ts'
import { addOrders } from '../native/orders.ts'
import { addRuns } from '../native/runs.ts'
import { addDocsPage } from '../openapi/docs-page.ts'
import { Orders } from '../order/orders.ts'
import { terrariumProblem } from '../terrarium/dialect.ts'
import { addTerrariumApi } from '../terrarium/terrarium-api.ts'
import { Terrariums } from '../terrarium/terrariums.ts'
import { templateKind } from '../template/template.ts'
import { Templates } from '../template/templates.ts'
import { RequestTracking } from '../tracking/request-tracking.ts'
import { tumblebugProblem } from '../tumblebug/dialect.ts'
import { addTumblebug } from '../tumblebug/tumblebug.ts'
import { vnetKind } from '../vnet/vnet.ts'
import { Vnets } from '../vnet/vnets.ts'
import { agreedKind } from '../vpn/vpn.ts'
import { Vpns } from '../vpn/vpns.ts'
import { addMetrics } from './metrics-route.ts'
import { tokens } from './tokens.ts'

const milliseconds = (): number => performance.now()

/** All APIs in their frame. */
export function makeApis(from: DependencyContainer): Service {
  const [configuration, log, metrics, parts] = [from.resolve(tokens.configuration), from.resolve(tokens.log), from.resolve(tokens.metrics), from.resolve(tokens.workParts)]
  const tracing = from.resolve(tokens.tracing)
  const service = makeService({
    ...(tracing ? { tracing: tracing.middleware } : {}),
    authentication: new Authentication(configuration.credentials ?? []),
    rateLimit: new RateLimit(configuration.requestsPerSecond, milliseconds),
    metrics,
    log,
    corsOrigin: configuration.corsOrigin,
    clientOf,
    answerProblem: problemAnswerer([['/isthmus', nativeProblem], ['/tumblebug', tumblebugProblem], ['/terrarium', terrariumProblem], ['/', nativeProblem]]),
  })
  const [version, clouds] = [from.resolve(tokens.version), from.resolve(tokens.clouds)]
  const vpns = new Vpns(parts)
  const readiness = from.resolve(tokens.readiness)
  addTumblebug(service, {
    parts,
    namespaces: new Namespaces(parts.store, [vnetKind, infraKind], [templateKind, agreedKind]),
    vnets: new Vnets(parts),
    vpns,
    infras: new Infras(parts, configuration.simulated),
    templates: new Templates(parts.store),
    namedValues: new NamedValues(parts.store),
    tracking: new RequestTracking(parts.store, parts.runs, parts.now),
    readiness,
    verified: from.resolve(tokens.verified),
    statusWords: configuration.statusWords,
    version,
  })
  addTerrariumApi(service, { terrariums: new Terrariums(parts, vpns), runs: parts.runs, clouds }, readiness, from.resolve(tokens.tofu))
  const native = new Api(service.app, '/isthmus/v1', nativeDialect, service.open, nativeExamples(clouds))
  addOrders(native, new Orders(parts, from.resolve(tokens.planner)), clouds)
  addRuns(native, parts, from.resolve(tokens.stopping).signal)
  addCatalogue(native, clouds, from.resolve(tokens.plugins))
  addMetrics(service, metrics)
  addDocsPage(service.app, service.open, version)
  return service
}

/** Address of the client; requests that come from no connection are those of tests. */
function clientOf(context: Context): string {
  return context.env && 'incoming' in Object(context.env) ? (getConnInfo(context).remote.address ?? '') : ''
}
