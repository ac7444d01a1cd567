import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { IsthmusError, viewsOfState } from '@isthmus/core'
import { encryptionEnvironment } from '../encryption/encryption-environment.ts'
import { listField, objectField } from '../json/fields.ts'
import { commandEnvironment, type Environment } from '../process/environment.ts'
import { Redaction, secretsIn } from '../process/redaction.ts'
import { writeRecord } from '../process/run-record.ts'
import { StopLadder, type StopStep } from '../process/stop-ladder.ts'
import { backendEnvironment, backendFiles, connectionEnvironment } from '../state/postgres-backend.ts'
import type { StateStorage } from '../state/state-storage.ts'
import { CommandRunner, type OnEvent, type RunOptions } from './command-runner.ts'
import { initStamp } from './init-stamp.ts'
import { endState, findInterruption, goesOn, interruptionOf, linesOf, unwatchedRun, type Interruption } from './interruption.ts'
import type { ApplyOptions, PlanOptions, WorkspaceOptions } from './options.ts'
import { PlanFile } from './plan-file.ts'
import { countChanges, resourceChangesOf, type PlanResult, type SavedPlan } from './plan-result.ts'
import { Possession } from './possession.ts'
import { erroredState, rescueState } from './rescue-state.ts'
import { RunSummary } from './run-summary.ts'
import { writeChanged, writeStackFiles } from './stack-files.ts'
import { StateLock } from './state-lock.ts'

const planName = 'saved.tfplan'

/**
 * One stack on disk: its files, its encrypted state, and the runs of OpenTofu in it. One Isthmus at a time has it, from
 * the first call that changes something until {@link close}.
 */
export class Workspace {
  readonly #dir: string
  readonly #runs: string
  readonly #engine: string
  readonly #stateKey: Uint8Array
  readonly #env: Environment
  readonly #redaction: Redaction
  readonly #runner: CommandRunner
  readonly #possession: Possession
  readonly #plan: PlanFile
  readonly #state: StateStorage
  readonly #lock: StateLock
  readonly #log: (line: string) => void

  /** @throws IsthmusError KEY_UNAVAILABLE when the key has the wrong length */
  constructor(options: WorkspaceOptions) {
    this.#dir = resolve(options.dir)
    this.#runs = join(this.#dir, '.isthmus', 'runs')
    this.#engine = options.binary.version
    this.#stateKey = options.stateKey
    this.#state = options.state ?? { kind: 'files' }
    this.#lock = new StateLock(this.#state, options.onLocked)
    const set = { ...options.environment, ...backendEnvironment(this.#state), ...encryptionEnvironment(options.stateKey) }
    const prefixes = [...(options.passEnvironment ?? []), ...(this.#state.kind === 'files' ? [] : connectionEnvironment)]
    this.#env = commandEnvironment({ from: process.env, prefixes, set })
    this.#redaction = new Redaction(secretsIn(this.#env))
    this.#log = options.log ?? (() => {})
    const [dir, runs, env, redaction, log] = [this.#dir, this.#runs, this.#env, this.#redaction, this.#log]
    this.#runner = new CommandRunner({ dir, runs, binary: options.binary.path, env, redaction, log })
    this.#possession = new Possession(dir, runs)
    this.#plan = new PlanFile(dir, this.#runner)
  }

  /**
   * Writes files of the stack (`main.tf.json`, `*.auto.tfvars.json`); those whose content is the same are left alone.
   *
   * @returns names of the files that changed
   */
  write(files: Readonly<Record<string, string>>): Promise<string[]> {
    return this.#possession.exclusively(() => writeStackFiles(this.#dir, { ...files, ...backendFiles(this.#state) }))
  }

  /** Takes the workspace for this process, as any call that changes something does. @throws IsthmusError WORKSPACE_BUSY */
  take(): Promise<void> {
    return this.#possession.alone(async () => {})
  }

  /** Makes the workspace ready: providers, backend. Does nothing when nothing it depends on changed. @throws TofuError */
  init(options: RunOptions = {}): Promise<{ ran: boolean }> {
    return this.#possession.exclusively(async () => {
      const stampFile = join(this.#dir, '.isthmus', 'init')
      const stamp = () => initStamp(this.#dir, this.#engine, this.#env)
      if ((await readFile(stampFile, 'utf8').catch(() => '')) === (await stamp())) return { ran: false }
      await this.#runner.run('init', ['-json', '-input=false', '-no-color'], [0], options)
      await writeChanged(stampFile, await stamp())
      return { ran: true }
    })
  }

  /** Plans, and saves the plan to an encrypted file. Saves a state first that an earlier apply could not save. @throws TofuError */
  plan(options: PlanOptions = {}): Promise<PlanResult> {
    return this.#possession.exclusively(async () => {
      if (await this.#rescue(options.signal)) this.#log('saved the state that an earlier apply could not save')
      const file = this.#plan.at(options.out ?? planName)
      const kind = [...(options.destroy ? ['-destroy'] : []), ...(options.refreshOnly ? ['-refresh-only'] : [])]
      const args = ['-json', '-input=false', '-detailed-exitcode', this.#lock.flag, ...kind, `-out=${file}`]
      const { exitCode, summary } = await this.#lock.waited(options.signal, () => this.#runner.run('plan', args, [0, 2], options))
      const saved = await this.#plan.saved(file)
      const resourceChanges = resourceChangesOf(await this.#plan.show(saved))
      return { ...saved, changes: countChanges(resourceChanges), resourceChanges, hasChanges: exitCode === 2, diagnostics: summary.diagnostics }
    })
  }

  /** `tofu show -json` of a saved plan. Holds sensitive values in clear: keep it in memory. @throws TofuError, IsthmusError WORKSPACE_INVALID */
  async showPlan(plan?: SavedPlan): Promise<unknown> {
    return this.#plan.show(await this.#plan.checked(plan))
  }

  /** Applies exactly the plan that was saved. @throws TofuError, IsthmusError WORKSPACE_INVALID when it is not there or another one */
  apply(onEvent?: OnEvent, options: ApplyOptions = {}): Promise<void> {
    return this.#possession.exclusively(async () => {
      const plan = await this.#plan.checked(options.plan)
      const args = ['-json', '-input=false', this.#lock.flag, plan.file]
      await this.#lock.waited(options.signal, () => this.#runner.run('apply', args, [0], { onEvent, signal: options.signal }))
      await this.#plan.forget(plan)
    })
  }

  /** Plans to destroy everything, and applies that plan. @throws TofuError */
  async destroy(onEvent?: OnEvent, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const plan = await this.plan({ ...options, destroy: true })
    await this.apply(onEvent, { ...options, plan })
  }

  /**
   * Takes an object that a cloud holds already into the state, without changing it.
   *
   * @param address resource of the stack, such as `acme_network.north`
   * @param id id of the object as the import of its provider wants it
   * @throws TofuError, IsthmusError WORKSPACE_INVALID for what is no address or no id
   */
  import(address: string, id: string): Promise<void> {
    return this.#possession.exclusively(async () => {
      if (!/^[a-z]\w*\.[\w-]+$/.test(address)) throw new IsthmusError('WORKSPACE_INVALID', `${address} is not the address of a resource, such as acme_network.north`)
      if (id === '' || id.startsWith('-')) throw new IsthmusError('WORKSPACE_INVALID', `${id === '' ? 'nothing' : id} is not the id of an object`)
      // What could not be saved may be the very object.
      if ((await this.#rescue(undefined)) && viewsOfState(await this.showState()).some((view) => view.address === address)) return
      await this.#lock.waited(undefined, () => this.#runner.feed(['import', '-input=false', '-no-color', this.#lock.flag, address, id], ''))
    })
  }

  /** `tofu show -json` of the state. Holds sensitive values in clear: keep it in memory. @throws TofuError */
  showState(): Promise<unknown> {
    return this.#runner.captureJson(['show', '-json', '-no-color'])
  }

  /** Values of all outputs, sensitive ones in clear. @throws TofuError */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const parsed = await this.#runner.captureJson(['output', '-json', '-no-color'])
    return Object.fromEntries(Object.entries(objectField(parsed)).map(([name, output]) => [name, objectField(output)['value']]))
  }

  /**
   * Removes state, plan and run records of a stack that is gone; the stack's own files stay.
   *
   * @throws IsthmusError WORKSPACE_INVALID while the state holds resources
   */
  removeState(): Promise<void> {
    return this.#possession.exclusively(async () => {
      const root = objectField(await this.showState(), 'values', 'root_module')
      const left = listField(root, 'resources').length + listField(root, 'child_modules').length
      if (left > 0) throw new IsthmusError('WORKSPACE_INVALID', `the state of ${this.#dir} still holds resources; destroy them first`)
      await this.#plan.forget()
      const names = ['terraform.tfstate', 'terraform.tfstate.backup', planName, '.terraform', join('.isthmus', 'runs'), join('.isthmus', 'init')]
      await Promise.all(names.map((name) => rm(join(this.#dir, name), { recursive: true, force: true })))
    })
  }

  /** Forgets what earlier runs left here, also a state that they could not save, where another machine has worked on the stack since. */
  forgetRuns(): Promise<void> {
    return this.#possession.exclusively(async () => {
      await rm(join(this.#dir, erroredState), { force: true })
      await rm(this.#runs, { recursive: true, force: true })
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
  async waitForRunning(onEvent?: OnEvent, options: { readonly signal?: AbortSignal } = {}): Promise<Interruption | undefined> {
    return this.#possession.alone(async () => {
      const run = await unwatchedRun(this.#runs)
      if (!run) return undefined
      const { folder, record } = run
      const ladder = new StopLadder((await goesOn(record)) ? record.process?.pid : undefined)
      const summary = await this.#runner.watch(folder, linesOf(run), new RunSummary(record.command), ladder, { onEvent, signal: options.signal })
      writeRecord(folder, { ...record, endedAt: new Date().toISOString(), ...(summary.succeeded ? { exitCode: 0 } : {}) })
      return interruptionOf(record, summary, endState(summary))
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
    await this.#possession.release()
  }

  #rescue(signal: AbortSignal | undefined): Promise<boolean> {
    return this.#lock.waited(signal, () => rescueState(this.#dir, this.#stateKey, this.#runner))
  }
}
