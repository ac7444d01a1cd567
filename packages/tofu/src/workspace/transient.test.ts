import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../events/diagnostic.ts'
import { looksTransient } from './transient.ts'

const error = (summary: string, detail = ''): Diagnostic => ({ severity: 'error', summary, detail })
const unsaved = error('Failed to save state', 'Error saving state: failed checking for existing remote state: dial tcp 127.0.0.1:5432: connect: connection refused')
const kept = error('Failed to persist state to backend', 'the state has been written to the file "errored.tfstate"')

describe('what an engine said', () => {
  it.each([
    ['of a database that cannot be reached', [unsaved, kept, error('Error releasing the state lock', 'Error message: dial tcp 127.0.0.1:5432: connect: connection refused')]],
    ['of a socket that is gone', [error('Error loading state', 'dial unix /run/postgresql/.s.PGSQL.5432: connect: no such file or directory')]],
    ['of a session that was ended', [error('Error releasing the state lock', 'Error message: pq: terminating connection due to administrator command')]],
    ['of a database that starts', [error('Error loading state', 'pq: the database system is starting up')]],
    ['of a broken session', [error('Failed to save state', 'driver: bad connection')]],
    ['of a state whose lock was lost', [error('Failed to save state', 'pq: the lock of this state was lost with its session, and another machine may have changed the state since')]],
    ['of a cloud that is asked too often', [error('creating network', 'Throttling: Rate exceeded')]],
  ])('%s passes by itself', (_, diagnostics) => expect(looksTransient(diagnostics)).toBe(true))

  it.each([
    ['of a state that cannot be kept for another reason', [error('Failed to save state', 'no space left on device'), kept]],
    ['of two things, one of which stays', [unsaved, error('creating network', 'the address block is not allowed')]],
    ['only of where a state was left', [kept]],
    ['nothing', []],
  ])('%s does not', (_, diagnostics) => expect(looksTransient(diagnostics)).toBe(false))
})
