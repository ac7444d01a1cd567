import 'reflect-metadata'
import { container as root, instanceCachingFactory, type DependencyContainer, type InjectionToken } from 'tsyringe'
import { CloudCatalogue } from '../cloud/catalogue.ts'
import { Metrics } from '../http/metrics.ts'
import type { Service } from '../http/service.ts'
import { Readiness } from '../readiness/readiness.ts'
import type { Worker } from '../runs/index.ts'
import { makeApis } from './make-apis.ts'
import { makeWorker } from './make-worker.ts'
import type { Opened } from './opened.ts'
import { tokens } from './tokens.ts'

/** A gateway, wired and not yet started. */
export interface Composed {
  readonly service: Service
  readonly worker: Worker
  readonly readiness: Readiness
  /** Aborted when the gateway stops: it ends streams. */
  readonly stopping: AbortController
}

/** The composition root: the one place where parts meet, and the only one that calls the container. */
export function compose(opened: Opened): Composed {
  const container = root.createChildContainer()
  const instance = <T>(token: InjectionToken<T>, value: T): void => void container.registerInstance(token, value)
  const made = <T>(token: InjectionToken<T>, make: (from: DependencyContainer) => T): void => void container.register(token, { useFactory: instanceCachingFactory(make) })

  for (const provider of opened.providers) instance(tokens.provider, provider)
  instance(tokens.configuration, opened.configuration)
  instance(tokens.version, opened.version)
  instance(tokens.log, opened.log)
  instance(tokens.now, opened.now)
  instance(tokens.networkOnly, opened.networkOnly)
  instance(tokens.plugins, opened.plugins)
  instance(tokens.holders, opened.holders)
  instance(tokens.verified, opened.verified)
  instance(tokens.store, opened.store)
  instance(tokens.runs, opened.runs)
  instance(tokens.engine, opened.engine)
  instance(tokens.tofu, opened.tofu)
  instance(tokens.planner, opened.planner)
  made(tokens.tracing, () => opened.tracing)
  instance(tokens.stopping, new AbortController())
  made(tokens.metrics, () => new Metrics())
  made(tokens.clouds, (from) => new CloudCatalogue(from.isRegistered(tokens.provider) ? from.resolveAll(tokens.provider) : [], from.resolve(tokens.networkOnly), from.resolve(tokens.holders)))
  made(tokens.readiness, (from) => new Readiness(from.resolve(tokens.store), {
    clouds: from.resolve(tokens.clouds),
    pluginFailures: from.resolve(tokens.plugins).failures.map(({ plugin, reason, hint }) => `${plugin}: ${reason} ${hint}`),
    engineProblem: () => from.resolve(tokens.tofu).problem,
  }))
  made(tokens.workParts, (from) => ({ store: from.resolve(tokens.store), runs: from.resolve(tokens.runs), engine: from.resolve(tokens.engine), clouds: from.resolve(tokens.clouds), now: from.resolve(tokens.now) }))
  made(tokens.worker, makeWorker)
  made(tokens.service, makeApis)

  return {
    service: container.resolve(tokens.service),
    worker: container.resolve(tokens.worker),
    readiness: container.resolve(tokens.readiness),
    stopping: container.resolve(tokens.stopping),
  }
}
