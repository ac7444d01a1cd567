import { readFileSync } from 'node:fs'
import { isIsthmusError } from '@isthmus/core'
import { CommanderError } from 'commander'
import { exitCode } from './exit-code.ts'
import { program } from './program.ts'
import { processOutput, type Output } from './terminal/output.ts'

/** Runs the command line and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  let code: number = exitCode.success
  const command = program(version(), (result) => void (code = result)).exitOverride()
  for (const child of command.commands) child.exitOverride()
  try {
    await command.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    return failure(error, processOutput(wantsJson(args)))
  }
}

function failure(error: unknown, output: Output): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.success
    // Commander has said it on standard error already.
    output.document({ ok: false, error: { code: 'USAGE', message: error.message.replace(/^error: /, '') } })
    return exitCode.usage
  }
  if (isIsthmusError(error)) {
    output.problem(error.code, error.message)
    return error.code === 'TOFU_INTERRUPTED' ? exitCode.interrupted : exitCode.failed
  }
  output.problem('UNEXPECTED', error instanceof Error ? ('syscall' in error ? error.message : (error.stack ?? error.message)) : String(error))
  return exitCode.failed
}

/** A reader that has seen enough, such as `head`, must not end an apply. */
function ignoreClosedPipe(error: Error): void {
  if (!('code' in error && error.code === 'EPIPE')) throw error
}

/** What stands behind `--` belongs to another command. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end < 0 ? args.length : end).includes('--json')
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
}
