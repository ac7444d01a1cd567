import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { configurationSchema, type Configuration } from './configuration.ts'

/** Name of the file that is read where the gateway is started, unless `ISTHMUS_GATEWAY_CONFIG` names another. */
export const configurationFile = 'isthmus-gateway.yaml'

/** A configuration that cannot be used, with everything that is wrong in it. */
export class ConfigurationError extends Error {}

/** Where a configuration came from, and where its plugins are looked for. */
export interface ReadConfiguration {
  readonly configuration: Configuration
  /** Folder that packages of plugins are resolved from. */
  readonly folder: string
}

/**
 * Reads the configuration: the file, and over it one variable per field (`ISTHMUS_PORT` for `port`, lists and objects as JSON).
 *
 * @throws ConfigurationError naming each wrong field or variable
 */
export function readConfiguration(env: NodeJS.ProcessEnv, folder: string): ReadConfiguration {
  const named = env['ISTHMUS_GATEWAY_CONFIG']
  const file = resolve(folder, named ?? configurationFile)
  const written = readFile(file, named !== undefined)
  const variables = fromVariables(env)
  const result = configurationSchema.safeParse({ ...written, ...variables })
  if (!result.success) {
    throw new ConfigurationError(result.error.issues.map((issue) => {
      const field = issue.path.join('.') || 'the file'
      const first = String(issue.path[0] ?? '')
      return `${first in variables ? variableOf(first) : `${file}: ${field}`}: ${issue.message}`
    }).join('\n'))
  }
  const configuration = result.data
  requireLogin(configuration)
  return { configuration: { ...configuration, dataFolder: resolve(folder, configuration.dataFolder) }, folder: dirname(file) }
}

/** The variable that sets a field: `ISTHMUS_DATA_FOLDER` for `dataFolder`. */
export function variableOf(field: string): string {
  return `ISTHMUS_${field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** JSON Schema of the configuration file. */
export function configurationJsonSchema(): object {
  return { ...z.toJSONSchema(configurationSchema, { io: 'input' }), title: 'Configuration of the Isthmus gateway' }
}

/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function readFile(file: string, required: boolean): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (!required) return {}
    throw new ConfigurationError(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`, { cause: error })
  }
  try {
    const value: unknown = parse(text)
    if (value === null) return {}
    if (typeof value === 'object' && !Array.isArray(value)) return { ...value }
  } catch (error) {
    throw new ConfigurationError(`${file} is not valid YAML: ${error instanceof Error ? error.message : 'unknown'}`, { cause: error })
  }
  throw new ConfigurationError(`${file} must hold fields such as port: 1323`)
}

function fromVariables(env: NodeJS.ProcessEnv): Record<string, unknown> {
  const fields = Object.entries(configurationSchema.shape).flatMap(([field, schema]) => {
    const text = env[variableOf(field)]
    return text === undefined ? [] : [[field, fromText(text, schema)] as const]
  })
  return Object.fromEntries(fields)
}

/** Text as it stands where the field takes text, else what it says as JSON. */
function fromText(text: string, schema: z.ZodType): unknown {
  if (schema.safeParse(text).success) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Nobody else may reach a gateway whose password is in its documentation. */
function requireLogin({ credentials, simulated, host }: Configuration): void {
  if (credentials !== undefined || (simulated && isLoopback(host))) return
  throw new ConfigurationError(`credentials: set who may call; the user default is only there on loopback with simulated clouds, and this gateway ${simulated ? `listens on ${host}` : 'works on real clouds'}. isthmus-gateway hash prints the hash of a password`)
}
