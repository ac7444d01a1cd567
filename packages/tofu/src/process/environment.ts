import { existsSync } from 'node:fs'
import { devNull } from 'node:os'

/** What any program needs from its surroundings, and nothing else. `TF_LOG` is missing on purpose: it writes secrets. */
const passedNames = new Set([
  'PATH', 'HOME', 'TMPDIR', 'TMP', 'TEMP', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ',
  'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'TF_PLUGIN_CACHE_DIR',
  'SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA',
])

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>

/** What of the process's own environment may pass, and what is added. */
export interface EnvironmentInput {
  /** Environment of this process. */
  readonly from: NodeJS.ProcessEnv
  /** Beginnings of names that pass as well: cloud credentials, such as `ACME_`. */
  readonly prefixes: readonly string[]
  /** Variables that are set whatever the process has. */
  readonly set: Environment
}

/** Environment of one OpenTofu process: an allow-list of the process's own, and what the caller sets. */
export function commandEnvironment({ from, prefixes, set }: EnvironmentInput): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const [name, value] of Object.entries(from)) {
    if (value !== undefined && (passedNames.has(name.toUpperCase()) || prefixes.some((prefix) => name.startsWith(prefix)))) passed[name] = value
  }
  return { ...passed, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: cliConfigFile(from), ...set }
}

/** OpenTofu warns on its standard output, in front of its JSON, about a configuration file that does not exist. */
function cliConfigFile(from: NodeJS.ProcessEnv): string {
  const named = from['TF_CLI_CONFIG_FILE']
  return named !== undefined && existsSync(named) ? named : devNull
}
