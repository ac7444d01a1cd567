import { IsthmusError, isIsthmusError } from '@isthmus/core'
import type { Diagnostic } from '../events/diagnostic.ts'
import { looksTransient } from './transient.ts'

/** How a command failed. */
export interface TofuFailure {
  /** The command, such as `apply`. */
  readonly command: string
  readonly diagnostics: readonly Diagnostic[]
  /** Whether it ended because it was asked to stop. */
  readonly stopped: boolean
  /** Set where a signal ended it. */
  readonly signal?: string
}

/** Thrown when OpenTofu fails (TOFU_FAILED) or was stopped (TOFU_INTERRUPTED). Recognise it with {@link isTofuError}. */
export class TofuError extends IsthmusError {
  /** What the engine and the providers said, errors and warnings, without secrets. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(failure: TofuFailure) {
    const cut = failure.stopped || failure.signal !== undefined
    super(cut ? 'TOFU_INTERRUPTED' : 'TOFU_FAILED', messageOf(failure), { retryable: cut || looksTransient(failure.diagnostics) })
    this.name = 'TofuError'
    this.diagnostics = failure.diagnostics
  }
}

/** True for a {@link TofuError} of any loaded copy of this package. */
export function isTofuError(value: unknown): value is TofuError {
  return isIsthmusError(value) && 'diagnostics' in value && Array.isArray(value.diagnostics)
}

function messageOf({ command, diagnostics, stopped, signal }: TofuFailure): string {
  const errors = diagnostics.filter((item) => item.severity === 'error')
  const [first] = errors
  const how = stopped ? 'was stopped' : signal === undefined ? 'failed' : `was ended by ${signal}`
  if (first === undefined) return `tofu ${command} ${how}`
  const where = first.address === undefined ? '' : ` (${first.address})`
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : ''
  return `tofu ${command} ${how}: ${first.summary}${where}${more}`
}
