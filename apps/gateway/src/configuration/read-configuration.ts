import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { nearestName } from '@isthmus/core'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { configurationSchema, type Configuration } from './configuration.ts'
import { sayIssue, sentencesOf } from './configuration-issues.ts'

/** Name of the file that is read where the gateway is started, unless `ISTHMUS_GATEWAY_CONFIG` names another. */
export const configurationFile = 'isthmus-gateway.yaml'

/** A configuration that cannot be used, with everything that is wrong in it. */
export class ConfigurationError extends Error {}

/** Where a configuration came from, and where its plugins are looked for. */
export interface ReadConfiguration {
  readonly configuration: Configuration
  /** Folder that packages of plugins are resolved from. */
  readonly folder: string
  /** The file, where there is one. */
  readonly file: string | undefined
  /** One sentence for each variable that nothing reads, and that looks like one of a field. */
  readonly warnings: readonly string[]
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
  const result = configurationSchema.safeParse({ ...written, ...variables }, { error: sayIssue })
  if (!result.success) {
    throw new ConfigurationError(result.error.issues.flatMap((issue) => {
      const field = String(issue.path[0] ?? '')
      return sentencesOf(issue).map((sentence) => (field in variables ? `${variableOf(field)}: ${issue.path.length > 1 ? sentence : issue.message}` : `${file}: ${sentence}`))
    }).join('\n'))
  }
  const configuration = result.data
  requireLogin(configuration)
  return { configuration: { ...configuration, dataFolder: resolve(folder, configuration.dataFolder) }, folder: dirname(file), file: written && file, warnings: misspelt(env) }
}

/** Variables that other parts of Isthmus read. */
const otherVariables = ['GATEWAY_CONFIG', 'TOFU', 'MASTER_SECRET', 'MASTER_SECRET_FILE', 'MASTER_SECRET_COMMAND', 'CONFIG', 'HOME', 'BROWSER', 'STATE_KEY', 'KILLS', 'SEED', 'FUZZ_EXAMPLES'].map((name) => `ISTHMUS_${name}`)

function misspelt(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(configurationSchema.shape).map(variableOf)
  return Object.keys(env).filter((name) => name.startsWith('ISTHMUS_') && ![...known, ...otherVariables].includes(name)).flatMap((name) => {
    const nearest = nearestName(withoutPrefix(name), known.map(withoutPrefix))
    return nearest === undefined ? [] : [`${name} is not read by anything; did you mean ISTHMUS_${nearest}?`]
  })
}

function withoutPrefix(variable: string): string {
  return variable.slice('ISTHMUS_'.length)
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

/** Fields of the file; undefined where there is none and none is required. */
function readFile(file: string, required: boolean): Record<string, unknown> | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (!required && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new ConfigurationError(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`, { cause: error })
  }
  const value = yamlOf(file, text)
  if (value === null) return {}
  if (typeof value === 'object' && !Array.isArray(value)) return { ...value }
  throw new ConfigurationError(`${file} must hold fields such as port: 1323`)
}

/** Says where a mistake is and of what kind, and never quotes the text: it holds secrets. */
function yamlOf(file: string, text: string): unknown {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { prettyErrors: false, lineCounter })
  const [error] = document.errors
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    throw new ConfigurationError(`${file} is not valid YAML: line ${line}, column ${col}: ${error.code.toLowerCase().replaceAll('_', ' ')}`)
  }
  try {
    return document.toJS()
  } catch {
    throw new ConfigurationError(`${file} is not valid YAML: an alias has no anchor; put text that begins with * in quotes`)
  }
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
