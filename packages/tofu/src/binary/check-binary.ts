import { devNull } from 'node:os'
import { execa } from 'execa'
import { textField, tryParse } from '../json/fields.ts'
import { commandEnvironment } from '../process/environment.ts'
import { isAtLeast, oldestTofuVersion } from './tofu-binary.ts'

/** What trying a program showed: its version, or why it cannot be used. */
export type BinaryCheck = { readonly usable: true; readonly version: string } | { readonly usable: false; readonly reason: string }

/** Runs a program to see whether it is an OpenTofu that is new enough. */
export async function checkBinary(path: string): Promise<BinaryCheck> {
  const [product, details] = await Promise.all([ask(path, ['version']), ask(path, ['version', '-json'])])
  if (details.problem !== undefined) return { usable: false, reason: `${path} does not run: ${details.problem}` }
  // Terraform answers `version -json` in the same form.
  if (!product.text.startsWith('OpenTofu ')) return { usable: false, reason: `${path} is not OpenTofu` }
  const version = textField(tryParse(details.text), 'terraform_version')
  if (version === undefined) return { usable: false, reason: `${path} does not say which version it is` }
  if (!isAtLeast(version, oldestTofuVersion)) return { usable: false, reason: `${path} is OpenTofu ${version}, and ${oldestTofuVersion} is the oldest that works` }
  return { usable: true, version }
}

async function ask(path: string, args: readonly string[]): Promise<{ text: string; problem?: string }> {
  // A program that is only tried out gets no secret: neither credentials nor the master secret.
  const env = commandEnvironment({ from: process.env, prefixes: [], set: { TF_CLI_CONFIG_FILE: devNull } })
  const { stdout, exitCode, shortMessage } = await execa(path, args, { env, extendEnv: false, reject: false, stdin: 'ignore', timeout: 60_000, windowsHide: true })
  return exitCode === 0 ? { text: stdout } : { text: stdout, problem: shortMessage?.split('\n')[0] ?? 'it failed' }
}
