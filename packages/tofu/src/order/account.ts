import { homedir } from 'node:os'
import { join } from 'node:path'
import { IsthmusError, type AnyProvider } from '@isthmus/core'
import type { Environment } from '../process/environment.ts'
import type { OrderOptions } from './options.ts'
import type { StackRecord } from './stack-record.ts'

/** Where programs look for the files of whoever is logged in. */
const homes = ['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA']

/** What decides whose account stacks are in. */
export interface AccountChoice extends Pick<OrderOptions, 'credentials' | 'holder' | 'simulated'> {
  readonly providers: readonly Pick<AnyProvider, 'id' | 'environment'>[]
}

/** Whose account a stack is in, as far as the environment of its commands decides that. */
export interface Account {
  readonly environment: Environment
  /** Beginnings of names of this process's own variables that pass. */
  readonly passEnvironment: readonly string[]
}

/** A stack gets the credentials of its own clouds only. Those of a holder are all there are, and no file of whoever started this process stands in for them. */
export function accountOf({ passEnvironment }: Pick<StackRecord, 'passEnvironment'>, dir: string, { credentials = {}, holder, simulated }: AccountChoice): Account {
  if (simulated) return { environment: {}, passEnvironment: [] }
  const own = Object.fromEntries(Object.entries(credentials).filter(([name]) => passEnvironment.some((prefix) => name.startsWith(prefix))))
  if (holder === undefined) return { environment: own, passEnvironment }
  const database = { PGPASSFILE: process.env['PGPASSFILE'] ?? join(homedir(), '.pgpass') }
  return { environment: { ...Object.fromEntries(homes.map((name) => [name, dir])), ...database, ...own }, passEnvironment: [] }
}

/** @throws IsthmusError CONFIGURATION_INVALID when the holder has nothing for a cloud of the stack, which would then ask this machine who it is */
export function requireCredentials({ name, passEnvironment }: Pick<StackRecord, 'name' | 'passEnvironment'>, { credentials = {}, holder, simulated, providers }: AccountChoice): void {
  if (simulated || holder === undefined) return
  const given = Object.keys(credentials)
  for (const { id, environment } of providers) {
    if (environment.length === 0 || !environment.every((prefix) => passEnvironment.includes(prefix))) continue
    if (given.some((variable) => environment.some((prefix) => variable.startsWith(prefix)))) continue
    throw new IsthmusError('CONFIGURATION_INVALID', `${name} cannot be reached: the credential holder ${holder} has no credentials of ${id}; give variables that begin with ${environment.join(' or ')}`)
  }
}
