import { field, numberField, textField } from '../json/fields.ts'

/** One error or warning of OpenTofu or of a provider. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly summary: string
  readonly detail: string
  /** Resource it is about: `acme_network.north`. */
  readonly address?: string
  /** Where in the stack it is. */
  readonly file?: string
  /** Counted from 1. */
  readonly line?: number
}

/** Reads a diagnostic of the event stream. */
export function diagnosticOf(value: unknown): Diagnostic {
  const [address, file, line] = [textField(value, 'address'), textField(value, 'range', 'filename'), numberField(value, 'range', 'start', 'line')]
  return {
    severity: field(value, 'severity') === 'warning' ? 'warning' : 'error',
    summary: textField(value, 'summary') ?? '',
    detail: textField(value, 'detail') ?? '',
    ...(address !== undefined ? { address } : {}),
    ...(file !== undefined ? { file } : {}),
    ...(line !== undefined ? { line } : {}),
  }
}
