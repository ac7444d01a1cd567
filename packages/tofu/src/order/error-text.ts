import { isIsthmusError } from '@isthmus/core'
import { field } from '../json/fields.ts'

/** What went wrong in one line, with the first detail that the engine or a provider gave. */
export function errorText(error: unknown): string {
  const diagnostics = isIsthmusError(error) && 'diagnostics' in error && Array.isArray(error.diagnostics) ? error.diagnostics : []
  const detail = diagnostics.map((item) => field(item, 'detail')).find((text) => typeof text === 'string' && text !== '')
  const message = error instanceof Error ? error.message : String(error)
  return detail === undefined ? message : `${message}: ${detail}`
}
