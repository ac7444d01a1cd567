import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import { encryptionEnvironment } from '../encryption/encryption-environment.ts'
import { listField, objectField } from '../json/fields.ts'
import { ExclusiveLock } from '../lock/exclusive-lock.ts'
import { commandEnvironment, type Environment } from '../process/environment.ts'
import { Redaction, secretsIn } from '../process/redaction.ts'
import { writeRecord } from '../process/run-record.ts'
import { StopLadder, type StopStep } from '../process/stop-ladder.ts'
import { CommandRunner, type OnEvent, type RunOptions } from './command-runner.ts'
import { initStamp } from './init-stamp.ts'
import { ended, findInterruption, linesOf, runningRun, unwatchedRun, type Interruption } from './interruption.ts'
import { countChanges, digestOf, resourceChangesOf, type PlanResult } from './plan-result.ts'
import { RunSummary } from './run-summary.ts'
import { writeChanged, writeStackFiles } from './stack-files.ts'
import { TofuError } from './tofu-error.ts'

/** What a workspace needs. */
export interface WorkspaceOptions {
  /** Folder of one stack; made when missing. Nobody else's files belong there. */
  readonly dir: string
  readonly binary: TofuBinary
  /** 32 bytes, derived from the master secret; encrypts state and plan. */
  readonly stateKey: Uint8Array
  /** Variables that OpenTofu and the providers get, such as `TF_VAR_keys`. What is secret travels only here. */
  readonly environment: Environment
  /** Beginnings of names of this process's own variables that pass as well, such as `AWS_`. */
  readonly passEnvironment?: readonly string[]
  readonly log?: (line: string) => void
}

/** What a plan is for. */
export interface PlanOptions extends RunOptions {
  /** Plan to destroy everything. */
  readonly destroy?: boolean
  /** Only compare the state with the clouds. */
  readonly refreshOnly?: boolean
  /** Name of the plan file inside the workspace. */
  readonly out?: string
}

/** Which plan is applied. */
export interface ApplyOptions {
  /** Plan of an earlier {@link Workspace.plan}; the last one of this workspace object when left out. */
  readonly plan?: Pick<PlanResult, 'file' | 'digest'>
  readonly signal?: AbortSignal
}

/** How a run ended that another process had started. */
export interface WaitedRun extends Interruption {
  readonly state: 'completed' | 'failed' | 'cut-off'
}

/** A command and a lock of the state may meet for a moment when a killed run's lock is still being released. */
const lockTimeout = '-lock-timeout=30s'

/**
 * One stack on disk: its files, its encrypted state, and the runs of OpenTofu in it. One Isthmus at a time has it, from
 * the first call that changes something until {@link close}.
 */
export class Workspace {
  readonly #dir: string
  readonly #runs: string
  readonly #engine: string
  readonly #env: Environment
  readonly #redaction: Redaction
  readonly #runner: CommandRunner
  readonly #log: (line: string) => void
  #lock: ExclusiveLock | undefined
  #busy = false
  #plan: Pick<PlanResult, 'file' | 'digest'> | undefined
  #planDocument: { readonly digest: string; readonly document: unknown } | undefined

  /** @throws IsthmusError KEY_UNAVAILABLE when the key has the wrong length */
  constructor(options: WorkspaceOptions) {
    this.#dir = resolve(options.dir)
    this.#runs = join(this.#dir, '.isthmus', 'runs')
    this.#engine = options.binary.version
    this.#log = options.log ?? (() => {})
    const set = { ...options.environment, ...encryptionEnvironment(options.stateKey) }
    this.#env = commandEnvironment({ from: process.env, prefixes: options.passEnvironment ?? [], set })
    this.#redaction = new Redaction(secretsIn(this.#env))
    this.#runner = new CommandRunner({ dir: this.#dir, runs: this.#runs, binary: options.binary.path, env: this.#env, redaction: this.#redaction, log: this.#log })
  }

  /**
   * Writes files of the stack (`main.tf.json`, `*.auto.tfvars.json`); those whose content is the same are left alone.
   *
   * @returns names of the files that changed
   */
  write(files: Readonly<Record<string, string>>): Promise<string[]> {
    return this.#exclusively(() => writeStackFiles(this.#dir, files))
  }

  /** Makes the workspace ready: providers, backend. Does nothing when nothing it depends on changed. @throws TofuError */
  init(options: RunOptions = {}): Promise<{ ran: boolean }> {
    return this.#exclusively(async () => {
      const stampFile = join(this.#dir, '.isthmus', 'init')
      const stamp = () => initStamp(this.#dir, this.#engine, this.#env)
      if ((await readFile(stampFile, 'utf8').catch(() => '')) === (await stamp())) return { ran: false }
      await this.#runner.run('init', ['-json', '-input=false', '-no-color'], [0], options)
      await writeChanged(stampFile, await stamp())
      return { ran: true }
    })
  }

  /** Plans, and saves the plan to an encrypted file. @throws TofuError */
  plan(options: PlanOptions = {}): Promise<PlanResult> {
    return this.#exclusively(async () => {
      const file = join(this.#dir, basename(options.out ?? 'saved.tfplan'))
      const kind = [...(options.destroy ? ['-destroy'] : []), ...(options.refreshOnly ? ['-refresh-only'] : [])]
      const args = ['-json', '-input=false', '-detailed-exitcode', lockTimeout, ...kind, `-out=${file}`]
      const { exitCode, summary } = await this.#runner.run('plan', args, [0, 2], options)
      this.#plan = { file, digest: await digestOf(file) }
      const resourceChanges = resourceChangesOf(await this.#show(this.#plan))
      return { ...this.#plan, changes: countChanges(resourceChanges), resourceChanges, hasChanges: exitCode === 2, diagnostics: summary.diagnostics }
    })
  }

  /** `tofu show -json` of a saved plan. Holds sensitive values in clear: keep it in memory. @throws TofuError, IsthmusError WORKSPACE_INVALID */
  async showPlan(plan?: Pick<PlanResult, 'file' | 'digest'>): Promise<unknown> {
    return this.#show(await this.#checkedPlan(plan))
  }

  /** Applies exactly the plan that was saved. @throws TofuError, IsthmusError WORKSPACE_INVALID when it is not there or another one */
  apply(onEvent?: OnEvent, options: ApplyOptions = {}): Promise<void> {
    return this.#exclusively(async () => {
      const plan = await this.#checkedPlan(options.plan)
      const args = ['-json', '-input=false', lockTimeout, plan.file]
      await this.#runner.run('apply', args, [0], { onEvent, signal: options.signal })
      await this.#forgetPlan(plan.file)
    })
  }

  /** Plans to destroy everything, and applies that plan. @throws TofuError */
  async destroy(onEvent?: OnEvent, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const plan = await this.plan({ ...options, destroy: true })
    await this.apply(onEvent, { ...options, plan })
  }

  /** `tofu show -json` of the state. Holds sensitive values in clear: keep it in memory. @throws TofuError */
  async showState(): Promise<unknown> {
    return parseOutput('show', await this.#runner.capture(['show', '-json', '-no-color']))
  }

  /** Values of all outputs, sensitive ones in clear. @throws TofuError */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const parsed = parseOutput('output', await this.#runner.capture(['output', '-json', '-no-color']))
    return Object.fromEntries(Object.entries(objectField(parsed)).map(([name, output]) => [name, objectField(output)['value']]))
  }

  /**
   * Removes state, plan and run records of a stack that is gone; the stack's own files stay.
   *
   * @throws IsthmusError WORKSPACE_INVALID while the state holds resources
   */
  removeState(): Promise<void> {
    return this.#exclusively(async () => {
      const root = objectField(await this.showState(), 'values', 'root_module')
      const left = listField(root, 'resources').length + listField(root, 'child_modules').length
      if (left > 0) throw new IsthmusError('WORKSPACE_INVALID', `the state of ${this.#dir} still holds resources; destroy them first`)
      const names = ['terraform.tfstate', 'terraform.tfstate.backup', 'saved.tfplan', '.terraform', join('.isthmus', 'runs'), join('.isthmus', 'init')]
      await Promise.all(names.map((name) => rm(join(this.#dir, name), { recursive: true, force: true })))
      this.#plan = this.#planDocument = undefined
    })
  }

  /** What an earlier run left unfinished or unseen; undefined when everything ended in order. */
  interrupted(): Promise<Interruption | undefined> {
    return findInterruption(this.#runs, this.#redaction)
  }

  /**
   * Follows a run that another Isthmus started, from its first event to its end. Undefined when there is none. Never throws for a
   * run that failed: the result says so.
   */
  async waitForRunning(onEvent?: OnEvent, options: { readonly signal?: AbortSignal } = {}): Promise<WaitedRun | undefined> {
    return this.#alone(async () => {
      const run = await unwatchedRun(this.#runs)
      if (!run) return undefined
      const { folder, record } = run
      const summary = new RunSummary(record.command)
      const ladder = new StopLadder(record.process?.pid ?? Number.NaN)
      if (!(await runningRun(this.#runs))) ladder.ended()
      await this.#runner.watch(folder, linesOf(run), summary, ladder, { onEvent, signal: options.signal })
      await ended(record)
      const found = await this.interrupted()
      writeRecord(folder, { ...record, endedAt: new Date().toISOString(), ...(summary.succeeded ? { exitCode: 0 } : {}) })
      return found && found.state !== 'running' ? { ...found, state: found.state } : undefined
    })
  }

  /**
   * Asks the running command to stop. Once: it finishes what it is making and saves the state. Twice: it gives up what it is making. Three
   * times: it is killed. There is no time limit. Undefined when nothing runs.
   */
  stop(): StopStep | undefined {
    return this.#runner.stop()
  }

  /** Gives the workspace back to others. */
  async close(): Promise<void> {
    await this.#lock?.release()
    this.#lock = undefined
  }
}
