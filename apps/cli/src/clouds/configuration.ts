import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import { parse } from 'yaml'
import { z } from 'zod'

/** Name of the configuration file where none is given; looked for in the folder the command is called in. */
const defaultFile = 'isthmus.config.yaml'

const configurationSchema = z.strictObject({
  plugins: z.array(z.string().min(1)).default([]).describe('Provider plugins: names of packages, or paths to their folders that begin with ./ or are absolute'),
  discover: z.boolean().default(false).describe('Whether direct dependencies of the package.json beside this file that declare a plugin are loaded too'),
})

/** What a configuration file says, and the folder that it speaks of. */
export interface Configuration extends z.infer<typeof configurationSchema> {
  readonly folder: string
}

/**
 * Reads the configuration: the file given, or `ISTHMUS_CONFIG`, or `isthmus.config.yaml` in the folder the command is called in.
 * Only the last may be missing.
 *
 * @throws IsthmusError CONFIGURATION_INVALID naming the file and what is wrong with it
 */
export function readConfiguration(given: string | undefined, env: NodeJS.ProcessEnv): Configuration {
  const chosen = given ?? env['ISTHMUS_CONFIG']
  const file = resolve(chosen ?? defaultFile)
  const folder = dirname(file)
  if (chosen === undefined && !existsSync(file)) return { ...configurationSchema.parse({}), folder }
  const result = configurationSchema.safeParse(contentOf(file) ?? {}, { reportInput: true })
  if (result.success) return { ...result.data, folder }
  const [issue] = result.error.issues
  throw new IsthmusError('CONFIGURATION_INVALID', `${file} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'no mapping'}; it may hold ${Object.keys(configurationSchema.shape).join(' and ')}`)
}

function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '').replace(/:$/, '') : String(error)
    throw new IsthmusError('CONFIGURATION_INVALID', `the configuration ${file} cannot be read: ${reason}`, { cause: error })
  }
}
