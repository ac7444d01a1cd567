import type { AnyProvider, CloudFacts } from '@isthmus/core'
import type { Logger } from 'pino'
import type { InjectionToken } from 'tsyringe'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import type { Configuration } from '../configuration/configuration.ts'
import type { Metrics } from '../http/metrics.ts'
import type { Service } from '../http/service.ts'
import type { PluginStates } from '../native/catalogue.ts'
import type { Planner } from '../planning/planner.ts'
import type { Readiness } from '../readiness/readiness.ts'
import type { Runs, Worker } from '../runs/index.ts'
import type { StackEngine, TofuSearch } from '../stacks/index.ts'
import type { Store } from '../store/index.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { WorkParts } from '../work/work-parts.ts'

const token = <T>(name: string): InjectionToken<T> => Symbol.for(`@isthmus/gateway:${name}`)

/** What the container holds. Providers are registered once each: `resolveAll` gives all clouds that can be ordered from. */
export const tokens = {
  configuration: token<Configuration>('configuration'),
  version: token<string>('version'),
  log: token<Logger>('log'),
  now: token<() => Date>('now'),
  provider: token<AnyProvider>('provider'),
  networkOnly: token<readonly CloudFacts[]>('networkOnly'),
  plugins: token<PluginStates>('plugins'),
  holders: token<readonly string[]>('holders'),
  verified: token<(cloud: string, holder: string) => boolean>('verified'),
  store: token<Store>('store'),
  runs: token<Runs>('runs'),
  engine: token<StackEngine>('engine'),
  tofu: token<TofuSearch>('tofu'),
  planner: token<Planner>('planner'),
  tracing: token<Tracing | undefined>('tracing'),
  clouds: token<CloudCatalogue>('clouds'),
  metrics: token<Metrics>('metrics'),
  readiness: token<Readiness>('readiness'),
  workParts: token<WorkParts>('workParts'),
  worker: token<Worker>('worker'),
  stopping: token<AbortController>('stopping'),
  service: token<Service>('service'),
} as const
