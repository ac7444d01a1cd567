import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAttributes } from '../wire/unknown.ts'

/** What a command of OpenTofu left behind. */
export interface Outcome {
  readonly code: number
  readonly output: string
}

/** A folder that the real OpenTofu works in against running simulators. For tests only. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'isthmus-workspace-'))
  readonly #reattach: () => string

  constructor(reattach: () => string) {
    this.#reattach = reattach
    mkdirSync(this.folder, { recursive: true })
  }

  write(configuration: object): void {
    writeFileSync(join(this.folder, 'main.tf.json'), JSON.stringify(configuration))
  }

  /** Runs a command; a failure is an outcome, too. */
  run(...command: string[]): Promise<Outcome> {
    return this.start(...command).ended
  }

  /** Starts a command, so that it can be signalled. */
  start(...command: string[]): { ended: Promise<Outcome>; signal: (signal: NodeJS.Signals) => void } {
    const env = { ...process.env, TF_REATTACH_PROVIDERS: this.#reattach(), TF_CLI_CONFIG_FILE: '/dev/null', TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' }
    const running: { signal: (signal: NodeJS.Signals) => void } = { signal: () => undefined }
    const ended = new Promise<Outcome>((resolve) => {
      const child = execFile(tofu(), command, { cwd: this.folder, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
      })
      running.signal = (signal) => child.kill(signal)
    })
    return { ended, signal: (signal) => running.signal(signal) }
  }

  /** Init and apply; throws with the output when either fails. */
  async apply(configuration: object): Promise<void> {
    this.write(configuration)
    await this.#must('init', '-no-color', '-input=false')
    await this.#must('apply', '-no-color', '-auto-approve', '-input=false')
  }

  async destroy(): Promise<void> {
    await this.#must('destroy', '-no-color', '-auto-approve', '-input=false')
  }

  /** Actions that a plan would take, by address; empty when nothing changes. */
  async plan(): Promise<Record<string, string>> {
    await this.#must('plan', '-no-color', '-input=false', '-out=plan')
    const shown: unknown = JSON.parse((await this.#must('show', '-json', 'plan')).output)
    const changes: unknown[] = isAttributes(shown) && Array.isArray(shown['resource_changes']) ? shown['resource_changes'] : []
    return Object.fromEntries(changes.filter(isAttributes).map((change): [string, string] => {
      const inner = isAttributes(change['change']) ? change['change']['actions'] : []
      return [String(change['address']), Array.isArray(inner) ? inner.join('+') : '']
    }).filter(([, actions]) => actions !== 'no-op' && actions !== 'read'))
  }

  stateText(): string {
    return readFileSync(join(this.folder, 'terraform.tfstate'), 'utf8')
  }

  /** Attributes of a resource in the state. */
  attributes(address: string): Record<string, unknown> {
    const state: unknown = JSON.parse(this.stateText())
    const resources: unknown[] = isAttributes(state) && Array.isArray(state['resources']) ? state['resources'] : []
    const found = resources.filter(isAttributes).find((resource) =>
      `${resource['mode'] === 'data' ? 'data.' : ''}${String(resource['type'])}.${String(resource['name'])}` === address)
    const instances: unknown[] = found && Array.isArray(found['instances']) ? found['instances'] : []
    const [instance] = instances
    return isAttributes(instance) && isAttributes(instance['attributes']) ? instance['attributes'] : {}
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #must(...command: string[]): Promise<Outcome> {
    const outcome = await this.run(...command)
    if (outcome.code !== 0) throw new Error(`tofu ${command.join(' ')} ended with ${outcome.code}\n${outcome.output}`)
    return outcome
  }
}

function tofu(): string {
  const binary = process.env['ISTHMUS_TOFU']
  if (!binary) throw new Error('set ISTHMUS_TOFU to an OpenTofu 1.12 binary; these tests run the real engine')
  return binary
}
