import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { field, isObject, objectField, tryParse } from '../json/fields.ts'
import type { Environment } from '../process/environment.ts'

/**
 * Digest of everything that `tofu init` acts on: the providers a stack requires, its backend and modules, the engine, and how
 * providers are found. As long as it is the same, another `init` would do nothing.
 */
export async function initStamp(dir: string, engine: string, env: Environment): Promise<string> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.tf.json') || name.endsWith('.tf')).sort()
  const parts = await Promise.all(names.map(async (name) => initPart(await readFile(join(dir, name), 'utf8'))))
  const lock = await readFile(join(dir, '.terraform.lock.hcl'), 'utf8').catch(() => '')
  const surroundings = ['TF_CLI_CONFIG_FILE', 'TF_REATTACH_PROVIDERS', 'TF_PLUGIN_CACHE_DIR', 'TF_DATA_DIR'].map((name) => addressless(name, env[name] ?? ''))
  return createHash('sha256').update(JSON.stringify([engine, surroundings, lock, names, parts])).digest('hex')
}

/** Files in the native syntax are somebody else's and are not parsed: any change to them counts. */
function initPart(text: string): unknown {
  const parsed = tryParse(text)
  if (!isObject(parsed)) return text
  const types = ['resource', 'data'].flatMap((block) => Object.keys(objectField(parsed, block)))
  const providers = [...new Set([...types.map((type) => type.split('_')[0] ?? type), ...Object.keys(objectField(parsed, 'provider'))])].sort()
  return [field(parsed, 'terraform'), field(parsed, 'module'), providers]
}

/** A provider that is started anew has another address, but is the same provider. */
function addressless(name: string, value: string): unknown {
  return name === 'TF_REATTACH_PROVIDERS' ? Object.keys(objectField(tryParse(value))).sort() : value
}
