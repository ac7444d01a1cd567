import { holderAsked } from '../cloud/holder.ts'
import { Api } from '../http/operation.ts'
import type { Service } from '../http/service.ts'
import type { Infras } from '../infra/infras.ts'
import type { NamedValues } from '../named-value/named-values.ts'
import type { Namespaces } from '../namespace/namespaces.ts'
import type { Readiness } from '../readiness/readiness.ts'
import type { Templates } from '../template/templates.ts'
import type { RequestTracking } from '../tracking/request-tracking.ts'
import type { Vnets } from '../vnet/vnets.ts'
import type { Vpns } from '../vpn/vpns.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { addConfigs } from './config/configs.ts'
import { addConnections } from './connection/connections.ts'
import { tumblebugDialect } from './dialect.ts'
import { tumblebugExamples } from './examples.ts'
import { InfraAnswers } from './infra/infra-answers.ts'
import { addInfras } from './infra/infras.ts'
import { addSites } from './infra/sites.ts'
import { addNamespaces } from './namespace/namespaces.ts'
import { addReadiness } from './readiness/readiness.ts'
import { answerOfRun } from './request/answer-of-run.ts'
import { addRequests } from './request/requests.ts'
import { addResources } from './resource/resources.ts'
import { addTemplates } from './template/templates.ts'
import { addNetDesign } from './util/net-design.ts'
import { addNetValidate } from './util/net-validate.ts'
import { addVnetDesign } from './util/vnet-design.ts'
import { addReconciliation } from './vnet/reconciliation.ts'
import { addRegistration } from './vnet/registration.ts'
import { addSubnets } from './vnet/subnets.ts'
import { VnetAnswers } from './vnet/vnet-answers.ts'
import { addVnets } from './vnet/vnets.ts'
import { addVpnRequests } from './vpn/vpn-requests.ts'
import { addVpns } from './vpn/vpns.ts'

/** What the Tumblebug API is made of. */
export interface TumblebugParts {
  readonly parts: WorkParts
  readonly namespaces: Namespaces
  readonly vnets: Vnets
  readonly vpns: Vpns
  readonly infras: Infras
  readonly templates: Templates
  readonly namedValues: NamedValues
  readonly tracking: RequestTracking
  readonly readiness: Readiness
  readonly verified: (cloud: string, holder: string) => boolean
  readonly statusWords: '2026' | '2025'
  readonly version: string
}

const base = '/tumblebug'

/** The API of CB-Tumblebug, in the spellings of its 2025 and 2026 generations. */
export function addTumblebug({ app, open }: Service, { parts: { store, runs, clouds }, namespaces, vnets, vpns, infras, templates, namedValues, tracking, readiness, verified, statusWords, version }: TumblebugParts): void {
  app.use(`${base}/*`, tracking.middleware(isNotTracked))
  app.use(`${base}/*`, async (context, next) => {
    holderAsked(context, clouds)
    await next()
  })
  app.use(`${base}/ns/:nsId/*`, async (context, next) => {
    await namespaces.get(context.req.param('nsId'))
    await next()
  })
  const api = new Api(app, base, tumblebugDialect, open, tumblebugExamples(clouds))
  const answers = new VnetAnswers(clouds, verified, statusWords)
  const vnetRoutes = { vnets, runs, clouds, answers }
  addReadiness(api, readiness, version)
  addNamespaces(api, namespaces)
  addConnections(api, clouds, verified)
  addNetDesign(api)
  addNetValidate(api)
  addVnetDesign(api, clouds)
  addVnets(api, vnetRoutes)
  addSubnets(api, vnetRoutes)
  addRegistration(api, vnetRoutes)
  addReconciliation(api, vnetRoutes)
  addTemplates(api, templates, vnetRoutes)
  const infraAnswers = new InfraAnswers(answers)
  addInfras(api, { infras, vnets, runs, clouds, answers: infraAnswers })
  addSites(api, infras, clouds)
  addVpns(api, { vpns, vnets, infras, runs, clouds, answers })
  addVpnRequests(api, runs, tracking)
  addResources(api, store.records)
  addConfigs(api, namedValues)
  addRequests(api, tracking, (run, url) => answerOfRun({ vnets, vpns, infras, answers, infraAnswers }, run, url))
}

/** Requests that say nothing a client could miss, that are asked over and over, or that only compute: those are asked again as fast as looked up. */
export function isNotTracked(method: string, path: string): boolean {
  const rest = path.slice(base.length)
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) || /^\/(?:readyz|livez|httpVersion|util\/|requests?(?:\/|$))/.test(rest)
}
