import { pathToFileURL } from 'node:url'
import type { Fault } from './plugin.ts'

/**
 * A named export of a module, imported with a limit of time. A module that is still loading then goes on doing so, as nothing
 * can stop it, but nobody waits for it.
 */
export async function importExport(file: string, name: string, timeoutMs: number): Promise<{ readonly value: unknown } | Fault> {
  const module = await importInTime(file, timeoutMs)
  if ('stage' in module) return module
  if (typeof module.value === 'object' && module.value !== null && name in module.value) return { value: Reflect.get(module.value, name) }
  return { stage: 'shape', reason: `${file} has no export named ${name}`, hint: `export it: export const ${name} = …` }
}

async function importInTime(file: string, timeoutMs: number): Promise<{ readonly value: unknown } | Fault> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Fault>((resolve) => {
    timer = setTimeout(() => resolve({ stage: 'import', reason: `${file} was not loaded after ${timeoutMs} ms`, hint: 'it must not wait for anything at its top level' }), timeoutMs)
  })
  const loaded = import(pathToFileURL(file).href).then(
    (value: unknown) => ({ value }),
    (error: unknown): Fault => ({ stage: 'import', reason: `${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, hint: 'correct the plugin, or install a version that works' }),
  )
  try {
    return await Promise.race([loaded, late])
  } finally {
    clearTimeout(timer)
  }
}
