import type { Diagnostic } from '../events/diagnostic.ts'

const stateLock = /acquiring the state lock/i

/**
 * Signs of a failure that passes by itself. OpenTofu and its providers give diagnostics no code, so their texts are all there
 * is; this is the one place that looks at them, and it decides only whether to try again.
 */
const signs: readonly RegExp[] = [
  stateLock,
  /saved plan is stale/i,
  /\b(?:408|429|502|503|504)\b.*\b(?:error|status|response|too many|unavailable|timeout|gateway)|\bstatus(?: ?code)?:? (?:408|429|502|503|504)\b/i,
  /too many requests|throttl|rate ?limit|RequestLimitExceeded|SlowDown|service ?unavailable|ServerBusy/i,
  /connection (?:reset|refused|timed out)|i\/o timeout|TLS handshake timeout|no such host|temporary failure|unexpected EOF/i,
  /failed to (?:query available|install) provider/i,
  // What lib/pq and PostgreSQL say when the database of the states goes away, and what the guard of a state says of a session that was lost.
  /driver: bad connection|broken pipe|: EOF\b|dial unix \S+ connect:|pq: (?:terminating connection|the database system is|sorry, too many clients|remaining connection slots)|lock of this state was lost/i,
]

/** What OpenTofu adds to an error that it has told already: where it left a state that it could not save. */
const consequence = /failed to persist state to backend/i

/** Whether nothing was done because another OpenTofu has the state. */
export function looksLocked(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity, summary, detail }) => severity === 'error' && stateLock.test(`${summary}\n${detail}`))
}

/** Whether every error looks like one that passes by itself. */
export function looksTransient(diagnostics: readonly Diagnostic[]): boolean {
  const errors = diagnostics.filter((item) => item.severity === 'error' && !consequence.test(item.summary))
  return errors.length > 0 && errors.every((item) => signs.some((sign) => sign.test(`${item.summary}\n${item.detail}`)))
}
