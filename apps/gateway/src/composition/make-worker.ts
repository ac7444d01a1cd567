import { isIsthmusError } from '@isthmus/core'
import type { Logger } from 'pino'
import type { DependencyContainer } from 'tsyringe'
import { isProblem } from '../http/problem.ts'
import type { Metrics } from '../http/metrics.ts'
import { createInfra, infraEnded } from '../infra/run/create.ts'
import { applyOrder, destroyOrder, orderEnded, refreshOrder } from '../order/run/order-run.ts'
import { describeError, Worker, type Executor, type RunError } from '../runs/index.ts'
import { isStoreError } from '../store/index.ts'
import { terrariumEnded } from '../terrarium/run/ended.ts'
import { applyTerrarium, destroyTerrarium, planTerrarium } from '../terrarium/run/terrarium-run.ts'
import { applyVnet } from '../vnet/run/apply.ts'
import { vnetEnded } from '../vnet/run/ended.ts'
import { forgetVnet } from '../vnet/run/forget.ts'
import { reconcileVnet } from '../vnet/run/reconcile.ts'
import { registerSubnet } from '../vnet/run/register-subnet.ts'
import { registerVnet } from '../vnet/run/register.ts'
import { removeVnet } from '../vnet/run/remove.ts'
import { applyVpn } from '../vpn/run/apply.ts'
import { vpnEnded } from '../vpn/run/ended.ts'
import { refreshVpn } from '../vpn/run/refresh.ts'
import { removeVpn } from '../vpn/run/remove.ts'
import { Vpns } from '../vpn/vpns.ts'
import { readingKinds } from '../work/reading-kinds.ts'
import { removal } from '../work/removal.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { tokens } from './tokens.ts'

/** The worker that executes all kinds of runs there are. */
export function makeWorker(from: DependencyContainer): Worker {
  const [parts, log, metrics] = [from.resolve(tokens.workParts), from.resolve(tokens.log), from.resolve(tokens.metrics)]
  const executors = Object.fromEntries(Object.entries(executorsOf(parts)).map(([kind, executor]) => [kind, observed(kind, executor, metrics, log)]))
  return new Worker(parts.store, parts.runs, {
    executors,
    concurrency: from.resolve(tokens.configuration).runsAtATime,
    readingKinds,
    describeError: described,
    onEnded: ({ kind, state }) => metrics.runs.inc({ kind, outcome: state === 'done' ? 'done' : 'failed' }),
    onError: (error, run) => log.error({ err: error, run: run?.id, kind: run?.kind, target: run?.target }, 'run'),
  })
}

/** Every kind of run, by name. */
export function executorsOf(parts: WorkParts): Readonly<Record<string, Executor>> {
  return {
    'vnet.apply': { ...applyVnet(parts), ended: vnetEnded(parts) },
    'vnet.remove': { ...removal(removeVnet(parts)), ended: vnetEnded(parts) },
    'vnet.forget': { ...removal(forgetVnet(parts)), ended: vnetEnded(parts) },
    'vnet.register': { ...registerVnet(parts), ended: vnetEnded(parts) },
    'vnet.registerSubnet': registerSubnet(parts),
    'vnet.reconcile': reconcileVnet(parts),
    'vpn.apply': { ...applyVpn(parts), ended: vpnEnded(parts) },
    'vpn.remove': { ...removal(removeVpn(parts)), ended: vpnEnded(parts) },
    'vpn.refresh': refreshVpn(parts),
    'infra.create': { ...createInfra(parts), ended: infraEnded(parts) },
    'terrarium.apply': { ...applyTerrarium(parts, new Vpns(parts)), ended: terrariumEnded(parts) },
    'terrarium.plan': { ...planTerrarium(parts, new Vpns(parts)), ended: terrariumEnded(parts) },
    'terrarium.destroy': { ...destroyTerrarium(parts), ended: terrariumEnded(parts) },
    'order.apply': { ...applyOrder(parts), ended: orderEnded },
    'order.destroy': { ...removal(destroyOrder(parts)), ended: orderEnded },
    'order.refresh': refreshOrder(parts),
  }
}

/** Counts what is at work, and writes each attempt into the log with its fence: whoever has the higher one has the run. */
export function observed(kind: string, executor: Executor, metrics: Metrics, log: Logger): Executor {
  return {
    ...executor,
    async execute(context) {
      const { run, attempt, fence, signal } = context
      const line = { run: run.id, kind, target: run.target, attempt, fence }
      log.info(line, 'run begins')
      metrics.activeRuns.inc({ kind })
      let outcome = 'done'
      let failure: unknown
      try {
        return await executor.execute(context)
      } catch (error) {
        outcome = signal.aborted && isStoreError(signal.reason) ? signal.reason.code : 'failed'
        failure = error
        throw error
      } finally {
        metrics.activeRuns.dec({ kind })
        if (outcome !== 'failed') log.info({ ...line, outcome }, 'run ends')
        else log[levelOf(failure)]({ ...line, outcome, error: saidOf(failure) }, 'run ends')
      }
    },
  }
}

/** What a user or a cloud caused is a warning to whoever runs the gateway; the rest is theirs. */
function levelOf(error: unknown): 'warn' | 'error' {
  if (isProblem(error)) return error.code === 'INTERNAL' ? 'error' : 'warn'
  return isIsthmusError(error) && error.code === 'TOFU_FAILED' ? 'warn' : 'error'
}

function saidOf(error: unknown): Pick<RunError, 'code' | 'message'> {
  const { code, message } = described(error)
  return { code, message }
}

/** Problems are for clients as they are; of anything else the runs know what may be said. */
function described(error: unknown): RunError {
  if (isProblem(error)) return { code: error.code, message: error.message, retryable: false, ...(error.detail.findings ? { detail: error.detail.findings } : {}) }
  return describeError(error)
}
