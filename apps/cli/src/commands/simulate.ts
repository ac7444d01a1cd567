import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { locateTofu } from '@isthmus/tofu'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { simulatedClouds } from '../simulation/simulated-clouds.ts'
import type { Output } from '../terminal/output.ts'
import { cloudsFolder, homeFolder, type CloudOptions } from './order-context.ts'

/**
 * `isthmus simulate -- COMMAND`: runs any command, such as plain `tofu apply`, against simulated clouds. OpenTofu is on its
 * PATH; credentials of real clouds are taken out of its environment.
 */
export async function simulate(command: readonly string[], options: CloudOptions & { readonly keep?: boolean }, known: KnownClouds, output: Output): Promise<number> {
  const [program, ...args] = command
  if (program === undefined) {
    output.problem('USAGE', 'give the command to run behind --, for example: isthmus simulate -- tofu apply')
    return exitCode.usage
  }
  const binary = await locateTofu({ log: (line) => output.progress(line) })
  const folder = options.keep === true ? cloudsFolder(homeFolder(options)) : await mkdtemp(join(tmpdir(), 'isthmus-clouds-'))
  const clouds = await simulatedClouds(folder, options.speed, known.plugins, (line) => output.progress(line))
  try {
    const path = [dirname(binary.path), process.env['PATH'] ?? ''].join(delimiter)
    return await run(program, args, { ...withoutCredentials(process.env, known), ...clouds.environment, PATH: path, TF_CLI_CONFIG_FILE: process.platform === 'win32' ? 'NUL' : '/dev/null', CHECKPOINT_DISABLE: '1' }, output)
  } finally {
    await clouds.stop()
    if (options.keep !== true) await rm(folder, { recursive: true, force: true })
  }
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv, output: Output): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: 'inherit' })
    const ignore = (): void => {}
    // The terminal signals the command too; it decides when it ends.
    process.on('SIGINT', ignore)
    child.on('error', (error) => {
      output.problem('USAGE', `${program} cannot be started: ${error.message}`)
      resolve(exitCode.usage)
    })
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore)
      resolve(code ?? (signal === 'SIGINT' ? exitCode.interrupted : exitCode.failed))
    })
  })
}

function withoutCredentials(env: NodeJS.ProcessEnv, { providers }: KnownClouds): NodeJS.ProcessEnv {
  const prefixes = providers.flatMap((provider) => provider.environment)
  return Object.fromEntries(Object.entries(env).filter(([name]) => !prefixes.some((prefix) => name.startsWith(prefix)) && !name.startsWith('ISTHMUS_MASTER')))
}
