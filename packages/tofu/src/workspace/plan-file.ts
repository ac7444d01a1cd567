import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import type { CommandRunner } from './command-runner.ts'
import { digestOf, type SavedPlan } from './plan-result.ts'

/** The last saved plan of a workspace, and its content in memory. */
export class PlanFile {
  readonly #dir: string
  readonly #runner: CommandRunner
  #saved: SavedPlan | undefined
  #shown: { readonly digest: string; readonly document: unknown } | undefined

  constructor(dir: string, runner: CommandRunner) {
    this.#dir = dir
    this.#runner = runner
  }

  /** Path of a plan file; a name cannot leave the workspace. */
  at(name: string): string {
    return join(this.#dir, basename(name))
  }

  /** Remembers a plan that was just written. */
  async saved(file: string): Promise<SavedPlan> {
    this.#saved = { file, digest: await digestOf(file) }
    return this.#saved
  }

  /** The plan that is to be used, after making sure that its file is still the one that was saved. @throws IsthmusError WORKSPACE_INVALID */
  async checked(plan: SavedPlan | undefined): Promise<SavedPlan> {
    const wanted = plan ?? this.#saved
    if (!wanted) throw new IsthmusError('WORKSPACE_INVALID', `there is no saved plan in ${this.#dir}`)
    const digest = await digestOf(wanted.file).catch((cause: unknown) => {
      throw new IsthmusError('WORKSPACE_INVALID', `the plan ${wanted.file} cannot be read`, { cause })
    })
    if (digest !== wanted.digest) throw new IsthmusError('WORKSPACE_INVALID', `the plan ${wanted.file} is not the one that was saved`)
    return wanted
  }

  /** Its content as `tofu show -json` gives it; asked for once, since starting the providers for their schemas takes seconds. @throws TofuError */
  async show(plan: SavedPlan): Promise<unknown> {
    if (this.#shown?.digest !== plan.digest) this.#shown = { digest: plan.digest, document: await this.#runner.captureJson(['show', '-json', '-no-color', plan.file]) }
    return this.#shown.document
  }

  /** Removes a plan that was applied: it cannot be applied twice. */
  async forget(plan?: SavedPlan): Promise<void> {
    const gone = plan ?? this.#saved
    if (gone) await rm(gone.file, { force: true })
    this.#saved = this.#shown = undefined
  }
}
